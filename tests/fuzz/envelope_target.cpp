// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "core/envelope/header.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_envelope(base::ByteView input) {
    const auto header = envelope::parse_header(input);
    if (header) {
        PILLARBOX_CHECK(header->size_bytes <= input.size() && !header->stanzas.empty());
    }
    // A fresh key for each process: no input can be sealed for it, so whatever opens is a forgery.
    static const std::vector<envelope::Identity> identities = [] {
        crypto::SystemRandom random;
        std::vector<envelope::Identity> made;
        made.push_back(envelope::Identity::generate(random));
        return made;
    }();
    PILLARBOX_CHECK(!envelope::open(input, identities, std::size_t{1} << 20U));
}
