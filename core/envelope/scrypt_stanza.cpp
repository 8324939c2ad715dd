// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/scrypt_stanza.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/crypto/aead.hpp"
#include "core/crypto/scrypt.hpp"
#include "core/envelope/x25519_stanza.hpp"

namespace pillarbox::envelope {
namespace {

constexpr std::string_view scrypt_type = "scrypt";
constexpr std::string_view salt_label = "age-encryption.org/v1/scrypt";
constexpr std::size_t salt_size_bytes = 16;

using Salt = std::array<std::uint8_t, salt_size_bytes>;

struct Parameters {
    Salt salt{};
    unsigned log_n = 0;
};

std::unexpected<base::Error> malformed_stanza(std::string what) {
    return base::fail(base::ErrorCode::malformed, "envelope header", std::move(what));
}

// The salt is fresh for each file and so the wrap key is used once: its nonce is zero.
base::Result<crypto::SecretBytes> wrap_key(base::ByteView passphrase, const Parameters& parameters) {
    base::Bytes salt = base::bytes_of(salt_label);
    salt.insert(salt.end(), parameters.salt.begin(), parameters.salt.end());
    return crypto::scrypt(passphrase, salt, parameters.log_n, crypto::aead_key_size_bytes);
}

// One text for each number: no sign, no leading zero.
base::Result<unsigned> parse_log_n(std::string_view text, unsigned log_n_max) {
    const bool is_number = std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
    if (text.empty() || !is_number || text.front() == '0') {
        return malformed_stanza("A scrypt stanza's work is not a number without leading zeros.");
    }
    unsigned log_n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), log_n);
    if (error != std::errc{} || log_n > log_n_max) {
        return base::fail(base::ErrorCode::limit_exceeded, "envelope header",
                          "The passphrase would take more work than 2^" + std::to_string(log_n_max) + ".");
    }
    return log_n;
}

base::Result<Parameters> parameters_of(const Stanza& stanza, unsigned log_n_max) {
    if (stanza.arguments.size() != 3) {
        return malformed_stanza("A scrypt stanza has two arguments.");
    }
    Parameters parameters;
    const base::Bytes salt = TRY(base::from_base64_raw(stanza.arguments[1]));
    parameters.salt = TRY(base::array_of<salt_size_bytes>(salt));
    parameters.log_n = TRY(parse_log_n(stanza.arguments[2], log_n_max));
    // A longer file key would let one file open differently for two passphrases (partitioning oracle).
    if (stanza.body.size() != body_size_bytes) {
        return malformed_stanza("A scrypt stanza's body has 32 bytes.");
    }
    return parameters;
}

}  // namespace

bool is_scrypt_stanza(const Stanza& stanza) {
    return stanza.arguments.front() == scrypt_type;
}

base::Result<void> check_scrypt_stands_alone(const Header& header) {
    if (header.stanzas.size() > 1 && std::ranges::any_of(header.stanzas, is_scrypt_stanza)) {
        return malformed_stanza("A passphrase stands beside another recipient.");
    }
    return {};
}

base::Result<std::string> wrap_file_key_by_passphrase(const crypto::SecretBytes& file_key, base::ByteView passphrase,
                                                      unsigned log_n, base::Random& random) {
    Parameters parameters{.log_n = log_n};
    random.fill(parameters.salt);
    const crypto::SecretBytes key = TRY(wrap_key(passphrase, parameters));
    std::array<std::uint8_t, body_size_bytes> body{};
    crypto::aead_seal(key, crypto::AeadNonce{}, file_key.view(), body);
    return format_stanza({std::string(scrypt_type), base::to_base64_raw(parameters.salt), std::to_string(log_n)},
                         body);
}

base::Result<void> check_scrypt_stanza(const Stanza& stanza, unsigned log_n_max) {
    static_cast<void>(TRY(parameters_of(stanza, log_n_max)));
    return {};
}

base::Result<crypto::SecretBytes> unwrap_file_key_by_passphrase(const Stanza& stanza, base::ByteView passphrase,
                                                                unsigned log_n_max) {
    const Parameters parameters = TRY(parameters_of(stanza, log_n_max));
    const crypto::SecretBytes key = TRY(wrap_key(passphrase, parameters));
    crypto::SecretBytes file_key(file_key_size_bytes);
    if (!crypto::aead_open(key, crypto::AeadNonce{}, stanza.body, file_key.bytes())) {
        return base::fail(base::ErrorCode::not_authentic, "passphrase", "This is not the right passphrase.",
                          "Type it again, letter by letter as it was written down.");
    }
    return file_key;
}

}  // namespace pillarbox::envelope
