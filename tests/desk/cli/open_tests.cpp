// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/mount.h>
#include <sys/stat.h>

#include <map>

#include "desk_fixture.hpp"

namespace pillarbox {
namespace {

using tests::DeskFixture;
using tests::ExampleExport;
using tests::Ran;
using tests::text_in;

const std::string arabic = "سيارات الإسعاف تتأخر، خصوصًا ليلاً.";
const std::string bengali = "রাতে অ্যাম্বুলেন্স আসতে দেরি হয়।";

// Three people: every question in English with hostile text and contact details, the short path in Arabic and in
// Bengali.
void fill(DeskFixture& desk) {
    auto& kiosk = desk.example.add_kiosk("Brixton Library");
    const auto full = desk.answered({{"/data/answering_as/respondent", "myself"},
                                     {"/data/your_link/link", "used_999 council"},
                                     {"/data/your_link/borough", "lambeth"},
                                     {"/data/q1/q1_rating", "badly"},
                                     {"/data/q1/q1_text", "=HYPERLINK(\"http://x\")\nline, two"},
                                     {"/data/contact/contact_name", "Contact Canary"},
                                     {"/data/quotation/quote", "without_name"}});
    auto second = desk.answered({{"/data/answering_as/path", "short"}, {"/data/short/short_text", arabic}});
    second.language = "ar";
    auto third = desk.answered({{"/data/answering_as/path", "short"}, {"/data/short/short_text", bengali}});
    third.language = "bn";
    third.assisted = true;
    desk.example.add_batch(kiosk, {desk.example.sealed(full), desk.example.sealed(second)});
    desk.example.add_batch(kiosk, {desk.example.sealed(third)});
    desk.example.write();
    desk.build_pack();
}

std::map<std::string, nlohmann::json> responses_by_language(const std::filesystem::path& path) {
    std::map<std::string, nlohmann::json> by_language;
    const auto document = nlohmann::json::parse(text_in(path));
    for (const auto& response : document.at("value")) {
        by_language[response.at("__system").at("language").get<std::string>()] = response;
    }
    return by_language;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

// A small file system that is unmounted with the test. `works` is false where we may not mount.
class SmallDisk {
  public:
    SmallDisk(std::filesystem::path at, const char* options, unsigned long flags) : at_(std::move(at)) {
        std::filesystem::create_directories(at_);
        works = ::mount("tmpfs", at_.c_str(), "tmpfs", flags, options) == 0;
    }
    ~SmallDisk() {
        if (works) {
            ::umount2(at_.c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool works = false;

  private:
    std::filesystem::path at_;
};

}  // namespace

TEST_CASE("From workbook and sealed answers to exactly the answers that were given") {
    DeskFixture desk;
    fill(desk);
    const Ran ran = desk.run(desk.open_arguments());
    REQUIRE(ran.status == 0);
    CHECK(ran.out.find("responses   3\n") != std::string::npos);
    CHECK(ran.out.find("damaged     0\n") != std::string::npos);
    CHECK(names_in(desk.path("opened")) == std::vector<std::string>{"codebook.csv", "contacts.csv", "damaged.csv",
                                                                    "opened.journal", "responses.csv",
                                                                    "responses.json"});
    const auto responses = responses_by_language(desk.path("opened/responses.json"));
    REQUIRE(responses.size() == 3);
    CHECK(responses.at("en").at("q1").at("q1_text") == "=HYPERLINK(\"http://x\")\nline, two");
    CHECK(responses.at("en").at("your_link").at("link") == "used_999 council");
    CHECK(responses.at("ar").at("short").at("short_text") == arabic);
    CHECK(responses.at("bn").at("short").at("short_text") == bengali);
    CHECK(responses.at("bn").at("__system").at("assisted") == true);
    const std::string csv = text_in(desk.path("opened/responses.csv"));
    CHECK(csv.starts_with("\xEF\xBB\xBFtoday,answering_as-respondent,"));
    CHECK(csv.find("\"'=HYPERLINK(\"\"http://x\"\")\nline, two\"") != std::string::npos);
    CHECK(csv.find("used_999 council,1,0,0,0,0,1,0,0,0,lambeth") != std::string::npos);
    CHECK(csv.find(arabic) != std::string::npos);
    CHECK(csv.find("Contact Canary") == std::string::npos);
    CHECK(text_in(desk.path("opened/contacts.csv")).find("Contact Canary") != std::string::npos);
    CHECK(text_in(desk.path("opened/codebook.csv")).find("I have used 999") != std::string::npos);
}

TEST_CASE("What was sealed before and after a rotation of the committee's key opens with both keys in one run") {
    DeskFixture desk;
    crypto::SystemRandom random;
    const auto second = envelope::Identity::generate(random);
    REQUIRE(
        keys::write_sealing_key(desk.path("second.key"), second, base::parse_day("2023-01-21").value()).has_value());
    const auto before = desk.answered({{"/data/answering_as/path", "short"}, {"/data/short/short_text", arabic}});
    const auto after = desk.answered({{"/data/answering_as/path", "short"}, {"/data/short/short_text", bengali}});
    batch::Item later;
    random.fill(later.tag);
    later.envelope = envelope::seal(submission::encode(after).value().view(), {second.recipient()}, random).value();
    desk.example.add_batch(desk.example.add_kiosk("Brixton Library"), {desk.example.sealed(before), later});
    desk.example.write();
    desk.build_pack(2, second.recipient());

    const Ran new_key = desk.run("open --export export --pack campaign.pack --committee-key " + desk.committee_key() +
                                 " --identity second.key --out with-new");
    CHECK(new_key.status == 7);
    CHECK(new_key.out.find("responses   1\n") != std::string::npos);
    CHECK(text_in(desk.path("with-new/responses.json")).find(bengali) != std::string::npos);
    CHECK(desk.run(desk.open_arguments("with-old")).status == 5);  // no recipient of this pack
    const Ran both = desk.run("open --identity second.key " + desk.open_arguments("with-both").substr(5));
    CHECK(both.status == 0);
    CHECK(both.out.find("responses   2\n") != std::string::npos);
    CHECK(both.out.find("damaged     0\n") != std::string::npos);
}

TEST_CASE("Everything that is opened is private to its owner") {
    DeskFixture desk;
    fill(desk);
    REQUIRE(desk.run(desk.open_arguments()).status == 0);
    struct stat status{};
    REQUIRE(::stat(desk.path("opened").c_str(), &status) == 0);
    CHECK((status.st_mode & 07777U) == 0700);
    for (const std::string& name : names_in(desk.path("opened"))) {
        INFO(name);
        REQUIRE(::stat(desk.path("opened/" + name).c_str(), &status) == 0);
        CHECK((status.st_mode & 07777U) == 0600);
    }
}

TEST_CASE("A second open resumes and writes the same files") {
    DeskFixture desk;
    fill(desk);
    REQUIRE(desk.run(desk.open_arguments()).status == 0);
    const std::string before = text_in(desk.path("opened/responses.csv"));
    const Ran again = desk.run(desk.open_arguments());
    CHECK(again.status == 0);
    CHECK(again.out.find("envelopes   3, of which 3 opened by an earlier run") != std::string::npos);
    CHECK(text_in(desk.path("opened/responses.csv")) == before);
}

TEST_CASE("The table shows labels and Arabic and Bengali answers") {
    DeskFixture desk;
    fill(desk);
    const Ran ran = desk.run(desk.open_arguments() + " --table");
    REQUIRE(ran.status == 0);
    CHECK(ran.out.find("I have used 999; I work for a council") != std::string::npos);
    CHECK(ran.out.find(arabic) != std::string::npos);
    CHECK(ran.out.find(bengali) != std::string::npos);
    const Ran labelled = desk.run(desk.open_arguments() + " --table --language ar");
    CHECK(labelled.out.find("استخدمت الرقم 999") != std::string::npos);
}

TEST_CASE("A damaged envelope is listed and the rest opened with exit code 7") {
    DeskFixture desk;
    fill(desk);
    auto& other = desk.example.add_kiosk("Barnet Library");
    auto item = desk.example.sealed(desk.example.submission_of({}));
    item.envelope[item.envelope.size() / 2] ^= 0x01U;
    desk.example.add_batch(other, {item});
    desk.example.write();
    const Ran ran = desk.run(desk.open_arguments());
    CHECK(ran.status == 7);
    CHECK(ran.out.find("responses   3\n") != std::string::npos);
    CHECK(ran.out.find("damaged     1, listed in damaged.csv") != std::string::npos);
    CHECK(text_in(desk.path("opened/damaged.csv")).find("Barnet Library") != std::string::npos);
    CHECK(responses_by_language(desk.path("opened/responses.json")).size() == 3);
}

TEST_CASE("A damaged batch or receipt stops open and verify with exit code 5 and nothing written") {
    DeskFixture desk;
    fill(desk);
    std::filesystem::path log;
    for (const auto& entry : std::filesystem::directory_iterator(desk.path("export"))) {
        log = entry.is_directory() ? entry.path() : log;
    }
    const std::string receipt = text_in(log / "receipt.txt");
    const std::string batch = text_in(log / "000001.batch");
    const auto both_refuse = [&] {
        const Ran opened = desk.run(desk.open_arguments());
        CHECK(opened.status == 5);
        CHECK(opened.err.find("nothing was opened") != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(desk.path("opened")));
        CHECK(desk.run("verify --export export").status == 5);
    };
    ExampleExport::put_text(log / "receipt.txt", receipt.substr(0, receipt.size() / 2));
    both_refuse();
    ExampleExport::put_text(log / "receipt.txt", receipt);
    ExampleExport::put_text(log / "000001.batch", batch.substr(0, batch.size() - 1));
    both_refuse();
    const Ran despite = desk.run(desk.open_arguments() + " --despite-problems");
    CHECK(despite.status == 5);
    CHECK(despite.out.find("responses   1\n") != std::string::npos);
}

TEST_CASE("Verify prints a line for each kiosk and succeeds on a whole export") {
    DeskFixture desk;
    fill(desk);
    const Ran ran =
        desk.run("verify --export export --store-key " + base::to_base64(desk.example.store().verify_key().bytes));
    CHECK(ran.status == 0);
    CHECK(ran.out.find("Brixton Library") != std::string::npos);
    CHECK(ran.out.find("everything holds") != std::string::npos);
    CHECK(desk.run("verify --export nowhere").status == 4);
    CHECK(desk.run("verify --export export --store-key AAAA").status == 2);
}

TEST_CASE("Wrong keys and packs stop open before anything is written") {
    DeskFixture desk;
    fill(desk);
    REQUIRE(desk.run("key new --sealing other.key").status == 0);
    REQUIRE(desk.run("key new --signing other-signing.key").status == 0);
    const std::string rest = " --export export --out opened";
    const std::string key = " --committee-key " + desk.committee_key();
    CHECK(desk.run("open --identity other.key --pack campaign.pack" + key + rest).status == 5);
    CHECK(desk.run("open --identity campaign.pack --pack campaign.pack" + key + rest).status == 3);
    CHECK(desk.run("open --identity none.key --pack campaign.pack" + key + rest).status == 4);
    CHECK(desk.run("open --identity sealing.key --pack sealing.key" + key + rest).status == 3);
    CHECK(desk.run("open --identity sealing.key --pack unsigned.pack" + key + rest).status != 0);
    CHECK(desk.run("open --identity sealing.key --pack campaign.pack --committee-key "
                   "\"$('" PILLARBOX_BINARY_DIR "/pillarbox' key show other-signing.key)\"" +
                   rest)
              .status == 5);
    CHECK_FALSE(std::filesystem::exists(desk.path("opened")));
}

TEST_CASE("A full disk gives exit code 4 and no half-written file") {
    DeskFixture desk;
    fill(desk);
    const SmallDisk disk(desk.path("small"), "size=24k", 0);
    if (!disk.works) {
        WARN("SKIPPED: a full disk: mounting a small tmpfs needs root");
        return;
    }
    const Ran ran = desk.run(desk.open_arguments("small/opened"));
    CHECK(ran.status == 4);
    CHECK(ran.err.find("Free some space") != std::string::npos);
    CHECK(names_in(desk.path("small/opened")) == std::vector<std::string>{"opened.journal"});
    const Ran enrolled =
        desk.run("kiosk enrol --pack campaign.pack --today 2023-01-20 --station small/station --committee-key " +
                 desk.committee_key() + " --token " + tests::token_for("Brixton Library"));
    CHECK(enrolled.status == 4);
    CHECK(names_in(desk.path("small/station")).empty());
    const std::string made = desk.run("campaign build '" + tests::demo_workbook.string() + "' --recipient " +
                                      envelope::format_recipient(desk.example.identity().recipient()) +
                                      " --version 1 --expires 2023-12-31 --out small/second.pack")
                                 .err;
    CHECK(made.find("Free some space") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(desk.path("small/second.pack")));
}

TEST_CASE("A read-only output gives exit code 4") {
    DeskFixture desk;
    fill(desk);
    const SmallDisk disk(desk.path("readonly"), "size=64k", MS_RDONLY);
    if (!disk.works) {
        WARN("SKIPPED: a read-only disk: mounting a tmpfs needs root");
        return;
    }
    const Ran ran = desk.run(desk.open_arguments("readonly/opened"));
    CHECK(ran.status == 4);
    CHECK(ran.err.find("read-only") != std::string::npos);
    CHECK(desk.run("key new --sealing readonly/new.key").status == 4);
}

TEST_CASE("An export opens with a wrapped key and its passphrase and with no other passphrase") {
    DeskFixture desk;
    fill(desk);
    ExampleExport::put_text(desk.path("right.txt"), "amber river owl tulip\n");
    ExampleExport::put_text(desk.path("wrong.txt"), "amber river owl tulips\n");
    REQUIRE(desk.run("key wrap sealing.key --out wrapped.key --passphrase-file right.txt").status == 0);
    std::filesystem::rename(desk.path("wrapped.key"), desk.path("sealing.key"));
    CHECK(desk.run(desk.open_arguments() + " --passphrase-file wrong.txt").status == 5);
    CHECK_FALSE(std::filesystem::exists(desk.path("opened")));
    CHECK(desk.run(desk.open_arguments() + " --passphrase-file right.txt").status == 0);
    CHECK(responses_by_language(desk.path("opened/responses.json")).size() == 3);
}

}  // namespace pillarbox
