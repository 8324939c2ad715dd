// SPDX-License-Identifier: GPL-3.0-or-later
//
// A fleet's day: N kiosks, each with an outbox of its own and the client code of pillarbox-sync, bring a day's
// responses to one running pillarbox-store over TLS. Some connections are cut in the midst of an upload and some
// kiosks come twice. In the end every kiosk's outbox must be empty and the store hold each response once.
//
// Threading: workers take kiosks by number, one at a time; what they share is counted under a mutex.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "core/base/check.hpp"
#include "core/crypto/system_random.hpp"
#include "core/outbox/outbox.hpp"
#include "sync/client/round.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/kiosks.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/sync/client/cutting_proxy.hpp"
#include "tests/sync/client/store_process.hpp"

namespace {

using namespace pillarbox;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t envelope_size_bytes = 2248;  // a usual response: 2 KiB, sealed for one key
constexpr int rounds_max = 8;                      // of a kiosk whose connections are cut

struct Options {
    std::uint64_t kiosks = 10'000;
    std::uint64_t responses = 30;
    unsigned threads = 16;
    std::uint64_t cut_one_in = 10;
    std::uint64_t seed = 1;
    std::uint64_t stores = 1;  // several: over one PostgreSQL cluster
    bool over_postgres = false;
    fs::path folder;
};

// What the fleet went through.
struct Figures {
    std::vector<double> day_ms{};  // of each kiosk: from its first connection until all was purged
    std::uint64_t cuts = 0;
    std::uint64_t rounds = 0;
    std::uint64_t lost = 0;  // kiosks that still kept something
};

class Dice {
  public:
    Dice(std::uint64_t seed, std::uint64_t kiosk) : state_(seed * 0x9e3779b97f4a7c15U + kiosk * 2 + 1) {}
    std::uint64_t below(std::uint64_t bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return (state_ >> 33U) % bound;
    }

  private:
    std::uint64_t state_;
};

class Fleet {
  public:
    // `address`: of the database, where it is not a file in the store's folder.
    Fleet(Options options, const std::optional<std::string>& address) : options_(std::move(options)) {
        const base::Day day = base::parse_day("2026-01-05").value();
        PILLARBOX_CHECK(store::make_store(data(), {"store.example.org", 1, store::Copies::sole}, {"127.0.0.1"}, day,
                                          random_, address)
                            .has_value());
        for (std::uint64_t number = 1; number < options_.stores; ++number) {
            fs::copy(data(), data(number), fs::copy_options::recursive);  // the keys, and where the database is
        }
        make_kiosks();
        fill_template();
    }

    [[nodiscard]] fs::path data(std::uint64_t number = 0) const {
        return options_.folder / fmt::format("store-{}", number);
    }

    // Every worker's kiosks, from all at once to none left.
    Figures run(const station::StorePin& pin, std::vector<std::uint16_t> ports) {
        ports_ = std::move(ports);
        std::vector<std::thread> workers;
        for (unsigned worker = 0; worker < options_.threads; ++worker) {
            workers.emplace_back([this, &pin, worker] {
                for (std::uint64_t kiosk = next_++; kiosk < options_.kiosks; kiosk = next_++) {
                    live_a_day(pin, worker, kiosk);
                }
            });
        }
        for (std::thread& worker : workers) {
            worker.join();
        }
        return figures_;
    }

    // Kiosks whose batches the store does not hold whole, each once, without a gap or a fork.
    [[nodiscard]] std::uint64_t wrong_in_store() const {
        const auto database = store::open_database_of(data());
        PILLARBOX_CHECK(database.has_value());
        const auto transaction = (*database)->begin(store::TransactionKind::read);
        PILLARBOX_CHECK(transaction.has_value());
        const auto kiosks = (*transaction)->all_kiosks();
        PILLARBOX_CHECK(kiosks.has_value());
        std::uint64_t wrong = options_.kiosks - std::min<std::uint64_t>(options_.kiosks, kiosks->size());
        for (const store::Kiosk& kiosk : *kiosks) {
            const auto walked = store::walk_batches(
                **transaction, kiosk, [](std::uint64_t, base::ByteView) { return base::Result<void>{}; });
            const auto gaps = (*transaction)->gaps_of(kiosk.log_id);
            const auto forks = (*transaction)->forks_of(kiosk.log_id);
            const bool right = walked.has_value() && kiosk.responses == options_.responses && gaps.has_value() &&
                               gaps->empty() && forks.has_value() && forks->empty();
            wrong += right ? 0U : 1U;
        }
        return wrong;
    }

  private:
    void make_kiosks() {
        const auto database = store::open_database_of(data());
        PILLARBOX_CHECK(database.has_value());
        const auto transaction = (*database)->begin(store::TransactionKind::write);
        PILLARBOX_CHECK(transaction.has_value());
        for (std::uint64_t number = 0; number < options_.kiosks; ++number) {
            keys_.push_back(crypto::SigningKey::generate(random_));
            store::Kiosk kiosk;
            kiosk.device_key = keys_.back().verify_key();
            kiosk.log_id = batch::log_id_of(kiosk.device_key, {});
            kiosk.station = fmt::format("Station {}", number);
            PILLARBOX_CHECK(store::add_kiosk(**transaction, kiosk).has_value());
        }
        PILLARBOX_CHECK((*transaction)->commit().has_value());
    }

