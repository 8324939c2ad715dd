// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worked example of docs/formats/envelope.md, made again from its inputs.
#include <catch2/catch.hpp>
#include <iostream>

#include "core/envelope/envelope.hpp"
#include "tests/core/envelope/document_examples.hpp"
#include "tests/core/envelope/test_keys.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;

namespace {

constexpr std::string_view plaintext = "To the committee";
constexpr std::string_view heading = "### Worked example: an envelope";

}  // namespace

TEST_CASE("the envelope of the document is what the code makes") {
    const std::string document = tests::format_document("envelope.md");
    tests::CountingRandom random(1);
    const auto identities = tests::identities_of(random, 1);
    const base::Bytes sealed =
        envelope::seal(base::view_of(plaintext), tests::recipients_of(identities), random).value();
    CAPTURE(base::to_hex(sealed));
    CHECK(tests::hex_under(document, heading) == sealed);
    for (const std::string& text :
         {std::string(plaintext), std::string(base::text_of(identities[0].format().view())),
          envelope::format_recipient(identities[0].recipient()), std::to_string(sealed.size()) + " bytes"}) {
        CAPTURE(text);
        CHECK(document.find(text) != std::string::npos);
    }
    const base::Bytes shown = tests::hex_under(document, heading);
    CHECK(base::text_of(envelope::open(shown, identities, plaintext.size()).value().view()) == plaintext);
}

TEST_CASE("the age tool opens the envelope of the document with its key") {
    if (!tests::is_installed("age")) {
        std::cout << "SKIPPED: the document's envelope against the age tool: age is not installed\n";
        return;
    }
    const tests::TemporaryFolder folder;
    tests::CountingRandom random(1);
    const auto identities = tests::identities_of(random, 1);
    const base::Bytes shown = tests::hex_under(tests::format_document("envelope.md"), heading);
    REQUIRE(base::write_file(folder / "key.txt", identities[0].format().view()).has_value());
    REQUIRE(base::write_file(folder / "envelope", shown).has_value());
    const auto outcome = tests::run_program({"age", "--decrypt", "-i", folder / "key.txt", folder / "envelope"});
    CAPTURE(outcome.errors);
    CHECK(outcome.output == plaintext);
}
