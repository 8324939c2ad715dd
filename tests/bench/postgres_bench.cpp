// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store over PostgreSQL, a program of its own, against plain inserts: kiosks deliver over HTTPS, and beside them
// the same rows go into a table of the same shape by the fastest statement that there is, in as many connections.
// Both are durable. Starts a server of its own.
#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/check.hpp"
#include "core/crypto/system_random.hpp"
#include "core/http/client.hpp"
#include "sync/protocol/routes.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/enrolling.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/postgres/connection.hpp"
#include "tests/bench/paired.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/sync/client/cutting_proxy.hpp"
#include "tests/sync/client/store_process.hpp"

namespace {

using namespace pillarbox;
using postgres_storage::Connection;
using postgres_storage::Parameters;

constexpr std::size_t envelope_size_bytes = 1240;  // the smallest response that there is: 1 KiB, sealed for one key
constexpr std::size_t senders_count = 4;
const std::string peer_insert =
    "INSERT INTO peer (log, campaign, number, content) SELECT $1, campaign, number, content "
    "FROM unnest($2::text[], $3::bigint[], $4::bytea[]) AS row (campaign, number, content) ON CONFLICT DO NOTHING";

struct Shape {
    std::size_t batches_per_upload = 4;
    std::size_t responses_per_batch = 100;
};

std::string make_schema(const tests::PostgresServer& server, const std::string& name) {
    server.sql("CREATE SCHEMA " + name);
    return server.address("postgres", name);
}

// A store that a process serves: in a schema of its own, or in a file where it has no address.
struct Served {
    explicit Served(const std::filesystem::path& data, const std::optional<std::string>& database_address = {})
        : address(database_address.value_or("")) {
        const auto made = store::make_store(data, {"store.example.org", 1, store::Copies::sole}, {"127.0.0.1"},
                                            base::parse_day("2026-01-05").value(), random, database_address);
        PILLARBOX_CHECK(made.has_value());
        database = store::open_database_of(data).value();
        process = std::make_unique<tests::StoreProcess>(data);
        pin = http::pin_of(store::read_keys(data)->certificate.certificate_pem).value();
    }
    crypto::SystemRandom random;
    std::string address;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<tests::StoreProcess> process;
    http::CertificatePin pin{};
};

// One kiosk with a connection of its own to the store, and one to the peer's table.
class Sender {
  public:
    Sender(Served& served, const Shape& shape, std::uint16_t port)
        : shape_(shape),
          address_(served.address),
          client_(http::Client::create({.base_url = "https://127.0.0.1:" + std::to_string(port),
                                        .certificate_pin = served.pin,
                                        .proxy = {}})
                      .value()),
          key_(crypto::SigningKey::generate(random_)) {
        store::Kiosk kiosk;
        kiosk.log_id = batch::log_id_of(key_.verify_key(), {});
        kiosk.station = "Bench";
        kiosk.device_key = key_.verify_key();
        PILLARBOX_CHECK(store::add_kiosk(*served.database, kiosk).has_value());
        header_.campaign_id = "bench";
        header_.log_id = kiosk.log_id;
        header_.previous = kiosk.stored_hash;
    }

    void prepare() {
        batches_.clear();
        first_number_ = header_.number + 1;
        std::vector<batch::Item> items(shape_.responses_per_batch);
        for (std::size_t made = 0; made < shape_.batches_per_upload; ++made) {
            for (batch::Item& item : items) {
                random_.fill(item.tag);
                item.envelope.resize(envelope_size_bytes);
                random_.fill(item.envelope);
            }
            ++header_.number;
            batches_.push_back(batch::make_batch(header_, items, key_, {}).value());
            header_.previous = batch::hash_of(batch::parse_batch(batches_.back(), {}).value().header);
        }
        upload_ = protocol::make_upload(batches_);
    }
    void send() {
        const auto answer = client_.send({http::Method::post, protocol::batches_path(header_.log_id),
                                          std::string(protocol::upload_type), upload_});
        PILLARBOX_CHECK(answer.has_value() && answer->status == 200);
    }
    void insert() {
        std::vector<std::uint64_t> numbers;
        for (std::size_t place = 0; place < batches_.size(); ++place) {
            numbers.push_back(first_number_ + place);
        }
        const std::vector<std::string_view> campaigns(batches_.size(), "bench");
        const std::vector<base::ByteView> contents(batches_.begin(), batches_.end());
        Parameters rows;
        rows.add(base::ByteView(header_.log_id)).add_array(campaigns).add_array(numbers).add_array(contents);
        PILLARBOX_CHECK(peer().query(peer_insert, rows).has_value());
    }
    [[nodiscard]] std::size_t ciphertext_bytes() const {
        return shape_.batches_per_upload * shape_.responses_per_batch * envelope_size_bytes;
    }
    [[nodiscard]] Connection& peer() {
        if (!peer_.has_value()) {
            peer_.emplace(Connection::open(address_).value());
        }
        return *peer_;
    }

