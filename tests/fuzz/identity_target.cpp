// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/envelope/envelope.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_identity(base::ByteView input) {
    const auto recipient = envelope::parse_recipient(base::text_of(input));
    if (recipient) {
        const auto again = envelope::parse_recipient(envelope::format_recipient(*recipient));
        PILLARBOX_CHECK(again && *again == *recipient);
    }
    const auto identities = envelope::parse_identity_file(input);
    if (identities) {
        PILLARBOX_CHECK(!identities->empty());
    }
}
