// SPDX-License-Identifier: GPL-3.0-or-later
//
// Taking an export in, against bare opening: the same envelopes read, opened and decoded on as many threads, and
// thrown away. Then words looked for in what was taken in last, each as the desk's page does it: the count of all,
// and one page of them. DIR is what make_responses wrote (tests/responses).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <map>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/opening/in_parallel.hpp"
#include "desk/workspace/index.hpp"
#include "desk/workspace/intake.hpp"
#include "tests/bench/desk/searches.hpp"
#include "tests/bench/paired.hpp"

namespace {

using namespace pillarbox;
namespace fs = std::filesystem;

constexpr std::uint64_t seed = 1;
constexpr std::uint64_t page_of_responses = 50;

struct Options {
    fs::path made, folder;
    int pairs = 3;
    std::size_t searches = 400;
    unsigned threads = 2;
};

struct Made {
    std::vector<envelope::Identity> identities;
    crypto::VerifyKey committee_key;
    base::Bytes pack;
    opening::ExportReport report;
};

Made read_made(const fs::path& folder) {
    const base::Bytes line = base::read_file(folder / "committee-key.txt", 1000).value();
    const std::string_view key = base::text_of(line);
    return {keys::read_sealing_key(folder / "sealing.key").value(),
            keys::parse_verify_key(key.substr(0, key.find_last_not_of("\r\n") + 1), "committee-key.txt").value(),
            base::read_file(folder / "campaign.pack", campaign::pack_size_bytes_max).value(),
            opening::check_export(opening::read_export(folder / "export").value(), std::nullopt)};
}

std::uint64_t open_bare(const Made& made, unsigned threads) {
    std::atomic<std::uint64_t> opened_count = 0;
    for (const opening::LogReport& log : made.report.logs) {
        for (const opening::CheckedBatch& checked : log.batches) {
            const base::Bytes bytes =
                base::read_file(checked.file, opening::desk_limits().batch_size_bytes_max).value();
            const batch::Batch batch = batch::parse_batch(bytes, opening::desk_limits()).value();
            opening::in_parallel(batch.items.size(), threads, [&](std::size_t index) {
                const auto opened =
                    envelope::open(batch.items[index].envelope, made.identities, submission::size_bytes_max);
                opened_count += opened.has_value() && submission::decode(opened->view()).has_value() ? 1U : 0U;
            });
        }
    }
    return opened_count;
}

workspace::Workspace new_workspace(const Made& made, const fs::path& folder) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    crypto::SystemRandom random;
    PILLARBOX_CHECK(workspace::Workspace::create(folder, made.pack, made.committee_key, random).has_value());
    return workspace::Workspace::open(folder, made.identities).value();
}

struct Spent {
    double wall_us = 0, processor_us = 0;  // of all threads
};

template <typename Work>
Spent spent_on(const Work& work) {
    const auto processor_us = [] {
        timespec now{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
    };
    const double before_us = processor_us();
    Spent spent;
    spent.wall_us = bench::measure(bench::Time::wall, 1, work);
    spent.processor_us = processor_us() - before_us;
    return spent;
}

void compare_taking_in(const Made& made, const Options& options) {
    const base::SystemClock clock;
    opening::Progress silent("", 0, opening::ProgressStyle::silent, clock);
    for (int pair = 0; pair < options.pairs; ++pair) {
        std::uint64_t opened = 0;
        const Spent bare = spent_on([&] { opened = open_bare(made, options.threads); });
        workspace::Workspace into = new_workspace(made, options.folder / "workspace");
        workspace::TakenIn taken;
        const Spent taking = spent_on([&] {
            taken =
                workspace::take_in(into, made.report, made.identities, options.threads, base::Day{}, silent).value();
        });
        PILLARBOX_CHECK(taken.responses > 0);
        const auto count = static_cast<double>(opened);
        bench::print_pair("desk-take-in", taking.wall_us / count, bare.wall_us / count);
        bench::print_pair("desk-take-in-processor", taking.processor_us / count, bare.processor_us / count);
    }
}

double percentile(std::vector<double> values, std::size_t percent) {
    std::ranges::sort(values);
    return values[(values.size() - 1) * percent / 100];
}

void search(const Made& made, const Options& options) {
    auto opened = workspace::Workspace::open(options.folder / "workspace", made.identities).value();
    PILLARBOX_CHECK(workspace::bring_index_up_to_date(opened).has_value());
    std::map<std::string_view, std::vector<double>> by_shape;
    std::vector<double> all;
    std::uint64_t found = 0;
    for (const bench::Query& query : bench::draw_queries(seed, options.searches)) {
        const double us = bench::measure(bench::Time::wall, 1, [&] {
            found += workspace::list(opened, query.filter, query.offset, page_of_responses).value().total;
        });
        all.push_back(us / 1e3);
        by_shape[query.shape].push_back(us / 1e3);
    }
    PILLARBOX_CHECK(found > 0);
    bench::print_pair("desk-search", percentile(all, 50), 0);
    bench::print_pair("desk-search-p95", percentile(all, 95), 0);
    for (const auto& [shape, times] : by_shape) {
        fmt::print(stderr, "{:<20} {:>4} queries, median {:.1f} ms, slowest {:.1f} ms\n", shape, times.size(),
                   percentile(times, 50), percentile(times, 100));
    }
}

}  // namespace

int main(int argument_count, char** arguments) {
    Options options;
    CLI::App app("Measures how the desk takes responses in and finds them.");
    app.add_option("--made", options.made, "what make_responses wrote")->type_name("DIR")->required();
    app.add_option("--folder", options.folder, "for workspaces")->required();
    app.add_option("--pairs", options.pairs);
    app.add_option("--searches", options.searches);
    app.add_option("--threads", options.threads);
    CLI11_PARSE(app, argument_count, arguments);
    const Made made = read_made(options.made);
    compare_taking_in(made, options);
    search(made, options);
    return 0;
}
