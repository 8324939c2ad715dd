// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store whose key was rotated: what it signs does not verify with the key that is pinned here. The new key is
// believed where the pinned one has introduced it (core/batch/succession.hpp), and for no other reason.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/station/station.hpp"

namespace pillarbox::client {

// Where a succession of a key is to be had: the store, or a stick.
using SuccessionSource = std::function<base::Result<std::string>(const crypto::VerifyKey& of)>;

// Takes up the keys that have followed the pinned one, in `station` and then in the folder. False where none has, or
// nobody can be asked; not_authentic for a succession that the pinned key has not signed.
[[nodiscard]] base::Result<bool> follow_store_key(const std::filesystem::path& station_folder,
                                                  station::Station& station, const SuccessionSource& source);

// Both names for one store, whose key may have been rotated since one of them was written.
[[nodiscard]] bool is_same_store(const station::StorePin& token, const station::StorePin& pinned);

}  // namespace pillarbox::client
