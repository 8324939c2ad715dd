// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "core/base/check.hpp"
#include "desk/opening/opener.hpp"
#include "tests/desk/opening/example_export.hpp"
#include "tests/faults/rot/damage.hpp"
#include "tests/faults/rot/files_at_rest.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_size_bytes_max = std::size_t{8} << 20U;

using Stories = std::multiset<std::string>;

}  // namespace

struct ExportAtRest::State {
    TemporaryFolder folder;
    ExampleExport example{folder / "export"};
    fs::path journal = folder / "opened.journal";
    base::SystemClock clock;
    Stories sound;

    State() {
        fs::create_directories(example.folder());
        for (const char* const station : {"Brixton Library", "Barnet Library"}) {
            auto& kiosk = example.add_kiosk(station);
            for (int batch = 0; batch < 3; ++batch) {
                std::vector<batch::Item> items;
                for (int number = 0; number < 3; ++number) {
                    const std::string story = std::string(station) + std::to_string(10 * batch + number);
                    items.push_back(example.sealed(example.submission_of({{"/data/story", story}})));
                    sound.insert(story);
                }
                example.add_batch(kiosk, items);
            }
        }
        example.write();
        const auto opened = open(opening::check_export(opening::read_export(example.folder()).value(), std::nullopt));
        PILLARBOX_CHECK(opened.has_value() && stories_in(*opened) == sound);
    }

    base::Result<opening::Opened> open(const opening::ExportReport& report) {
        auto held = TRY(opening::Journal::open(journal));
        opening::Progress progress("Opening", 0, opening::ProgressStyle::silent, clock);
        return opening::open_envelopes(report, {"example", opening::TestSubmissions::leave_out, 1},
                                       identities_of(example), held, progress);
    }
    static Stories stories_in(const opening::Opened& opened) {
        Stories stories;
        for (const exports::Record& record : opened.records) {
            stories.insert(record.submission.answers.at(0).value);
        }
        return stories;
    }

    // All is there and as it was, or something says what is not.
    std::vector<std::string> check() {
        const auto read = opening::read_export(example.folder());
        if (!read.has_value()) {
            return {};
        }
        const auto report = opening::check_export(*read, example.store().verify_key());
        const auto opened = open(report);
        if (!opened.has_value()) {
            return {};
        }
        const Stories stories = stories_in(*opened);
        if (!std::ranges::includes(sound, stories)) {
            return {"I4 a response was opened that nobody gave"};
        }
        if (report.holds() && opened->lost.empty() && stories != sound) {
            return {"I1 a response is missing and nobody says so"};
        }
        return {};
    }
};

ExportAtRest::ExportAtRest() : state_(std::make_unique<State>()) {}
ExportAtRest::~ExportAtRest() = default;

std::vector<std::string> ExportAtRest::rot(SeededRandom& random) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(state_->example.folder())) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    // Half of the damage goes to the journal, which alone would be believed without a signature.
    const fs::path file = random.in_percent(50) ? state_->journal : files[random.below(files.size())];
    const base::Bytes journal = base::read_file(state_->journal, file_size_bytes_max).value();
    const base::Bytes sound = base::read_file(file, file_size_bytes_max).value();
    base::Bytes bytes = sound;
    damage(bytes, random);
    PILLARBOX_CHECK(base::write_file(file, bytes).has_value());
    if (file != state_->journal && random.in_percent(50)) {
        fs::remove(state_->journal);  // without a journal every envelope is opened again
    }
    std::vector<std::string> broken = state_->check();
    PILLARBOX_CHECK(base::write_file(file, sound).has_value());
    PILLARBOX_CHECK(base::write_file(state_->journal, journal, base::FileMode::owner_only).has_value());
    return broken;
}

}  // namespace pillarbox::tests
