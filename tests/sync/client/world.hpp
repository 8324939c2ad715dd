// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store folder, a station folder and a committee: all that a test of pillarbox-sync needs, made by the real
// programs.
#pragma once

#include <filesystem>
#include <string>

#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "core/http/server.hpp"
#include "core/outbox/outbox.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/kiosks.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/sync/client/store_process.hpp"

namespace pillarbox::tests {

inline constexpr std::string_view canary = "canary-7f3a9b: the ambulance never came";

class World {
  public:
    explicit World(store::Copies copies = store::Copies::sole);

    [[nodiscard]] std::filesystem::path data() const { return folder / "store"; }
    [[nodiscard]] std::filesystem::path station() const { return folder / "station"; }

    Outcome store(std::vector<std::string> arguments) const;  // pillarbox-store ARGUMENTS --data
    Outcome sync(std::vector<std::string> arguments) const;   // pillarbox-sync ARGUMENTS --station
    [[nodiscard]] std::string new_token(const std::string& url) const;

    // What `pillarbox kiosk enrol` does, short of the campaign: station.json, token, pack.
    void prepare_station(const std::string& token);
    void enrol(const std::string& url);
    void point_station_at(std::uint16_t port) const;  // the same store by another way
    void answer(int responses, std::size_t size_bytes = 500);

    [[nodiscard]] outbox::Counts counts();
    [[nodiscard]] outbox::Head head();
    [[nodiscard]] std::vector<store::Kiosk> kiosks() const;  // as the store has them, every batch checked
    [[nodiscard]] store::Keys store_keys() const;

    // A server with the store's own certificate and the given behaviour: what TLS can't tell from the store.
    [[nodiscard]] http::Server serve(http::Handler handler, const store::Keys& keys) const;

    TemporaryFolder folder;
    crypto::SystemRandom random;
    envelope::Identity committee;
};

}  // namespace pillarbox::tests
