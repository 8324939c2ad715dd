// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/fingerprint.hpp"
#include "desk_fixture.hpp"

namespace pillarbox {
namespace {

using tests::DeskFixture;
using tests::ExampleExport;
using tests::Ran;
using tests::text_in;

std::string enrol(const DeskFixture& desk, const std::string& pack) {
    return "kiosk enrol --pack " + pack + " --committee-key " + desk.committee_key() +
           " --station station --today 2023-01-20";
}

}  // namespace

TEST_CASE("Every command has help with an example") {
    const DeskFixture desk;
    for (const std::string command : {"",
                                      "key",
                                      "key new",
                                      "key show",
                                      "key words",
                                      "key wrap",
                                      "key unwrap",
                                      "key drill",
                                      "campaign",
                                      "campaign check",
                                      "campaign build",
                                      "campaign sign",
                                      "campaign verify",
                                      "kiosk",
                                      "kiosk enrol",
                                      "kiosk renew",
                                      "station",
                                      "station set-pin",
                                      "station make-staff-key",
                                      "tally",
                                      "open",
                                      "verify"}) {
        const Ran ran = desk.run(command + " --help");
        CHECK(ran.status == 0);
        CHECK(ran.out.find("Example:\n  pillarbox ") != std::string::npos);
    }
    CHECK(desk.run("--version").out == "pillarbox " PILLARBOX_VERSION "\n");
}

TEST_CASE("A mistake on the command line is exit code 2") {
    const DeskFixture desk;
    for (const std::string arguments :
         {"", "frobnicate", "key new", "key new --sealing a --signing b", "open", "campaign build x.xlsx",
          "campaign check", "verify --export a --frobnicate", "open --jobs 0"}) {
        const Ran ran = desk.run(arguments);
        CHECK(ran.status == 2);
        CHECK_FALSE(ran.err.empty());
    }
}

TEST_CASE("New keys print what key show prints and are never overwritten") {
    const DeskFixture desk;
    for (const std::string kind : {"--sealing", "--signing"}) {
        const std::string file = "new" + kind + ".key";
        const Ran made = desk.run("key new " + kind + " ./" + file);
        CHECK(made.status == 0);
        CHECK(desk.run("key show ./" + file).out == made.out);
        const std::string before = text_in(desk.path(file));
        CHECK(desk.run("key new " + kind + " ./" + file).status == 4);
        CHECK(text_in(desk.path(file)) == before);
    }
}

TEST_CASE("A signing key has a fingerprint for people to compare and a sealing key has none") {
    const DeskFixture desk;
    const Ran shown = desk.run("key show --fingerprint signing.key");
    CHECK(shown.status == 0);
    CHECK(shown.out == crypto::fingerprint_of(desk.committee.verify_key()) + "\n");
    CHECK(shown.out.size() == 8 * 5);
    CHECK(desk.run("key show --fingerprint sealing.key").status == 3);
}

TEST_CASE("The demo workbook checks without problems and a damaged one is refused") {
    const DeskFixture desk;
    const Ran good = desk.run("campaign check '" + tests::demo_workbook.string() + "'");
    CHECK(good.status == 0);
    CHECK(good.out.find("languages  en, en-simple, ro, es, pl, bn") != std::string::npos);
    const base::Bytes workbook = base::read_file(tests::demo_workbook, std::size_t{16} << 20U).value();
    ExampleExport::put(desk.path("cut.xlsx"), base::ByteView(workbook).first(workbook.size() / 2));
    ExampleExport::put_text(desk.path("text.xlsx"), "type,name,label\n");
    ExampleExport::put_text(desk.path("empty.xlsx"), "");
    for (const std::string file : {"cut.xlsx", "text.xlsx", "empty.xlsx"}) {
        const Ran bad = desk.run("campaign check " + file);
        CHECK(bad.status == 3);
        CHECK(bad.err.find(file) != std::string::npos);
        CHECK(desk.run("campaign build " + file + " --recipient " +
                       envelope::format_recipient(desk.example.identity().recipient()) +
                       " --version 1 --expires 2023-12-31 --out made.pack")
                  .status == 3);
        CHECK_FALSE(std::filesystem::exists(desk.path("made.pack")));
    }
    CHECK(desk.run("campaign check none.xlsx").status == 4);
}

TEST_CASE("A pack is built signed and verified and never overwritten without force") {
    const DeskFixture desk;
    desk.build_pack();
    const Ran verified = desk.run("campaign verify campaign.pack --committee-key " + desk.committee_key());
    CHECK(verified.status == 0);
    CHECK(verified.out.find("campaign   las-strategy-2023-28\nversion    1\n") != std::string::npos);
    CHECK(verified.out.find("expires    2023-12-31") != std::string::npos);
    const Ran again = desk.run("campaign sign unsigned.pack --key signing.key --out campaign.pack");
    CHECK(again.status == 4);
    CHECK(again.err.find("--force") != std::string::npos);
    CHECK(desk.run("campaign sign unsigned.pack --key signing.key --out campaign.pack --force").status == 0);
    const std::string verify = "campaign verify campaign.pack --committee-key " + desk.committee_key();
    CHECK(desk.run(verify + " --today 2023-12-31").status == 0);
    CHECK(desk.run(verify + " --today 2024-01-01").status == 5);
    CHECK(desk.run(verify + " --today yesterday").status == 2);
}

TEST_CASE("A damaged pack is refused whichever byte was damaged") {
    const DeskFixture desk;
    desk.build_pack();
    const std::string whole = text_in(desk.path("campaign.pack"));
    for (std::size_t part = 0; part < 12; ++part) {
        std::string damaged = whole;
        const std::size_t at = part * (whole.size() - 1) / 11;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x01);
        ExampleExport::put_text(desk.path("damaged.pack"), damaged);
        INFO(at);
        const int status = desk.run("campaign verify damaged.pack --committee-key " + desk.committee_key()).status;
        CHECK((status == 3 || status == 5));
    }
    ExampleExport::put_text(desk.path("cut.pack"), whole.substr(0, whole.size() / 2));
    CHECK(desk.run("campaign verify cut.pack --committee-key " + desk.committee_key()).status == 3);
    CHECK(desk.run("campaign sign cut.pack --key signing.key --out new.pack").status == 3);
    CHECK_FALSE(std::filesystem::exists(desk.path("new.pack")));
}