    // A day's envelopes. All kiosks begin with a copy: what is in an envelope makes no difference to anybody here.
    void fill_template() {
        crypto::SystemRandom random;
        auto outbox = outbox::Outbox::open(filled(), random);
        PILLARBOX_CHECK(outbox.has_value());
        for (std::uint64_t response = 0; response < options_.responses; ++response) {
            batch::Item item;
            random.fill(item.tag);
            item.envelope.resize(envelope_size_bytes);
            random.fill(item.envelope);
            PILLARBOX_CHECK(outbox->add(item).has_value());
        }
    }
    [[nodiscard]] fs::path filled() const { return options_.folder / "filled.db"; }

    void live_a_day(const station::StorePin& pin, unsigned worker, std::uint64_t kiosk) {
        Dice dice(options_.seed, kiosk);
        crypto::SystemRandom random;
        const fs::path folder = options_.folder / fmt::format("worker-{}", worker);
        fs::remove_all(folder);
        fs::create_directory(folder);
        fs::copy_file(filled(), folder / "outbox.db");
        auto outbox = outbox::Outbox::open(folder / "outbox.db", random);
        PILLARBOX_CHECK(outbox.has_value());
        PILLARBOX_CHECK(outbox->start_log(batch::log_id_of(keys_[kiosk].verify_key(), {})).has_value());
        const bool comes_twice = dice.below(20) == 0;
        std::uint64_t cuts = 0;
        std::uint64_t rounds = 0;
        const auto start = Clock::now();
        for (bool done = false; !done && rounds < rounds_max; ++rounds) {
            const std::uint16_t port = ports_[(kiosk + rounds) % ports_.size()];
            const bool is_cut = dice.below(options_.cut_one_in) == 0;
            // A little of that is the handshake, and a little more than all may be carried before it is cut.
            const std::uint64_t cut_after = dice.below(envelope_size_bytes * (options_.responses + 2));
            std::optional<tests::CuttingProxy> proxy;
            if (is_cut) {
                proxy.emplace(port, cut_after);
            }
            done = one_round(at_port(pin, is_cut ? proxy->port() : port), *outbox, keys_[kiosk], folder);
            cuts += done ? 0U : 1U;
        }
        const double day_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
        if (comes_twice) {
            one_round(at_port(pin, ports_[(kiosk + rounds) % ports_.size()]), *outbox, keys_[kiosk], folder);
            ++rounds;
        }
        const auto counts = outbox->counts();
        const bool empty = counts.has_value() && counts->waiting == 0 && counts->batched == 0 &&
                           counts->acknowledged == options_.responses;
        const std::scoped_lock lock(mutex_);
        figures_.day_ms.push_back(day_ms);
        figures_.cuts += cuts;
        figures_.rounds += rounds;
        figures_.lost += empty ? 0U : 1U;
    }

    static station::StorePin at_port(station::StorePin pin, std::uint16_t port) {
        pin.url = fmt::format("https://127.0.0.1:{}", port);
        return pin;
    }

    // False where the connection was cut.
    static bool one_round(const station::StorePin& pin, outbox::Outbox& outbox, const crypto::SigningKey& key,
                          const fs::path& folder) {
        auto client = client::StoreClient::create(pin, {});
        PILLARBOX_CHECK(client.has_value());
        return client::run_round(outbox, *client, key, {"fleet", {}, 1, folder / "receipt.txt"}).has_value();
    }

    Options options_;
    crypto::SystemRandom random_;
    std::vector<crypto::SigningKey> keys_;
    std::vector<std::uint16_t> ports_;
    std::atomic<std::uint64_t> next_ = 0;
    std::mutex mutex_;
    Figures figures_;
};

double processor_s(const std::string& process) {
    std::ifstream file("/proc/" + process + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) {
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double peak_memory_mib(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::string word;
    double kib = 0;
    while (status >> word && word != "VmHWM:") {
    }
    status >> kib;
    return kib / 1024;
}

double at(std::vector<double>& sorted, double part) {
    return sorted.at(static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1)));
}

// Store processes over one database, and what they needed.
class Stores {
  public:
    Stores(const Fleet& fleet, std::uint64_t count) {
        for (std::uint64_t number = 0; number < count; ++number) {
            processes_.push_back(std::make_unique<tests::StoreProcess>(fleet.data(number)));
        }
    }
    [[nodiscard]] std::vector<std::uint16_t> ports() const {
        std::vector<std::uint16_t> ports;
        for (const auto& process : processes_) {
            ports.push_back(process->port());
        }
        return ports;
    }
    [[nodiscard]] double used_s() const {  // all of them
        double used_s = 0;
        for (const auto& process : processes_) {
            used_s += processor_s(std::to_string(process->process()));
        }
        return used_s;
    }
    [[nodiscard]] double memory_mib() const {  // the largest
        double memory_mib = 0;
        for (const auto& process : processes_) {
            memory_mib = std::max(memory_mib, peak_memory_mib(process->process()));
        }
        return memory_mib;
    }
    void stop() {
        for (const auto& process : processes_) {
            PILLARBOX_CHECK(process->stop() == 0);
        }
    }

