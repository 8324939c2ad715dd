// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "core/envelope/envelope.hpp"
#include "core/envelope/header.hpp"
#include "core/envelope/header_mac.hpp"
#include "core/envelope/stream.hpp"
#include "core/envelope/x25519_stanza.hpp"

namespace pillarbox::envelope {

// Random bytes are drawn in this order: file key, one ephemeral key for each recipient, payload nonce.
base::Result<base::Bytes> seal(base::ByteView plaintext, const std::vector<Recipient>& recipients,
                               base::Random& random) {
    if (recipients.empty() || recipients.size() > recipients_max) {
        return base::fail(base::ErrorCode::limit_exceeded, "envelope recipients",
                          "An envelope has 1 to 20 recipients, not " + std::to_string(recipients.size()) + ".");
    }
    crypto::SecretBytes file_key(file_key_size_bytes);
    random.fill(file_key.bytes());
    std::string header(version_line);
    for (const Recipient& recipient : recipients) {
        header += TRY(wrap_file_key(file_key, recipient, random));
    }
    header += footer_start;
    header += format_footer_end(header_mac(file_key, header));

    base::Bytes envelope;
    envelope.reserve(header.size() + payload_size(plaintext.size()));
    envelope.assign(header.begin(), header.end());
    seal_payload(file_key, plaintext, random, envelope);
    return envelope;
}

}  // namespace pillarbox::envelope
