// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recipients, identities and age key files.
#include <algorithm>
#include <string>
#include <utility>

#include "core/crypto/x25519.hpp"
#include "core/envelope/bech32.hpp"
#include "core/envelope/envelope.hpp"
#include "core/envelope/lines.hpp"

namespace pillarbox::envelope {
namespace {

constexpr std::string_view recipient_prefix = "age";
constexpr std::string_view identity_prefix = "age-secret-key-";
constexpr std::size_t identities_max = 100;

}  // namespace

base::Result<Recipient> parse_recipient(std::string_view text) {
    if (std::ranges::any_of(text, [](char letter) { return letter >= 'A' && letter <= 'Z'; })) {
        return base::fail(base::ErrorCode::malformed, "key text", "A recipient is written in small letters.",
                          "Copy the whole key again.");
    }
    const crypto::SecretBytes key = TRY(decode_bech32(recipient_prefix, text));
    Recipient recipient;
    std::ranges::copy(key.view(), recipient.bytes.begin());
    return recipient;
}

std::string format_recipient(const Recipient& recipient) {
    return std::string(base::text_of(encode_bech32(recipient_prefix, recipient.bytes).view()));
}

bool is_usable(const Recipient& recipient) {
    const crypto::SecretBytes any_secret(
        32);  // a point of low order gives zeros with every secret, also with this one
    return crypto::x25519_shared_secret(any_secret, recipient.bytes).has_value();
}

Identity::Identity(crypto::SecretBytes secret, Recipient recipient)
    : secret_(std::move(secret)), recipient_(recipient) {}

Identity Identity::generate(base::Random& random) {
    crypto::SecretBytes secret(32);
    random.fill(secret.bytes());
    const Recipient recipient{crypto::x25519_public_key(secret)};
    return {std::move(secret), recipient};
}

base::Result<Identity> Identity::parse(std::string_view text) {
    if (std::ranges::any_of(text, [](char letter) { return letter >= 'a' && letter <= 'z'; })) {
        return base::fail(base::ErrorCode::malformed, "key text", "A secret key is written in capital letters.",
                          "Copy the whole key again.");
    }
    crypto::SecretBytes secret = TRY(decode_bech32(identity_prefix, text));
    const Recipient recipient{crypto::x25519_public_key(secret)};
    return Identity(std::move(secret), recipient);
}

crypto::SecretBytes Identity::format() const {
    crypto::SecretBytes text = encode_bech32(identity_prefix, secret_.view().first<32>());
    for (std::uint8_t& letter : text.bytes()) {
        if (letter >= 'a' && letter <= 'z') {
            letter = static_cast<std::uint8_t>(letter - 'a' + 'A');
        }
    }
    return text;
}

base::Result<std::vector<Identity>> parse_identity_file(base::ByteView text) {
    std::vector<Identity> identities;
    std::string_view rest = base::text_of(text);
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::string_view line = next_line(rest);
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const std::string where = "key file, line " + std::to_string(number);
        if (identities.size() == identities_max) {
            return base::fail(base::ErrorCode::limit_exceeded, where, "The key file has more than 100 keys.");
        }
        auto identity = Identity::parse(line);
        if (!identity.has_value()) {
            return base::fail(identity.error().code, where, identity.error().what, identity.error().remedy);
        }
        identities.push_back(*std::move(identity));
    }
    if (identities.empty()) {
        return base::fail(base::ErrorCode::malformed, "key file", "The key file has no secret key.",
                          "Name the file that `pillarbox key new` or age-keygen wrote.");
    }
    return identities;
}

}  // namespace pillarbox::envelope