  private:
    std::vector<std::unique_ptr<tests::StoreProcess>> processes_;
};

struct Costs {
    double wall_s = 0;
    double kiosks_s = 0;
    double stores_s = 0;
    double memory_mib = 0;
    double stored_bytes = 0;
    std::uint64_t wrong = 0;
};

void print_words(const Options& options, Figures& figures, const Costs& costs) {
    const auto records = static_cast<double>(options.kiosks * options.responses);
    fmt::print("seed {}: {} kiosks, {:.0f} responses, {} at once, {} rounds, {} of them cut, {}\n", options.seed,
               options.kiosks, records, options.threads, figures.rounds, figures.cuts,
               options.over_postgres ? fmt::format("{} stores over PostgreSQL", options.stores) : "SQLite");
    fmt::print("total {:.1f} s, {:.0f} kiosks/s, {:.0f} responses/s\n", costs.wall_s,
               static_cast<double>(options.kiosks) / costs.wall_s, records / costs.wall_s);
    fmt::print("a kiosk's day: p50 {:.1f} ms, p99 {:.1f} ms, slowest {:.1f} ms\n", at(figures.day_ms, 0.5),
               at(figures.day_ms, 0.99), figures.day_ms.back());
    fmt::print("processor: store {:.1f} s ({:.1f} us a response), all kiosks {:.1f} s\n", costs.stores_s,
               costs.stores_s * 1e6 / records, costs.kiosks_s);
    fmt::print("store: {:.1f} MiB at most, {:.0f} bytes a record, of which {} are the envelope\n", costs.memory_mib,
               costs.stored_bytes / records, envelope_size_bytes);
    fmt::print("{} kiosks kept something, {} are not whole in the store\n", figures.lost, costs.wrong);
}

void print_figures(const std::string& key, const Figures& figures, const Costs& costs) {
    const auto print = [&](std::string_view name, double value) {
        fmt::print("{{\"figure\": \"{}-{}\", \"ours\": {:.3f}, \"peer\": null}}\n", key, name, value);
    };
    print("wrong", static_cast<double>(figures.lost + costs.wrong));
    print("total", costs.wall_s);
    print("slowest", figures.day_ms.back());
    print("memory", costs.memory_mib);
}

}  // namespace

int main(int argument_count, char** arguments) {
    CLI::App command("Lets a fleet of kiosks bring a day's responses to one store, and says what it cost");
    const tests::TemporaryFolder scratch;
    Options options;
    options.folder = scratch.path();
    std::string key;
    command.add_option("--kiosks", options.kiosks)->capture_default_str();
    command.add_option("--responses", options.responses, "of each")->capture_default_str();
    command.add_option("--threads", options.threads, "how many kiosks come at once")->capture_default_str();
    command.add_option("--cut-one-in", options.cut_one_in, "rounds, in the midst of their upload")
        ->capture_default_str();
    command.add_option("--seed", options.seed, "of cuts and of who comes twice")->capture_default_str();
    auto* postgres = command.add_flag("--postgres", options.over_postgres, "over a PostgreSQL server of its own");
    command.add_option("--stores", options.stores, "over one database: kiosks ask now one and now another")
        ->check(CLI::PositiveNumber)
        ->needs(postgres);
    command.add_option("--figure", key, "print lines for tests/bench/run, under this name");
    CLI11_PARSE(command, argument_count, arguments);
    if (options.over_postgres && tests::postgres_programs().empty()) {
        std::puts("SKIPPED: PostgreSQL is not installed");
        return 0;
    }
    std::optional<tests::PostgresServer> server;
    std::optional<std::string> address;
    if (options.over_postgres) {
        server.emplace();
        address = server->address("postgres");
    }

    Fleet fleet(options, address);
    const auto keys = store::read_keys(fleet.data());
    PILLARBOX_CHECK(keys.has_value());
    const auto pin = http::pin_of(keys->certificate.certificate_pem);
    PILLARBOX_CHECK(pin.has_value());
    Stores stores(fleet, options.stores);
    const auto start = Clock::now();
    const double kiosks_before_s = processor_s("self");
    Figures figures = fleet.run({"store.example.org", {}, keys->store_key.verify_key(), *pin}, stores.ports());
    Costs costs;
    costs.wall_s = std::chrono::duration<double>(Clock::now() - start).count();
    costs.kiosks_s = processor_s("self") - kiosks_before_s;
    costs.stores_s = stores.used_s();
    costs.memory_mib = stores.memory_mib();
    stores.stop();
    costs.wrong = fleet.wrong_in_store();
    costs.stored_bytes = static_cast<double>(store::open_database_of(fleet.data()).value()->size_bytes().value());
    std::ranges::sort(figures.day_ms);
    if (key.empty()) {
        print_words(options, figures, costs);
        return figures.lost == 0 && costs.wrong == 0 ? 0 : 1;
    }
    print_figures(key, figures, costs);
    return 0;
}
