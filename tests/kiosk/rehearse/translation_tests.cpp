// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/translation.hpp"

#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"

using namespace pillarbox;

namespace {

campaign::Campaign demo() {
    const std::string path = PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx";
    const auto workbook = base::read_file(path, std::size_t{16} << 20U).value();
    return campaign::read_campaign_workbook(workbook, path).value();
}

rehearse::Translation into(const char* language) {
    const auto interface = messages::Messages::load(PILLARBOX_SOURCE_DIR "/assets/locales").value();
    return {demo(), interface, language};
}

}  // namespace

TEST_CASE("a name of the interface or the campaign is found in the language that is rehearsed") {
    const auto polish = into("pl");
    CHECK(polish.name_of("Next").value() == "Dalej");
    CHECK(polish.name_of("Southwark").value() == "Southwark");
    CHECK(polish.name_of("Prefer not to say").value() == "Wolę nie mówić");
    CHECK(polish.name_of("English").value() == "Angielski");
    CHECK(polish.name_of("বাংলা").value() == "বাংলা");
}

TEST_CASE("a name that holds other texts is put together in that language") {
    const auto polish = into("pl");
    CHECK(polish.name_of("Error: Choose up to two themes.").value() == "Błąd: Proszę wybrać najwyżej dwa tematy.");
    CHECK(polish.name_of("Change: Your age").value() == "Zmień: Wiek");
    CHECK(into("bn").name_of("Step 2 of 11").value().find("১১") != std::string::npos);
}

TEST_CASE("a name that nothing translates is refused") {
    const auto unknown = into("pl").name_of("Buy now");
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == base::ErrorCode::not_found);
    CHECK(into("pl").name_of("Change: Buy now").error().code == base::ErrorCode::not_found);
}
