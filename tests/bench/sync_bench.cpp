// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a kiosk's outbox to a running store and back to the receipt that lets the kiosk purge, all over HTTPS; against
// one bulk insert of the same rows into SQLite. The station is enrolled, the store runs: tests/bench/run sees to
// both.
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/base/check.hpp"
#include "core/crypto/system_random.hpp"
#include "core/outbox/outbox.hpp"
#include "core/sqlite/connection.hpp"
#include "core/sqlite/transaction.hpp"
#include "core/station/station.hpp"
#include "sync/client/sync_station.hpp"
#include "tests/bench/paired.hpp"
#include "tests/support/program.hpp"

namespace {

using namespace pillarbox;

constexpr std::size_t envelope_size_bytes = 2248;  // a usual response: 2 KiB, sealed for one key

std::vector<batch::Item> make_items(int count, base::Random& random) {
    std::vector<batch::Item> items(static_cast<std::size_t>(count));
    for (batch::Item& item : items) {
        random.fill(item.tag);
        item.envelope.resize(envelope_size_bytes);
        random.fill(item.envelope);
    }
    return items;
}

void fill_outbox(const std::filesystem::path& station, const std::vector<batch::Item>& items, base::Random& random) {
    auto outbox = outbox::Outbox::open(station::outbox_path(station), random).value();
    for (const batch::Item& item : items) {
        PILLARBOX_CHECK(outbox.add(item, outbox::Emptying::by_checkpoint).has_value());
    }
}

// All responses are in the store, and its signed receipt says so, when this returns.
void deliver(const std::filesystem::path& station, std::size_t responses, base::Random& random) {
    const auto report = client::sync_station({station, {}, 1}, random, {}).value();
    PILLARBOX_CHECK(report.responses_sent == responses && report.responses_purged == 0);
}

// The store vouches for nothing before there is a second copy; the kiosk purges in the round after that.
void back_up(const std::filesystem::path& store) {
    const std::filesystem::path copy = store / "copy.db";
    std::filesystem::remove(copy);
    PILLARBOX_CHECK(tests::run_program({tests::built_program("pillarbox-store"), "backup", "--data", store.string(),
                                        "--to", copy.string()})
                        .exit_code == 0);
}

void purge(const std::filesystem::path& station, std::size_t responses, base::Random& random) {
    const auto report = client::sync_station({station, {}, 1}, random, {}).value();
    PILLARBOX_CHECK(report.responses_sent == 0 && report.responses_purged == responses);
}

// One transaction with the project's own connection settings, so that it is as durable as a batch in the store.
void insert_in_bulk(sqlite::Connection& connection, const std::vector<batch::Item>& items) {
    auto transaction = sqlite::Transaction::begin(connection, sqlite::TransactionKind::write).value();
    auto insert = connection.prepare("INSERT INTO response(tag, envelope) VALUES(?, ?)").value();
    for (const batch::Item& item : items) {
        PILLARBOX_CHECK(insert.run(base::ByteView(item.tag), base::ByteView(item.envelope)).has_value());
    }
    PILLARBOX_CHECK(transaction.commit().has_value());
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures a station's synchronization against a bulk insert of the same rows into SQLite."};
    int pairs = 6;
    int responses = 2000;
    std::filesystem::path station;
    std::filesystem::path peer;
    std::filesystem::path store;
    bool fill_only = false;
    command.add_option("--pairs", pairs, "How often ours and the peer take turns");
    command.add_option("--responses", responses, "In each round");
    command.add_option("--station", station, "An enrolled station whose store runs")->required();
    command.add_option("--peer", peer, "The peer's database, on the same disk");
    command.add_option("--store", store, "The store's folder");
    command.add_flag("--fill-only", fill_only, "Fill the outbox once and measure nothing");
    CLI11_PARSE(command, argument_count, arguments);
    crypto::SystemRandom random;
    if (fill_only) {
        fill_outbox(station, make_items(responses, random), random);
        return 0;
    }
    auto connection = sqlite::Connection::open(peer, sqlite::OpenMode::create).value();
    PILLARBOX_CHECK(
        connection
            .run("CREATE TABLE response(id INTEGER PRIMARY KEY, tag BLOB NOT NULL, envelope BLOB NOT NULL) STRICT")
            .has_value());
    for (int pair = -1; pair < pairs; ++pair) {
        const auto items = make_items(responses, random);
        fill_outbox(station, items, random);
        const double ours_us = bench::measure(bench::Time::wall, 1, [&] { deliver(station, items.size(), random); });
        const double peer_us = bench::measure(bench::Time::wall, 1, [&] { insert_in_bulk(connection, items); });
        back_up(store);
        const double purge_us = bench::measure(bench::Time::wall, 1, [&] { purge(station, items.size(), random); });
        if (pair >= 0) {
            bench::print_pair("sync", ours_us / responses, peer_us / responses);
            bench::print_pair("sync-purge", purge_us / responses, peer_us / responses);
        }
    }
    return 0;
}
