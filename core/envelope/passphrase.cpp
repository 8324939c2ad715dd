// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/passphrase.hpp"

#include <string>

#include "core/envelope/header.hpp"
#include "core/envelope/header_mac.hpp"
#include "core/envelope/scrypt_stanza.hpp"
#include "core/envelope/stream.hpp"
#include "core/envelope/x25519_stanza.hpp"

namespace pillarbox::envelope {

// Random bytes are drawn in this order: file key, salt, payload nonce.
base::Result<base::Bytes> seal_with_passphrase(base::ByteView plaintext, base::ByteView passphrase,
                                               base::Random& random, unsigned log_n) {
    crypto::SecretBytes file_key(file_key_size_bytes);
    random.fill(file_key.bytes());
    std::string header(version_line);
    header += TRY(wrap_file_key_by_passphrase(file_key, passphrase, log_n, random));
    header += footer_start;
    header += format_footer_end(header_mac(file_key, header));
    base::Bytes sealed(header.begin(), header.end());
    seal_payload(file_key, plaintext, random, sealed);
    return sealed;
}

base::Result<bool> needs_passphrase(base::ByteView bytes, unsigned log_n_max) {
    if (!base::text_of(bytes).starts_with(version_line)) {
        return false;
    }
    const Header header = TRY(parse_header(bytes));
    TRY(check_scrypt_stands_alone(header));
    if (!is_scrypt_stanza(header.stanzas.front())) {
        return false;
    }
    TRY(check_scrypt_stanza(header.stanzas.front(), log_n_max));
    return true;
}

base::Result<crypto::SecretBytes> open_with_passphrase(base::ByteView bytes, base::ByteView passphrase,
                                                       std::size_t plaintext_size_max, unsigned log_n_max) {
    const Header header = TRY(parse_header(bytes));
    TRY(check_scrypt_stands_alone(header));
    if (!is_scrypt_stanza(header.stanzas.front())) {
        return base::fail(base::ErrorCode::malformed, "envelope header", "No passphrase opens this file.",
                          "It is sealed to keys: name the key file.");
    }
    const crypto::SecretBytes file_key =
        TRY(unwrap_file_key_by_passphrase(header.stanzas.front(), passphrase, log_n_max));
    if (!crypto::equal_in_constant_time(header_mac(file_key, header.authenticated), header.mac)) {
        return base::fail(base::ErrorCode::not_authentic, "envelope header", "The file's header was altered.");
    }
    return open_payload(file_key, bytes.subspan(header.size_bytes), plaintext_size_max);
}

}  // namespace pillarbox::envelope
