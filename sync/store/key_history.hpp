// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys with which this store has signed before, and how each came to be followed by the next: the file
// successions.txt of the store's folder, one succession (core/batch/succession.hpp) after the other. No secret is in
// it. Kiosks that have pinned an old key come to today's by it, and what an old key has signed stays the store's
// word.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/batch/succession.hpp"

namespace pillarbox::store {

struct KeyHistory {
    std::string text;                        // the file
    std::vector<crypto::VerifyKey> earlier;  // the oldest first; without today's
};

// Where nobody has pinned another key than today's, there is no file and nothing in it. damaged for one that does not
// lead to `today`; unavailable where a rotation was cut short.
[[nodiscard]] base::Result<KeyHistory> read_key_history(const std::filesystem::path& folder, std::string_view name,
                                                        const crypto::VerifyKey& today);

// The succession of exactly this key; empty where there is none.
[[nodiscard]] std::string_view succession_of(const KeyHistory& history, const crypto::VerifyKey& key);

// Draws a new signing key, has the old one introduce it, and puts it in the old one's place, which is gone then. Each
// step is durable before the next: cut short, the same again brings it to its end. No store may serve meanwhile.
[[nodiscard]] base::Result<crypto::VerifyKey> rotate_store_key(const std::filesystem::path& folder,
                                                               std::string_view name, base::Random& random);

}  // namespace pillarbox::store
