// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/client/world.hpp"

#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/station/station.hpp"
#include "tests/sync/support/backend.hpp"

namespace pillarbox::tests {

World::World(store::Copies copies) : committee(envelope::Identity::generate(random)) {
    std::vector<std::string> arguments = {"init", "--name", "store.example.org"};
    if (const auto address = new_database_address()) {
        arguments.insert(arguments.end(), {"--database", *address});
    }
    if (copies == store::Copies::sole) {
        arguments.emplace_back("--sole-copy");
    }
    REQUIRE(store(arguments).exit_code == 0);
}

Outcome World::store(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), built_program("pillarbox-store"));
    arguments.insert(arguments.end(), {"--data", data().string()});
    return run_program(arguments);
}

Outcome World::sync(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), built_program("pillarbox-sync"));
    arguments.insert(arguments.begin() + 2, {"--station", station().string()});
    return run_program(arguments);
}

std::string World::new_token(const std::string& url) const {
    const auto outcome = store({"token", "--station", "Brixton Library", "--url", url});
    REQUIRE(outcome.exit_code == 0);
    REQUIRE(outcome.output.ends_with('\n'));
    return outcome.output.substr(0, outcome.output.size() - 1);
}

void World::prepare_station(const std::string& token) {
    const auto parsed = station::parse_token(token);
    REQUIRE(parsed.has_value());
    REQUIRE(base::make_folder(station()).has_value());
    station::Station made;
    made.name = parsed->station_name;
    made.campaign_id = "test-campaign";
    made.pack_version_min = 1;
    made.committee_key = crypto::SigningKey::generate(random).verify_key();
    made.store = parsed->store;
    REQUIRE(station::write_station(station(), made).has_value());
    const std::string line = token + "\n";
    REQUIRE(base::write_file(station::token_path(station()), base::view_of(line), base::FileMode::owner_only)
                .has_value());
    REQUIRE(base::write_file(station::pack_path(station()), base::view_of("a pack")).has_value());
}

void World::enrol(const std::string& url) {
    prepare_station(new_token(url));
    const auto outcome = sync({"enrol"});
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
}

void World::point_station_at(std::uint16_t port) const {
    auto read = station::read_station(station());
    REQUIRE(read.has_value());
    read->store.url = "https://127.0.0.1:" + std::to_string(port);
    REQUIRE(station::write_station(station(), *read).has_value());
}

void World::answer(int responses, std::size_t size_bytes) {
    auto outbox = outbox::Outbox::open(station::outbox_path(station()), random);
    REQUIRE(outbox.has_value());
    for (int i = 0; i < responses; ++i) {
        base::Bytes plaintext = base::bytes_of(canary);
        plaintext.resize(std::max(plaintext.size(), size_bytes));
        batch::Item item;
        random.fill(item.tag);
        auto sealed = envelope::seal(plaintext, {committee.recipient()}, random);
        REQUIRE(sealed.has_value());
        item.envelope = std::move(*sealed);
        REQUIRE(outbox->add(item).has_value());
    }
}

outbox::Counts World::counts() {
    auto outbox = outbox::Outbox::open(station::outbox_path(station()), random);
    REQUIRE(outbox.has_value());
    return outbox->counts().value();
}

// Without an assertion: stand-ins for a store ask it on threads of their own.
outbox::Head World::head() {
    return outbox::Outbox::open(station::outbox_path(station()), random).value().head().value();
}

std::vector<store::Kiosk> World::kiosks() const {
    const auto database = store::open_database_of(data());
    REQUIRE(database.has_value());
    auto kiosks = store::all_kiosks(**database);
    REQUIRE(kiosks.has_value());
    for (const store::Kiosk& kiosk : *kiosks) {
        const auto walked = store::walk_batches(**database, kiosk,
                                                [](std::uint64_t, base::ByteView) { return base::Result<void>{}; });
        REQUIRE(walked.has_value());
    }
    return *kiosks;
}

store::Keys World::store_keys() const {
    auto keys = store::read_keys(data());
    REQUIRE(keys.has_value());
    return std::move(*keys);
}

http::Server World::serve(http::Handler handler, const store::Keys& keys) const {
    http::ServerSettings settings;
    settings.certificate = keys.certificate;
    settings.body_limit = [](http::Method, std::string_view) { return std::size_t{32} << 20U; };
    auto server = http::Server::start(std::move(settings), std::move(handler));
    REQUIRE(server.has_value());
    return std::move(*server);
}

}  // namespace pillarbox::tests