  private:
    Shape shape_;
    std::string address_;
    crypto::SystemRandom random_;
    http::Client client_;
    crypto::SigningKey key_;
    std::optional<Connection> peer_;
    batch::Header header_;
    std::uint64_t first_number_ = 0;
    std::vector<base::Bytes> batches_;
    base::Bytes upload_;
};

using Senders = std::vector<std::unique_ptr<Sender>>;

Senders make_senders(Served& served, const Shape& shape, std::size_t count) {
    Senders senders;
    for (std::size_t made = 0; made < count; ++made) {
        senders.push_back(std::make_unique<Sender>(served, shape, served.process->port()));
    }
    return senders;
}

template <typename Work>
void all_at_once(Senders& senders, const Work& work) {
    std::vector<std::thread> threads;
    threads.reserve(senders.size());
    for (const auto& sender : senders) {
        threads.emplace_back([&work, one = sender.get()] { work(*one); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

void prepare(Senders& senders) {
    for (const auto& sender : senders) {
        sender->prepare();
    }
}

double in_turn_us(Senders& senders, int rounds) {
    double spent_us = 0;
    for (int round = 0; round < rounds; ++round) {
        prepare(senders);
        spent_us +=
            bench::measure(bench::Time::wall, 1, [&] { all_at_once(senders, [](Sender& one) { one.send(); }); });
    }
    return spent_us / rounds;
}

double pss_mib(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/smaps_rollup");
    std::string word;
    double kib = 0;
    while (file >> word && word != "Pss:") {
    }
    file >> kib;
    return kib / 1024;
}

// Each connection stays open until all have delivered.
void print_crowded_memory(std::string_view figure, Served& served, std::size_t connections) {
    Senders crowd = make_senders(served, {1, 20}, connections);
    prepare(crowd);
    all_at_once(crowd, [](Sender& one) { one.send(); });
    fmt::print("{{\"figure\": \"{}\", \"ours\": {:.3f}, \"peer\": null}}\n", figure,
               pss_mib(served.process->process()));
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures a store over PostgreSQL against plain inserts of the same rows."};
    int pairs = 15;
    int records = 200'000;
    std::size_t connections = 200;
    command.add_option("--pairs", pairs, "How often each is measured");
    command.add_option("--records", records, "Of the fuller store");
    command.add_option("--connections", connections, "At once, for the store's memory");
    CLI11_PARSE(command, argument_count, arguments);
    if (tests::postgres_programs().empty()) {
        std::puts("SKIPPED: PostgreSQL is not installed");
        return 0;
    }
    const tests::PostgresServer server({"max_wal_size=4GB", "max_connections=100"});
    const tests::TemporaryFolder scratch;
    Served served(scratch / "few", make_schema(server, "few"));
    Senders senders = make_senders(served, {}, senders_count);
    PILLARBOX_CHECK(senders.front()
                        ->peer()
                        .run("CREATE TABLE peer (log bytea, campaign text, number bigint, content bytea NOT NULL, "
                             "PRIMARY KEY (log, campaign, number)) WITH (toast_tuple_target = 4080); "
                             "ALTER TABLE peer ALTER COLUMN content SET STORAGE EXTERNAL")
                        .has_value());
    for (int pair = -1; pair < pairs; ++pair) {
        prepare(senders);
        const double ours_us =
            bench::measure(bench::Time::wall, 1, [&] { all_at_once(senders, [](Sender& one) { one.send(); }); });
        const double peer_us =
            bench::measure(bench::Time::wall, 1, [&] { all_at_once(senders, [](Sender& one) { one.insert(); }); });
        if (pair >= 0) {
            bench::print_pair("postgres", ours_us, peer_us);
        }
    }
    {
        const tests::CuttingProxy wire(served.process->port(), std::size_t{1} << 40U);
        Sender sender(served, {}, wire.port());
        for (int pair = 0; pair < pairs; ++pair) {
            sender.prepare();
            const std::size_t before = wire.carried_bytes();
            sender.send();
            bench::print_pair("postgres-wire", static_cast<double>(wire.carried_bytes() - before),
                              static_cast<double>(sender.ciphertext_bytes()));
        }
    }
    Served filled(scratch / "many", make_schema(server, "many"));
    Senders fuller = make_senders(filled, {}, senders_count);
    const int rounds = records / static_cast<int>(senders_count * 400);
    in_turn_us(fuller, std::max(rounds, 1));
    for (int pair = 0; pair < pairs; ++pair) {
        const double many_us = in_turn_us(fuller, 1);
        bench::print_pair("postgres-growth", many_us, in_turn_us(senders, 1));
    }
    print_crowded_memory("memory-store-postgres", served, connections);
    Served in_a_file(scratch / "file");
    print_crowded_memory("memory-store-crowd", in_a_file, connections);
    return 0;
}
