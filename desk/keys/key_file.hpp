// SPDX-License-Identifier: GPL-3.0-or-later
//
// The committee's two key files. Both are text with "#" comments, owner-only, and never overwritten.
//
//   sealing key  opens envelopes: an age identity file, as age-keygen writes it, so that the stock `age -i` takes it
//   signing key  signs campaign packs: "PILLARBOX-SIGNING-KEY-1 " and the 32-byte Ed25519 seed (RFC 8032) in base64
//
// Either may be wrapped by a passphrase: the file is then what `age --passphrase` makes of that text, and the stock
// `age -d` gives it back. What `age --passphrase --armor` makes is read too.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"
#include "core/envelope/envelope.hpp"
#include "core/envelope/passphrase.hpp"

namespace pillarbox::keys {

// How a key file is wrapped when it is made.
struct Wrapping {
    base::ByteView passphrase;
    base::Random& random;
    unsigned log_n = envelope::scrypt_log_n_default;
};

// already_exists where there is a file of this name, whatever it holds: a key that is overwritten is lost.
[[nodiscard]] base::Result<void> refuse_existing(const std::filesystem::path& path);

// Makes parent folders. already_exists where there is a file of this name, whatever it holds. Without a wrapping the
// key stands in the file for whoever can read it.
[[nodiscard]] base::Result<void> write_sealing_key(const std::filesystem::path& path,
                                                   const envelope::Identity& identity, base::Day created,
                                                   const Wrapping* wrapping = nullptr);
[[nodiscard]] base::Result<void> write_signing_key(const std::filesystem::path& path, const crypto::SigningKey& key,
                                                   base::Day created, const Wrapping* wrapping = nullptr);

// Asked for the passphrase of a wrapped file, once, and of no other.
using AskPassphrase = std::function<base::Result<crypto::SecretBytes>(const std::filesystem::path& file)>;

// malformed where the file is not of its kind, not_authentic where the passphrase is another one, usage where the
// file is wrapped and there is nobody to ask. Errors never quote the file.
[[nodiscard]] base::Result<std::vector<envelope::Identity>> read_sealing_key(const std::filesystem::path& path,
                                                                             const AskPassphrase& ask = {});
// Of several files: where the committee's key was rotated, each opens what was sealed in its time.
[[nodiscard]] base::Result<std::vector<envelope::Identity>> read_sealing_keys(const std::vector<std::string>& paths,
                                                                              const AskPassphrase& ask = {});
[[nodiscard]] base::Result<crypto::SigningKey> read_signing_key(const std::filesystem::path& path,
                                                                const AskPassphrase& ask = {});

// The public part of either kind, one key a line: "age1..." or base64.
[[nodiscard]] base::Result<std::vector<std::string>> public_keys_in(const std::filesystem::path& path,
                                                                    const AskPassphrase& ask = {});

// Writes a key file of either kind anew, wrapped or not; `from` stays as it is. conflict where `from` is wrapped
// already, or is not.
[[nodiscard]] base::Result<void> wrap_key_file(const std::filesystem::path& from, const std::filesystem::path& to,
                                               const Wrapping& wrapping);
[[nodiscard]] base::Result<void> unwrap_key_file(const std::filesystem::path& from, const std::filesystem::path& to,
                                                 const AskPassphrase& ask);

// A committee key as `key show` prints it: base64 of 32 bytes. `where` stands in the error.
[[nodiscard]] base::Result<crypto::VerifyKey> parse_verify_key(std::string_view base64, std::string_view where);

}  // namespace pillarbox::keys
