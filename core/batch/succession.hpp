// SPDX-License-Identifier: GPL-3.0-or-later
//
// A succession: one signing key's word that another takes its place, and the other's that it does. It is how whoever
// has pinned the old key comes to the new one without being enrolled again: a C2SP signed-note, signed by both. Each
// names the key before, so that a row of them leads from any key that ever was pinned to the one that signs today.
// What an old key has signed stays its word. Format: docs/formats/batch.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/note.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::batch {

// `name` is the note's key name, as in receipts; both keys sign under it.
[[nodiscard]] std::string sign_succession(std::string_view name, const crypto::SigningKey& old_key,
                                          const crypto::SigningKey& new_key);

// The key that takes the place of `old_key`. not_authentic where the old key has not signed it, or the new one has
// not (nobody can have a key of others follow their own); malformed for anything that is not a succession.
[[nodiscard]] base::Result<crypto::VerifyKey> verify_succession(std::string_view note, std::string_view name,
                                                                const crypto::VerifyKey& old_key);

// Successions one after the other in one text, as stores and sticks hold them.
inline constexpr std::size_t successions_max = 64;
inline constexpr std::size_t successions_size_bytes_max = std::size_t{64} << 10U;
[[nodiscard]] std::vector<std::string_view> split_successions(std::string_view text);  // views into `text`
// The key that a note says it is about, before any signature is looked at: to find the note, never to believe it.
[[nodiscard]] std::optional<crypto::VerifyKey> old_key_in(std::string_view note);

// The keys that followed `pinned`, in order: empty where none has. Errors as verify_succession, of a note that names
// the key reached so far; notes of other keys mean nothing here.
[[nodiscard]] base::Result<std::vector<crypto::VerifyKey>> follow_successions(std::string_view text,
                                                                              std::string_view name,
                                                                              const crypto::VerifyKey& pinned);

}  // namespace pillarbox::batch
