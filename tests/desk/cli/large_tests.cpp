// SPDX-License-Identifier: GPL-3.0-or-later
//
// A response whose envelope is too large for its batch, and travels in parts, on its way into the archive.
#include <algorithm>
#include <fstream>

#include "core/submission/submission.hpp"
#include "desk/opening/large_files.hpp"
#include "desk_fixture.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// The files of this name, wherever below the folder.
std::vector<fs::path> named(const fs::path& folder, const std::string& name) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().filename() == name) {
            found.push_back(entry.path());
        }
    }
    return found;
}

std::size_t files_holding(const fs::path& folder, std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        fs::recursive_directory_iterator(folder), fs::recursive_directory_iterator(), [&](const auto& one) {
            return one.is_regular_file() && text_in(one.path()).find(text) != std::string::npos;
        }));
}

class LargeFixture : public DeskFixture {
  public:
    LargeFixture() {
        build_pack();
        auto& kiosk = example.add_kiosk("Brixton Library");
        const batch::Item small = example.sealed(answered({{"/data/q1/q1_text", "A short story"}}));
        auto submission = answered({{"/data/q1/q1_text", "A long story"}});
        std::ranges::find(submission.answers, "/data/q1/q1_text", &form::Answer::path)->value = story;
        const batch::Item sealed = example.sealed(submission);
        envelope = std::string(base::text_of(sealed.envelope));
        REQUIRE(envelope.size() > batch::enclosed_size_bytes_max);
        batch::Item item;
        item.tag = submission::withdrawal_tag(code);
        item.large = batch::LargeEnvelope{crypto::sha256(sealed.envelope), sealed.envelope.size()};
        example.add_batch(kiosk, {small, item});
        example.write();
        const fs::path file = opening::large_file(example.folder_of(kiosk), *item.large);
        ExampleExport::put(file, sealed.envelope);
        name = file.filename().string();
        REQUIRE(run("archive make --export export --pack campaign.pack --committee-key " + committee_key() +
                    " --identity sealing.key --day 2023-03-01 --out bags")
                    .status == 0);
    }

    const std::string story = "Four hours at the doors " + std::string(518'000, 'x');
    submission::WithdrawalCode code = submission::random_withdrawal_code(random);
    std::string envelope, name;
};

TEST_CASE("A bag holds a large envelope as it was sealed, verifies with it, and not when a bit of it was changed") {
    const LargeFixture fixture;
    const auto kept = named(fixture.path("bags"), fixture.name);
    REQUIRE(kept.size() == 1);
    CHECK(text_in(kept[0]) == fixture.envelope);
    CHECK(files_holding(fixture.path("bags"), fixture.story) == 1);  // opened, among the responses
    CHECK(fixture.run("archive verify bags").status == 0);
    const std::string opened = "open --export '" + kept[0].parent_path().parent_path().string() +
                               "' --pack campaign.pack --committee-key " + fixture.committee_key() +
                               " --identity sealing.key --out again";
    CHECK(fixture.run(opened).status == 0);
    CHECK(files_holding(fixture.path("again"), fixture.story) >= 1);
    std::string changed = fixture.envelope;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    write(kept[0], changed);
    CHECK(fixture.run("archive verify bags").status == 7);
    fs::remove(kept[0]);
    CHECK(fixture.run("archive verify bags").status == 7);
}

TEST_CASE("A large envelope is handed over whole, and again where the archive's copy is cut") {
    const LargeFixture fixture;
    fs::create_directory(fixture.path("archive"));
    REQUIRE(fixture.run("archive hand-over bags --to archive").status == 0);
    const auto copied = named(fixture.path("archive"), fixture.name);
    REQUIRE(copied.size() == 1);
    CHECK(text_in(copied[0]) == fixture.envelope);
    CHECK(fixture.run("archive verify archive").status == 0);
    write(copied[0], std::string_view(fixture.envelope).substr(0, fixture.envelope.size() / 2));
    CHECK(fixture.run("archive verify archive").status == 7);
    CHECK(fixture.run("archive hand-over bags --to archive").status !=
          0);  // what an archive has is never overwritten
}

TEST_CASE("A large envelope that was withdrawn is in no bag afterwards, and the bags verify") {
    const LargeFixture fixture;
    write(fixture.path("withdrawn.txt"), submission::format_withdrawal_code(fixture.code) + "\n");
    REQUIRE(fixture.run("archive withdraw bags --withdrawn withdrawn.txt --day 2023-03-02").status == 0);
    CHECK(named(fixture.path("bags"), fixture.name).empty());
    CHECK(files_holding(fixture.path("bags"), "Four hours at the doors") == 0);
    CHECK(files_holding(fixture.path("bags"), "A short story") > 0);
    CHECK(fixture.run("archive verify bags").status == 0);
}

}  // namespace
}  // namespace pillarbox::tests
