// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/opener.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "desk/opening/large_files.hpp"
#include "desk/opening/output_folder.hpp"
#include "example_export.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox {
namespace {

struct Fixture {
    tests::TemporaryFolder temporary;
    tests::ExampleExport example{temporary / "export"};
    tests::ExampleKiosk* kiosk = &example.add_kiosk("Brixton Library");
    std::filesystem::path journal_file = temporary / "opened.journal";
    base::SystemClock clock;

    Fixture() { std::filesystem::create_directories(example.folder()); }

    base::Result<opening::Opened> open(unsigned jobs = 2,
                                       opening::TestSubmissions tests = opening::TestSubmissions::leave_out) {
        const auto report = opening::check_export(opening::read_export(example.folder()).value(), std::nullopt);
        INFO(opening::describe(report));
        auto journal = opening::Journal::open(journal_file);
        REQUIRE(journal.has_value());
        opening::Progress progress("Opening", 0, opening::ProgressStyle::silent, clock);
        return opening::open_envelopes(report, {"example", tests, jobs}, tests::identities_of(example), *journal,
                                       progress);
    }
};

std::vector<std::string> stories_of(const opening::Opened& opened) {
    std::vector<std::string> stories;
    for (const exports::Record& record : opened.records) {
        stories.push_back(record.submission.answers.at(0).value);
    }
    std::ranges::sort(stories);
    return stories;
}

batch::Item story(tests::ExampleExport& example, const std::string& text) {
    return example.sealed(example.submission_of({{"/data/story", text}}));
}

}  // namespace

TEST_CASE("Every envelope of every kiosk is opened exactly once") {
    Fixture fixture;
    auto& other = fixture.example.add_kiosk("Barnet Library");
    std::vector<std::string> expected;
    for (int number = 0; number < 40; ++number) {
        const std::string text = "story " + std::to_string(100 + number);
        expected.push_back(text);
        fixture.example.add_batch(number % 2 == 0 ? *fixture.kiosk : other, {story(fixture.example, text)});
    }
    fixture.example.write();
    for (const unsigned jobs : {1U, 2U, 16U}) {
        std::filesystem::remove(fixture.journal_file);
        const auto opened = fixture.open(jobs);
        REQUIRE(opened.has_value());
        CHECK(stories_of(*opened) == expected);
        CHECK(opened->resumed == 0);
        CHECK(std::ranges::count(opened->records, "Barnet Library", &exports::Record::station) == 20);
    }
}

TEST_CASE("Records come sorted by day so that the order tells nothing else") {
    Fixture fixture;
    fixture.example.add_batch(*fixture.kiosk,
                              {fixture.example.sealed(fixture.example.submission_of({}, "2023-01-22")),
                               fixture.example.sealed(fixture.example.submission_of({}, "2023-01-20")),
                               fixture.example.sealed(fixture.example.submission_of({}, "2023-01-21"))});
    fixture.example.write();
    const auto opened = fixture.open();
    REQUIRE(opened.has_value());
    REQUIRE(opened->records.size() == 3);
    CHECK(std::ranges::is_sorted(opened->records, {}, [](const auto& record) { return record.submission.day; }));
}

TEST_CASE("A second run takes everything from the journal and gives the same") {
    Fixture fixture;
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "one"), story(fixture.example, "two")});
    fixture.example.write();
    const auto first = fixture.open();
    REQUIRE(first.has_value());
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "three")});
    fixture.example.write();
    const auto second = fixture.open();
    REQUIRE(second.has_value());
    CHECK(second->resumed == 2);
    CHECK(stories_of(*second) == std::vector<std::string>{"one", "three", "two"});
}

