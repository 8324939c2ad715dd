// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/file.hpp"
#include "core/station/station.hpp"

namespace pillarbox::station {

base::Result<void> install_pack(const std::filesystem::path& folder, Station station, base::ByteView pack,
                                std::uint64_t version) {
    // The pack first: with power lost in between, the station holds a newer pack than it insists on, which is
    // harmless.
    TRY(base::write_file(pack_path(folder), pack));
    station.pack_version_min = version;
    return write_station(folder, station);
}

base::Result<void> pin_store_key(StorePin& store, const crypto::VerifyKey& key) {
    if (std::ranges::find(store.earlier_keys, key) != store.earlier_keys.end()) {
        return base::fail(base::ErrorCode::conflict, store.name,
                          "The store's key leads back to one that was given up.",
                          "Tell the store's admin; everything stays on the kiosk.");
    }
    if (store.earlier_keys.size() == earlier_keys_max) {
        return base::fail(base::ErrorCode::limit_exceeded, store.name, "The store's key was changed too often.",
                          "Tell the store's admin; everything stays on the kiosk.");
    }
    store.earlier_keys.push_back(store.key);
    store.key = key;
    return {};
}

}  // namespace pillarbox::station
