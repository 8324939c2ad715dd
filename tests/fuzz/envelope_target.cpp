// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "core/envelope/header.hpp"
#include "core/envelope/passphrase.hpp"
#include "targets.hpp"

namespace pillarbox::fuzz {
namespace {

constexpr std::size_t plaintext_size_bytes_max = std::size_t{1} << 20U;

std::vector<envelope::Identity> identity_from(base::Random& random) {
    std::vector<envelope::Identity> made;
    made.push_back(envelope::Identity::generate(random));
    return made;
}

// The secret key that tests/vectors/make_envelope.py seals for.
class VectorsSecret final : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
        const crypto::Digest secret = crypto::sha256(base::view_of("identity 1"));
        std::ranges::copy(std::span(secret).first(std::min(secret.size(), bytes.size())), bytes.begin());
    }
};

// Whoever is asked for a passphrase is asked for a file that one could open; with this one it opens nothing. The work
// is capped at a millisecond's.
void fuzz_passphrase(base::ByteView input) {
    constexpr unsigned log_n_max = 6;
    const auto asked = envelope::needs_passphrase(input, log_n_max);
    const auto opened =
        envelope::open_with_passphrase(input, base::view_of("nobody's"), plaintext_size_bytes_max, log_n_max);
    PILLARBOX_CHECK(!opened.has_value());
    const bool tried = opened.error().code == base::ErrorCode::not_authentic;
    PILLARBOX_CHECK(tried == (asked.has_value() && *asked));
}

}  // namespace

void fuzz_envelope(base::ByteView input) {
    const auto header = envelope::parse_header(input);
    if (header) {
        PILLARBOX_CHECK(header->size_bytes <= input.size() && !header->stanzas.empty());
    }
    fuzz_passphrase(input);
    // A fresh key for each process: no input can be sealed for it, so whatever opens is a forgery.
    static const std::vector<envelope::Identity> fresh = [] {
        crypto::SystemRandom random;
        return identity_from(random);
    }();
    PILLARBOX_CHECK(!envelope::open(input, fresh, plaintext_size_bytes_max));
    // The good seeds open with this one: so the fuzzer gets as far as the payload.
    static const std::vector<envelope::Identity> known = [] {
        VectorsSecret random;
        return identity_from(random);
    }();
    const auto opened = envelope::open(input, known, plaintext_size_bytes_max);
    PILLARBOX_CHECK(!opened || (header && opened->view().size() + header->size_bytes < input.size()));
}

}  // namespace pillarbox::fuzz
