// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signed notes (c2sp.org/signed-note): a text, a blank line, and signature lines "— <name> <base64 of key hash and
// signature>". Ed25519 only: algorithm byte 0x01, key hash = first four bytes of SHA-256(name, newline, 0x01, key).
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::batch {

inline constexpr std::size_t note_size_bytes_max = std::size_t{16} << 10U;
inline constexpr std::size_t note_signatures_max = 32;
inline constexpr std::size_t note_name_size_bytes_max = 255;

// 1 to 255 bytes of UTF-8 without white space, control characters or '+'.
[[nodiscard]] bool is_note_name(std::string_view name);

// `text` ends in a newline and holds no other control character; `name` is a note name (both checked, as programmer
// errors).
[[nodiscard]] std::string sign_note(std::string_view text, std::string_view name, const crypto::SigningKey& key);

// The text that `key` signed under `name`; the view points into `note`. Lines of other keys are allowed and mean
// nothing. malformed where it is not a note; not_authentic where no line is of that key, or one is and does not
// verify.
[[nodiscard]] base::Result<std::string_view> verify_note(std::string_view note, std::string_view name,
                                                         const crypto::VerifyKey& key);

}  // namespace pillarbox::batch
