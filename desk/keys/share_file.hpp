// SPDX-License-Identifier: GPL-3.0-or-later
//
// A sealing key split among people (core/crypto/sharing.hpp): each share is a small text file, to be printed or kept
// on a stick, with instructions and with words to compare. Enough shares give the key back; fewer say nothing about
// it.
//
//   PILLARBOX-KEY-SHARE-1 <number> <need> <of> <set> <base64 of the share> <check>
//
// `set` is 8 random hexadecimal letters that tell shares of one splitting from those of another. `check` is the first
// 8 hexadecimal letters of the SHA-256 of all that stands before it: it tells a slip. The recipient stands in the
// file too, and the key that is put together must be its: so damaged, mixed and too few shares are all found out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/sharing.hpp"
#include "core/envelope/envelope.hpp"

namespace pillarbox::keys {

struct KeyShare {
    crypto::SecretShare share;
    unsigned need = 0, of = 0;
    std::string set;
    envelope::Recipient recipient;
};

// The share as its file's text, and back. malformed where the text is no share or its check does not fit; errors
// never quote it.
[[nodiscard]] crypto::SecretBytes format_share(const KeyShare& share);
[[nodiscard]] base::Result<KeyShare> parse_share(base::ByteView text, const std::string& where);

[[nodiscard]] base::Result<std::vector<KeyShare>> split_identity(const envelope::Identity& identity,
                                                                 const crypto::SharePlan& plan, base::Random& random);
// conflict where the shares are of different keys or splittings, or one comes twice; not_found where they are too
// few; damaged where they give another key.
[[nodiscard]] base::Result<envelope::Identity> join_identity(std::vector<KeyShare> shares);

// "DIR/share-1-of-3.txt"..., owner-only. already_exists where one of them is there.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> write_shares(const std::filesystem::path& folder,
                                                                            const std::vector<KeyShare>& shares);
[[nodiscard]] base::Result<KeyShare> read_share(const std::filesystem::path& path);

// Four words for a share: read out by its holder, they prove that a copy was copied rightly.
[[nodiscard]] std::string words_of_share(const KeyShare& share);

}  // namespace pillarbox::keys