TEST_CASE("A journal that was cut short anywhere only costs the work again") {
    Fixture fixture;
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "one"), story(fixture.example, "two")});
    fixture.example.write();
    REQUIRE(fixture.open().has_value());
    const base::Bytes whole = base::read_file(fixture.journal_file, 1 << 20).value();
    for (std::size_t size = 0; size < whole.size(); size += 61) {
        INFO(size);
        tests::ExampleExport::put(fixture.journal_file, base::ByteView(whole).first(size));
        const auto opened = fixture.open();
        if (size > 0 && size < 19) {
            continue;  // a cut inside the first line is seen below
        }
        REQUIRE(opened.has_value());
        CHECK(stories_of(*opened) == std::vector<std::string>{"one", "two"});
        CHECK(base::read_file(fixture.journal_file, 1 << 20).value().size() == whole.size());
    }
}

TEST_CASE("Flipped bytes in a journal never change a response") {
    Fixture fixture;
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "one"), story(fixture.example, "two")});
    fixture.example.write();
    REQUIRE(fixture.open().has_value());
    const base::Bytes whole = base::read_file(fixture.journal_file, 1 << 20).value();
    for (std::size_t at = 19; at < whole.size(); at += 97) {
        base::Bytes damaged = whole;
        damaged[at] ^= 0x40U;
        tests::ExampleExport::put(fixture.journal_file, damaged);
        const auto opened = fixture.open();
        INFO(at);
        REQUIRE(opened.has_value());
        CHECK(stories_of(*opened) == std::vector<std::string>{"one", "two"});
    }
}

TEST_CASE("A file that is no journal is left alone") {
    Fixture fixture;
    tests::ExampleExport::put_text(fixture.journal_file, "a letter that somebody wrote, and needs");
    const auto journal = opening::Journal::open(fixture.journal_file);
    REQUIRE_FALSE(journal.has_value());
    CHECK(journal.error().code == base::ErrorCode::malformed);
    CHECK(base::read_file(fixture.journal_file, 1 << 10).value().size() == 39);
}

TEST_CASE("The journal is owner-only and can be held once") {
    Fixture fixture;
    const auto first = opening::Journal::open(fixture.journal_file);
    REQUIRE(first.has_value());
    struct stat status{};
    REQUIRE(::stat(fixture.journal_file.c_str(), &status) == 0);
    CHECK((status.st_mode & 07777U) == 0600);
    CHECK(opening::Journal::open(fixture.journal_file).error().code == base::ErrorCode::conflict);
}

TEST_CASE("A response that left the export leaves the journal too") {
    Fixture fixture;
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "stays")});
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "withdrawn-canary")});
    fixture.example.write();
    REQUIRE(fixture.open().has_value());
    std::filesystem::remove(fixture.example.batch_path(*fixture.kiosk, 2));
    const auto opened = fixture.open();
    REQUIRE(opened.has_value());
    CHECK(stories_of(*opened) == std::vector<std::string>{"stays"});
    const base::Bytes journal = base::read_file(fixture.journal_file, 1 << 20).value();
    CHECK(base::text_of(journal).find("stays") != std::string_view::npos);
    CHECK(base::text_of(journal).find("withdrawn-canary") == std::string_view::npos);
}

TEST_CASE("The same envelope and the same submission are counted once") {
    Fixture fixture;
    const auto twice = fixture.example.submission_of({{"/data/story", "once"}});
    auto changed = twice;
    changed.answers = {{"/data/story", "another text"}};
    const auto item = fixture.example.sealed(twice);
    fixture.example.add_batch(*fixture.kiosk, {item});
    fixture.example.add_batch(*fixture.kiosk, {item, fixture.example.sealed(twice), fixture.example.sealed(changed)});
    fixture.example.write();
    const auto opened = fixture.open();
    REQUIRE(opened.has_value());
    CHECK(stories_of(*opened) == std::vector<std::string>{"once"});
    CHECK(opened->duplicates == 3);
    CHECK(opened->contradictions == 1);
    CHECK(opened->envelopes == 4);
}

