// SPDX-License-Identifier: GPL-3.0-or-later
//
// A respondent withdraws after the bags were made: no file of any bag holds the response any more, and all else
// stays; of its envelope digest and tag are left, so that signatures and chains go on to verify.
#include <algorithm>

#include "tests/desk/archive/archive_fixture.hpp"

namespace pillarbox::tests {
namespace {

using Files = std::map<std::string, std::string>;

Outcome withdraw(const fs::path& bags, const fs::path& list) {
    return run_program(
        {built_program("pillarbox"), "archive", "withdraw", bags, "--withdrawn", list, "--day", "2023-03-20"});
}

fs::path copy_of_bags(const TemporaryFolder& folder) {
    fs::copy(SyntheticArchive::get().folder() / "bags", folder / "bags", fs::copy_options::recursive);
    return folder / "bags";
}

// What tells of the withdrawn: uuids, tags, and words of their answers where the maker planted some.
std::vector<std::string> traces() {
    std::vector<std::string> all;
    for (const auto& withdrawal : SyntheticArchive::get().truth()["withdrawals"]) {
        for (const char* name : {"uuid", "tag", "canary"}) {
            const auto text = withdrawal[name].get<std::string>();
            if (!text.empty()) {
                all.push_back(text);
            }
        }
    }
    return all;
}

bool any_holds(const Files& files, const std::string& text) {
    return std::ranges::any_of(files, [&](const auto& file) { return file.second.contains(text); });
}

fs::path write_list(const TemporaryFolder& folder, const char* what) {
    std::string text = "# withdrawn\n";
    for (const auto& withdrawal : SyntheticArchive::get().truth()["withdrawals"]) {
        text += withdrawal[what].get<std::string>() + "\n";
    }
    put(folder / "withdrawn.txt", text);
    return folder / "withdrawn.txt";
}

Files payload_of(const fs::path& folder) {
    Files files = files_in(folder);
    std::erase_if(files, [](const auto& file) { return !file.first.contains("/data/"); });
    return files;
}

// uuids that the envelopes in the bag open to.
std::string opened(const fs::path& bags, const fs::path& out) {
    const auto& archive = SyntheticArchive::get();
    const fs::path made = archive.folder() / "made";
    const fs::path exported = bags / "las-strategy-2023-28-closed-envelopes-001/data/export";
    std::string key = text_in(made / "committee-key.txt");
    key.pop_back();
    const auto done =
        run_program({built_program("pillarbox"), "open", "--export", exported, "--pack", made / "campaign.pack",
                     "--committee-key", key, "--identity", made / "sealing.key", "--out", out});
    INFO(done.errors);
    REQUIRE((done.exit_code == 0 || done.exit_code == 7));  // some of the maker's envelopes are damaged
    return text_in(out / "responses.json");
}

TEST_CASE("no bag holds a withdrawn response or its envelope when the bags were made before") {
    const TemporaryFolder folder;
    const fs::path bags = copy_of_bags(folder);
    const Files before = files_in(bags);
    const auto sought = traces();
    REQUIRE(sought.size() >= 4);
    for (const std::string& trace : sought) {
        INFO(trace);
        CHECK(any_holds(before, trace));
    }
    const std::string uuid = SyntheticArchive::get().truth()["withdrawals"][0]["uuid"];
    CHECK(opened(bags, folder / "opened-before").contains(uuid));

    const auto done = withdraw(bags, write_list(folder, "code"));
    INFO(done.output << done.errors);
    REQUIRE(done.exit_code == 0);
    const Files after = files_in(bags);
    for (const std::string& trace : sought) {
        INFO(trace);
        CHECK_FALSE(any_holds(after, trace));
    }
    CHECK_FALSE(opened(bags, folder / "opened-after").contains(uuid));
    for (const auto& entry : fs::directory_iterator(bags)) {
        INFO(entry.path().string());
        CHECK(archive::check_bag(entry.path()).value().holds());
    }
}

TEST_CASE("a bag that is made anew tells so in its events and its bag-info, once for each time") {
    const TemporaryFolder folder;
    const fs::path bags = copy_of_bags(folder);
    const fs::path bag = bags / "las-strategy-2023-28-closed-responses-001";
    const std::string before = text_in(bag / "metadata/events.xml");
    REQUIRE(withdraw(bags, write_list(folder, "tag")).exit_code == 0);
    const std::string events = text_in(bag / "metadata/events.xml");
    CHECK(events.contains("<eventType>deletion</eventType>\n    <eventDateTime>2023-03-20</eventDateTime>"));
    CHECK(events.contains("2 withdrawn responses were deleted"));
    const auto count = [](std::string_view text, std::string_view word) {
        std::size_t found = 0;
        for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            ++found;
        }
        return found;
    };
    CHECK(count(events, "<event>") == count(before, "<event>") + 1);
    CHECK(events.contains("<eventIdentifierValue>" + std::to_string(count(events, "<event>")) + "</"));
    CHECK(events.starts_with(before.substr(0, before.rfind("  <agent>"))));
    CHECK(text_in(bag / "bag-info.txt").contains("Pillarbox-Withdrawal: 2 taken out on 2023-03-20\n"));
    CHECK(text_in(bag / "metadata/dublin-core.xml").contains("oai_dc"));

    const Files once = files_in(bags);
    REQUIRE(withdraw(bags, folder / "withdrawn.txt").exit_code == 0);
    CHECK(files_in(bags) == once);
}

TEST_CASE("bags hold the same payload whether a response was left out at their making or taken out later") {
    const TemporaryFolder folder;
    const fs::path bags = copy_of_bags(folder);
    const fs::path list = write_list(folder, "code");
    REQUIRE(withdraw(bags, list).exit_code == 0);
    const auto& archive = SyntheticArchive::get();
    REQUIRE(archive.archive("bags-without", {"--withdrawn", list}).exit_code == 0);
    const Files later = payload_of(bags);
    const Files at_once = payload_of(archive.folder() / "bags-without");
    for (const auto& [path, text] : later) {
        INFO(path);
        CHECK((at_once.contains(path) && at_once.at(path) == text));
    }
    CHECK(later.size() == at_once.size());
}

TEST_CASE("bags that hold none of the withdrawn stay as they are to the byte") {
    const TemporaryFolder folder;
    const fs::path bags = copy_of_bags(folder);
    const Files before = files_in(bags);
    put(folder / "withdrawn.txt", std::string(64, 'a') + "\n");
    CHECK(withdraw(bags, folder / "withdrawn.txt").exit_code == 0);
    CHECK(files_in(bags) == before);
}

TEST_CASE("nothing is taken out of a bag that is not valid, and the error names it") {
    const TemporaryFolder folder;
    const fs::path bags = copy_of_bags(folder);
    put(bags / "las-strategy-2023-28-closed-responses-001/data/damaged.csv", "changed\n");
    const Files before = files_in(bags / "las-strategy-2023-28-closed-responses-001");
    const auto done = withdraw(bags, write_list(folder, "code"));
    CHECK(done.exit_code == 7);
    CHECK(done.errors.contains("closed-responses-001"));
    CHECK(files_in(bags / "las-strategy-2023-28-closed-responses-001") == before);
}

}  // namespace
}  // namespace pillarbox::tests