TEST_CASE("A kiosk is enrolled and takes newer packs of its campaign only") {
    const DeskFixture desk;
    desk.build_pack(2, "two.pack");
    desk.build_pack(3, "three.pack");
    const std::string token = tests::token_for("Brixton Library");
    CHECK(desk.run(enrol(desk, "two.pack")).status == 2);  // no token
    CHECK_FALSE(std::filesystem::exists(desk.path("station")));
    const Ran made = desk.run(enrol(desk, "two.pack") + " --token " + token);
    CHECK(made.status == 0);
    const auto station = station::read_station(desk.path("station")).value();
    CHECK(station.name == "Brixton Library");
    CHECK(station.campaign_id == "las-strategy-2023-28");
    CHECK(station.pack_version_min == 2);
    CHECK(text_in(desk.path("station/enrolment.token")).find(token) != std::string::npos);
    CHECK(std::filesystem::status(desk.path("station/enrolment.token")).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(text_in(desk.path("station/campaign.pack")) == text_in(desk.path("two.pack")));

    CHECK(desk.run(enrol(desk, "three.pack")).status == 0);
    CHECK(text_in(desk.path("station/campaign.pack")) == text_in(desk.path("three.pack")));
    CHECK(station::read_station(desk.path("station")).value().pack_version_min == 3);
    const Ran older = desk.run(enrol(desk, "two.pack"));
    CHECK(older.status == 5);
    CHECK(text_in(desk.path("station/campaign.pack")) == text_in(desk.path("three.pack")));
    CHECK(desk.run(enrol(desk, "three.pack")).out.find("already up to date") != std::string::npos);
}

TEST_CASE("Enrolment refuses a folder with an outbox whose station is gone") {
    const DeskFixture desk;
    desk.build_pack();
    std::filesystem::create_directories(desk.path("station"));
    ExampleExport::put_text(desk.path("station/outbox.db"), "answers wait here");
    const Ran ran = desk.run(enrol(desk, "campaign.pack") + " --token " + tests::token_for("Brixton Library"));
    CHECK(ran.status == 4);
    CHECK_FALSE(std::filesystem::exists(desk.path("station/campaign.pack")));
    CHECK(text_in(desk.path("station/outbox.db")) == "answers wait here");
}

TEST_CASE("Enrolment refuses expired packs other committees and broken tokens") {
    const DeskFixture desk;
    desk.build_pack();
    const std::string start = "kiosk enrol --pack campaign.pack --station station --committee-key ";
    const std::string token = " --token " + tests::token_for("Brixton Library");
    CHECK(desk.run(start + desk.committee_key() + token + " --today 2024-01-01").status == 5);
    CHECK(desk.run(start + desk.committee_key() + " --token pillarbox-enrol-1.AAAA --today 2023-01-20").status == 3);
    crypto::SystemRandom random;
    const std::string other = base::to_base64(crypto::SigningKey::generate(random).verify_key().bytes);
    CHECK(desk.run(start + other + token + " --today 2023-01-20").status == 5);
    CHECK_FALSE(std::filesystem::exists(desk.path("station")));
    REQUIRE(desk.run(start + desk.committee_key() + token + " --today 2023-01-20").status == 0);
    CHECK(desk.run(start + other + token + " --today 2023-01-20").status == 5);
    CHECK(desk.run(start + desk.committee_key() + " --name Elsewhere --today 2023-01-20").status == 5);
}

TEST_CASE(
    "A new token goes into a station that is enrolled and changes what it knows of the store and nothing else") {
    const DeskFixture desk;
    desk.build_pack();
    REQUIRE(desk.run(enrol(desk, "campaign.pack") + " --token " + tests::token_for("Brixton Library")).status == 0);
    const auto before = station::read_station(desk.path("station")).value();
    const std::string token = tests::token_for("Brixton Library");  // of the same name, with another key
    const Ran ran = desk.run("kiosk renew --station station --token " + token);
    CHECK(ran.status == 0);
    CHECK(ran.out.find("next: pillarbox-sync enrol") != std::string::npos);
    auto after = station::read_station(desk.path("station")).value();
    CHECK(after.store.key == station::parse_token(token)->store.key);
    CHECK(after.store.earlier_keys == std::vector{before.store.key});
    after.store = before.store;
    CHECK(after == before);
    CHECK(text_in(station::renewal_token_path(desk.path("station"))) == token + "\n");
    CHECK(desk.run("kiosk renew --station station --token " + token).status == 0);  // the same again
    CHECK(station::read_station(desk.path("station"))->store.earlier_keys.size() == 1);
}

TEST_CASE("The token of another store or for no station at all changes nothing") {
    const DeskFixture desk;
    desk.build_pack();
    CHECK(desk.run("kiosk renew --station station --token " + tests::token_for("Brixton Library")).status == 4);
    REQUIRE(desk.run(enrol(desk, "campaign.pack") + " --token " + tests::token_for("Brixton Library")).status == 0);
    auto other = station::parse_token(tests::token_for("Brixton Library")).value();
    other.store.name = "other.example.org";
    const auto before = text_in(desk.path("station/station.json"));
    CHECK(desk.run("kiosk renew --station station --token " + station::format_token(other)).status == 5);
    CHECK(text_in(desk.path("station/station.json")) == before);
    CHECK_FALSE(std::filesystem::exists(station::renewal_token_path(desk.path("station"))));
}

}  // namespace pillarbox