TEST_CASE("Test submissions never count unless they are asked for") {
    Fixture fixture;
    auto test = fixture.example.submission_of({{"/data/story", "start-of-day check"}});
    test.kind = submission::Kind::test;
    fixture.example.add_batch(*fixture.kiosk, {fixture.example.sealed(test), story(fixture.example, "real")});
    fixture.example.write();
    CHECK(stories_of(fixture.open().value()) == std::vector<std::string>{"real"});
    const auto with = fixture.open(2, opening::TestSubmissions::include);
    REQUIRE(with.has_value());
    CHECK(with->records.size() == 2);
    CHECK(with->tests == 1);
}

TEST_CASE("An export from which a response was withdrawn holds and gives the others") {
    Fixture fixture;
    const batch::Item withdrawn = story(fixture.example, "never mind");
    fixture.example.add_batch(*fixture.kiosk,
                              {story(fixture.example, "one"), withdrawn, story(fixture.example, "two")});
    auto parsed = batch::parse_batch(fixture.kiosk->batches.back(), {}).value();
    REQUIRE(batch::withdraw_items(parsed, std::vector{withdrawn.tag}) == 1);
    fixture.kiosk->batches.back() = batch::encode_batch(parsed);
    fixture.example.write();
    const auto opened = fixture.open();
    REQUIRE(opened.has_value());
    CHECK(stories_of(*opened) == std::vector<std::string>{"one", "two"});
    CHECK(opened->withdrawn == 1);
    CHECK(opened->lost.empty());
}

TEST_CASE(
    "A large response is opened from a file of its own and an export in which that is missing or changed does not "
    "hold") {
    Fixture fixture;
    const std::string text(518'000, 'x');  // padded, it is just over what a batch encloses
    const batch::Item sealed = story(fixture.example, text);
    REQUIRE(sealed.envelope.size() > batch::enclosed_size_bytes_max);
    batch::Item named;
    named.tag = sealed.tag;
    named.large = batch::LargeEnvelope{crypto::sha256(sealed.envelope), sealed.envelope.size()};
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "small"), named});
    fixture.example.write();
    const auto file = opening::large_file(fixture.example.folder_of(*fixture.kiosk), *named.large);
    const auto holds = [&fixture] {
        return opening::check_export(opening::read_export(fixture.example.folder()).value(), std::nullopt).holds();
    };
    CHECK_FALSE(holds());
    tests::ExampleExport::put(file, sealed.envelope);
    CHECK(holds());
    const auto opened = fixture.open();
    REQUIRE(opened.has_value());
    CHECK(stories_of(*opened) == std::vector<std::string>{"small", text});
    CHECK(opened->lost.empty());
    base::Bytes changed = sealed.envelope;
    changed.back() ^= 1U;
    tests::ExampleExport::put(file, changed);
    CHECK_FALSE(holds());
}

TEST_CASE("Damaged envelopes are listed and the others opened") {
    Fixture fixture;
    crypto::SystemRandom random;
    batch::Item flipped = story(fixture.example, "never seen");
    flipped.envelope.back() ^= 0x01U;
    batch::Item garbage{{}, base::bytes_of("not an age file")};
    batch::Item foreign{
        {}, envelope::seal(base::view_of("x"), {envelope::Identity::generate(random).recipient()}, random).value()};
    const batch::Item no_submission = fixture.example.sealed_bytes(base::view_of("sealed, but no submission"));
    auto elsewhere = fixture.example.submission_of({{"/data/story", "for another call"}});
    elsewhere.campaign_id = "another";
    fixture.example.add_batch(*fixture.kiosk, {flipped, garbage, story(fixture.example, "good"), foreign,
                                               no_submission, fixture.example.sealed(elsewhere)});
    fixture.example.write();
    for (int run = 0; run < 2; ++run) {  // the second run reads the journal: the list must not shrink
        const auto opened = fixture.open();
        REQUIRE(opened.has_value());
        CHECK(stories_of(*opened) == std::vector<std::string>{"good"});
        REQUIRE(opened->lost.size() == 5);
        CHECK(opened->lost[0].position == 1);
        CHECK(opened->lost[0].station == "Brixton Library");
        for (const opening::LostEnvelope& lost : opened->lost) {
            CHECK_FALSE(lost.reason.empty());
            CHECK(lost.reason.find("for another call") == std::string::npos);
            CHECK(lost.reason.find("sealed, but") == std::string::npos);
        }
    }
}

