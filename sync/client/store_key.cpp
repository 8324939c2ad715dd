// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/store_key.hpp"

#include <algorithm>

#include "core/batch/succession.hpp"

namespace pillarbox::client {

base::Result<bool> follow_store_key(const std::filesystem::path& station_folder, station::Station& station,
                                    const SuccessionSource& source) {
    station::StorePin& store = station.store;
    const crypto::VerifyKey before = store.key;
    for (std::size_t steps = 0; steps < batch::successions_max; ++steps) {
        const auto text = source(store.key);
        if (!text.has_value()) {
            break;
        }
        const auto keys = TRY(batch::follow_successions(*text, store.name, store.key));
        if (keys.empty()) {
            break;
        }
        for (const crypto::VerifyKey& key : keys) {
            TRY(station::pin_store_key(store, key));
        }
    }
    if (store.key == before) {
        return false;
    }
    // The kiosk may have put a newer pack in its place meanwhile: nothing but the store's keys is written over.
    station::Station now = TRY(station::read_station(station_folder));
    now.store = store;
    TRY(station::write_station(station_folder, now));
    return true;
}

bool is_same_store(const station::StorePin& token, const station::StorePin& pinned) {
    const bool known =
        token.key == pinned.key || std::ranges::find(pinned.earlier_keys, token.key) != pinned.earlier_keys.end();
    return known && token.name == pinned.name && token.url == pinned.url &&
           token.certificate_pin == pinned.certificate_pin;
}

}  // namespace pillarbox::client
