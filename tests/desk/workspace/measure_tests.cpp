// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measurements, not part of the quick tests: test_desk_workspace "[measure]", with PILLARBOX_RESPONSES naming what
// make_responses wrote (tests/responses). Taking in is held against bare opening in the same run: the same envelopes,
// opened and decoded on both cores, and thrown away.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/crypto/system_random.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/opening/in_parallel.hpp"
#include "desk/workspace/index.hpp"
#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;
constexpr unsigned cores = 2;

template <typename Work>
double seconds_of(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void open_bare(const opening::ExportReport& report, const std::vector<envelope::Identity>& identities) {
    for (const opening::LogReport& log : report.logs) {
        for (const opening::CheckedBatch& checked : log.batches) {
            const auto bytes = base::read_file(checked.file, std::size_t{64} << 20U);
            const auto batch = batch::parse_batch(*bytes, opening::desk_limits());
            opening::in_parallel(batch->items.size(), cores, [&](std::size_t index) {
                const auto opened =
                    envelope::open(batch->items[index].envelope, identities, submission::size_bytes_max);
                static_cast<void>(opened.has_value() && submission::decode(opened->view()).has_value());
            });
        }
    }
}

TEST_CASE("taking in is nearly as fast as bare opening, and words are found at once", "[.measure]") {
    const char* made = std::getenv("PILLARBOX_RESPONSES");
    REQUIRE(made != nullptr);
    const fs::path folder = made;
    const auto identities = keys::read_sealing_key(folder / "sealing.key").value();
    const auto key_text = base::read_file(folder / "committee-key.txt", 1000).value();
    std::string key_line(base::text_of(key_text));
    key_line.erase(key_line.find_last_not_of("\r\n") + 1);
    const auto committee = keys::parse_verify_key(key_line, "committee-key.txt").value();
    const auto pack = base::read_file(folder / "campaign.pack", campaign::pack_size_bytes_max).value();
    const auto report = opening::check_export(opening::read_export(folder / "export").value(), std::nullopt);
    const TemporaryFolder temporary;
    crypto::SystemRandom random;
    const base::SystemClock clock;
    opening::Progress silent("", 0, opening::ProgressStyle::silent, clock);
    constexpr int rounds = 5;
    std::vector<double> bare, taking, ratios;
    std::uint64_t responses = 0;
    for (int round = 0; round < rounds; ++round) {
        const fs::path place = temporary / std::to_string(round);
        REQUIRE(workspace::Workspace::create(place, pack, committee, random).has_value());
        auto opened = workspace::Workspace::open(place, identities).value();
        bare.push_back(seconds_of([&] { open_bare(report, identities); }));
        taking.push_back(seconds_of([&] {
            responses = workspace::take_in(opened, report, identities, cores, base::Day{}, silent).value().responses;
        }));
        ratios.push_back(bare.back() / taking.back());
    }
    auto opened = workspace::Workspace::open(temporary / "0", identities).value();
    const double indexing =
        seconds_of([&] { REQUIRE(workspace::bring_index_up_to_date(opened, &silent).has_value()); });
    std::vector<double> searches;
    for (int round = 0; round < 20; ++round) {
        for (const char* words : {"ambulance", "the", "\"the ambulance\"", "hospital staff", "救护", "الإسعاف",
                                  "অ্যাম্বুলেন্স", "zzz", "a", "wait time"}) {
            searches.push_back(
                seconds_of([&] { REQUIRE(workspace::list(opened, {.words = words}, 0, 50).has_value()); }));
        }
    }
    std::ranges::sort(searches);
    const auto count = static_cast<double>(responses);
    std::printf(
        "responses %.0f\nbare opening %.0f/s\ntaking in %.0f/s (%.2f of bare opening, median of %d)\n"
        "indexing %.0f/s\nsearch median %.1f ms, p95 %.1f ms\n",
        count, count / median(bare), count / median(taking), median(ratios), rounds, count / indexing,
        1e3 * median(searches), 1e3 * searches[searches.size() * 95 / 100]);
}

}  // namespace
}  // namespace pillarbox::tests
