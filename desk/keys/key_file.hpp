// SPDX-License-Identifier: GPL-3.0-or-later
//
// The committee's two key files. Both are text with "#" comments, owner-only, and never overwritten.
//
//   sealing key  opens envelopes: an age identity file, as age-keygen writes it, so that the stock `age -i` takes it
//   signing key  signs campaign packs: "PILLARBOX-SIGNING-KEY-1 " and the 32-byte Ed25519 seed (RFC 8032) in base64
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"
#include "core/envelope/envelope.hpp"

namespace pillarbox::keys {

// Makes parent folders. already_exists where there is a file of this name, whatever it holds.
[[nodiscard]] base::Result<void> write_sealing_key(const std::filesystem::path& path,
                                                   const envelope::Identity& identity, base::Day created);
[[nodiscard]] base::Result<void> write_signing_key(const std::filesystem::path& path, const crypto::SigningKey& key,
                                                   base::Day created);

// malformed where the file is not of its kind; the error never quotes it.
[[nodiscard]] base::Result<std::vector<envelope::Identity>> read_sealing_key(const std::filesystem::path& path);
[[nodiscard]] base::Result<crypto::SigningKey> read_signing_key(const std::filesystem::path& path);

// The public part of either kind, one key a line: "age1..." or base64.
[[nodiscard]] base::Result<std::vector<std::string>> public_keys_in(const std::filesystem::path& path);

// A committee key as `key show` prints it: base64 of 32 bytes. `where` stands in the error.
[[nodiscard]] base::Result<crypto::VerifyKey> parse_verify_key(std::string_view base64, std::string_view where);

}  // namespace pillarbox::keys
