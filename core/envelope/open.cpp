// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>
#include <utility>

#include "core/envelope/envelope.hpp"
#include "core/envelope/header.hpp"
#include "core/envelope/header_mac.hpp"
#include "core/envelope/scrypt_stanza.hpp"
#include "core/envelope/stream.hpp"
#include "core/envelope/x25519_stanza.hpp"

namespace pillarbox::envelope {
namespace {

// Stanzas of other types are somebody else's business and are passed over, as the specification asks.
base::Result<crypto::SecretBytes> find_file_key(const Header& header, const std::vector<Identity>& identities) {
    for (const Stanza& stanza : header.stanzas) {
        if (!is_x25519_stanza(stanza)) {
            continue;
        }
        for (const Identity& identity : identities) {
            std::optional<crypto::SecretBytes> file_key = TRY(unwrap_file_key(stanza, identity));
            if (file_key.has_value()) {
                return *std::move(file_key);
            }
        }
    }
    return base::fail(base::ErrorCode::not_authentic, "envelope header", "None of the keys opens this envelope.",
                      "Use the key of the committee that the envelope was sealed for.");
}

}  // namespace

base::Result<crypto::SecretBytes> open(base::ByteView envelope, const std::vector<Identity>& identities,
                                       std::size_t plaintext_size_max) {
    const Header header = TRY(parse_header(envelope));
    TRY(check_scrypt_stands_alone(header));
    const crypto::SecretBytes file_key = TRY(find_file_key(header, identities));
    if (!crypto::equal_in_constant_time(header_mac(file_key, header.authenticated), header.mac)) {
        return base::fail(base::ErrorCode::not_authentic, "envelope header", "The envelope's header was altered.");
    }
    return open_payload(file_key, envelope.subspan(header.size_bytes), plaintext_size_max);
}

}  // namespace pillarbox::envelope