TEST_CASE("Batches of other campaigns are skipped and counted") {
    Fixture fixture;
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "x")});
    fixture.example.write();
    auto report = opening::check_export(opening::read_export(fixture.example.folder()).value(), std::nullopt);
    auto journal = opening::Journal::open(fixture.journal_file);
    opening::Progress progress("Opening", 0, opening::ProgressStyle::silent, fixture.clock);
    const auto opened = opening::open_envelopes(report, {"another", {}, 1}, tests::identities_of(fixture.example),
                                                *journal, progress);
    REQUIRE(opened.has_value());
    CHECK(opened->records.empty());
    CHECK(opened->other_campaigns == 1);
}

TEST_CASE("A batch file that changes after it was checked stops the run") {
    Fixture fixture;
    fixture.example.add_batch(*fixture.kiosk, {story(fixture.example, "first")});
    fixture.example.write();
    const auto report = opening::check_export(opening::read_export(fixture.example.folder()).value(), std::nullopt);
    tests::ExampleExport other(fixture.temporary / "other");
    auto& forged = other.add_kiosk("Brixton Library");
    other.add_batch(forged, {story(other, "slipped in")});
    tests::ExampleExport::put(fixture.example.batch_path(*fixture.kiosk, 1), forged.batches[0]);
    auto journal = opening::Journal::open(fixture.journal_file);
    opening::Progress progress("Opening", 0, opening::ProgressStyle::silent, fixture.clock);
    const auto opened = opening::open_envelopes(report, {"example", {}, 1}, tests::identities_of(fixture.example),
                                                *journal, progress);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == base::ErrorCode::conflict);
}

TEST_CASE("The output folder is private and foreign folders are refused") {
    const tests::TemporaryFolder temporary;
    const auto fresh = temporary / "a/b";
    REQUIRE(opening::prepare_output_folder(fresh).has_value());
    struct stat status{};
    REQUIRE(::stat(fresh.c_str(), &status) == 0);
    CHECK((status.st_mode & 07777U) == 0700);
    REQUIRE(opening::prepare_output_folder(fresh).has_value());
    tests::ExampleExport::put_text(fresh / "holiday.jpg", "x");
    CHECK(opening::prepare_output_folder(fresh).error().code == base::ErrorCode::already_exists);
    tests::ExampleExport::put_text(opening::journal_path(fresh), "");
    CHECK(opening::prepare_output_folder(fresh).has_value());
    CHECK(opening::prepare_output_folder(fresh / "holiday.jpg").error().code == base::ErrorCode::already_exists);
}

namespace {

base::Result<void> write_both(const std::filesystem::path& folder, const std::string& word) {
    exports::DataFiles files;
    files.push_back(std::make_unique<exports::WholeFile>("a.csv", word + " a"));
    files.push_back(std::make_unique<exports::WholeFile>("b.csv", word + " b"));
    const std::vector<exports::Record> nobody;
    exports::RecordList records(nobody);
    opening::FilesTogether together(folder);
    TRY(together.write(records, files));
    return together.give_names();
}

}  // namespace

TEST_CASE("Files that cannot all be written leave the old ones in place") {
    const tests::TemporaryFolder temporary;
    REQUIRE(write_both(temporary.path(), "old").has_value());
    // A folder in the way of the second temporary name: writing it fails as a full disk would.
    std::filesystem::create_directories(temporary / "b.csv.new/x");
    CHECK_FALSE(write_both(temporary.path(), "new").has_value());
    CHECK(base::text_of(base::read_file(temporary / "a.csv", 99).value()) == "old a");
    CHECK(base::text_of(base::read_file(temporary / "b.csv", 99).value()) == "old b");
    CHECK_FALSE(std::filesystem::exists(temporary / "a.csv.new"));
}

}  // namespace pillarbox
