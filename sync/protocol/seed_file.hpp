// SPDX-License-Identifier: GPL-3.0-or-later
//
// The secret seed of an Ed25519 key in a file: base64 of its 32 bytes and a newline, readable by the owner only. The
// store keeps its signing key so, and a kiosk its device key.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::protocol {

[[nodiscard]] base::Result<void> write_seed_file(const std::filesystem::path& path, const crypto::SigningKey& key);

// not_found where there is no file; damaged for anything but a seed.
[[nodiscard]] base::Result<crypto::SigningKey> read_seed_file(const std::filesystem::path& path);

}  // namespace pillarbox::protocol
