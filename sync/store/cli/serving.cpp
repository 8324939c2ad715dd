// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store is made, and answers.
#include <malloc.h>
#include <pthread.h>
#include <algorithm>
#include <csignal>

#include "core/crypto/system_random.hpp"
#include "core/http/client.hpp"
#include "core/http/listen_address.hpp"
#include "core/http/server.hpp"
#include "core/station/station.hpp"
#include "sync/store/cli/commands.hpp"
#include "sync/store/event_log.hpp"
#include "sync/store/fleet/serving.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/key_history.hpp"
#include "sync/store/service.hpp"

namespace pillarbox::cli {
namespace {

using base::Result;

Result<void> init(const Options& options, const base::Clock& clock) {
    crypto::SystemRandom random;
    const store::Identity identity{options.name, 1,
                                   options.sole_copy ? store::Copies::sole : store::Copies::backed_up};
    std::vector<std::string> hosts = options.hosts;
    if (hosts.empty()) {
        hosts = {"localhost", "127.0.0.1"};
    }
    const auto address = options.database.empty() ? std::nullopt : std::optional(options.database);
    TRY(store::make_store(options.data, identity, hosts, clock.today(), random, address));
    print_line("store {} is ready in {}", options.name, options.data);
    print_line(
        "Copy store.key, tls.key and tls.crt to a safe place now: kiosks have to be enrolled again without them.");
    return {};
}

// Blocks in this thread and, inherited, in every thread started later: only wait_for_stop() takes them.
sigset_t block_stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

// Bodies come and go in several threads. One arena keeps memory small with hundreds of clients that hold on. It has
// blocks of a usual upload's size in it and keeps a few that are free: a mapping of its own for each, or giving all
// of them back each time, cost a third of the store's time in page faults. Larger blocks are mapped: measured under
// siege, 51 MiB instead of 70.
void keep_memory_small() {
    constexpr int large_block_bytes = 1 << 20;
    constexpr int free_bytes_max = 6 << 20;
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, large_block_bytes);
    mallopt(M_TRIM_THRESHOLD, free_bytes_max);
}

Result<void> serve(const Options& options, const base::Clock& clock) {
    keep_memory_small();
    const sigset_t stop_signals = block_stop_signals();
    auto database = TRY(store::open_database_of(options.data));
    TRY(database->check_ready());
    store::Keys keys = TRY(store::read_keys(options.data));
    auto key_history =
        TRY(store::read_key_history(options.data, database->identity().name, keys.store_key.verify_key()));
    store::EventLog log(store::make_error_logger(), clock);
    const batch::Limits limits;

    crypto::SystemRandom random;
    const station::StorePin pin{database->identity().name, options.url, keys.store_key.verify_key(),
                                TRY(http::pin_of(keys.certificate.certificate_pem))};
    http::ServerSettings settings;
    TRY(http::set_listen_address(settings, options.listen));
    settings.certificate = std::move(keys.certificate);
    settings.threads = std::max(settings.threads, database->transactions_max());
    store::Database& rows = *database;
    store::Service service(std::move(database), std::move(keys.store_key), limits, clock, log,
                           std::move(key_history));
    const std::string metrics_token = TRY(fleet::metrics_token(options.data, random));
    fleet::Front front(rows, service, pin, metrics_token, clock, random);
    settings.body_limit = [&front](http::Method method, std::string_view path) {
        return front.body_limit(method, path);
    };
    auto server = TRY(http::Server::start(std::move(settings),
                                          [&front](const http::Request& request) { return front.handle(request); }));
    const std::string host = options.listen.substr(0, options.listen.rfind(':'));
    print_line("listening on https://{}:{}", host, server.port());
    log.write(store::EventCode::started);
    int signal = 0;
    sigwait(&stop_signals, &signal);
    server.stop();
    log.write(store::EventCode::stopped);
    return {};
}

}  // namespace

void add_serving(Commands& commands) {
    Options& options = commands.options();
    CLI::App* on_init =
        commands.add("init", "make a store: keys, certificate and an empty database", init, FolderUse::unmade);
    on_init->add_option("--name", options.name, "its name in receipts, such as store.example.org")->required();
    on_init->add_option("--host", options.hosts, "host names and addresses for its certificate (default: localhost)");
    on_init->add_option("--database", options.database,
                        "postgres://USER@HOST/NAME, without a password (default: a file in the folder)");
    on_init->add_flag("--sole-copy", options.sole_copy, "let kiosks delete what is stored, before any backup");
    CLI::App* on_serve = commands.add("serve", "answer kiosks until SIGTERM", serve);
    on_serve->add_option("--listen", options.listen, "numeric address and port; port 0 takes any free one")
        ->capture_default_str();
    on_serve->add_option("--url", options.url,
                         "this store's address as kiosks reach it, for tokens of the fleet page");
}

}  // namespace pillarbox::cli
