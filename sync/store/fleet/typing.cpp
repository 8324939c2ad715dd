// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/typing.hpp"

#include "core/crypto/typing.hpp"

namespace pillarbox::fleet {

base::Result<crypto::SecretBytes> type_new_passphrase() {
    const auto terminal = TRY(crypto::Terminal::open("Run this command at a terminal."));
    auto first = TRY(terminal.ask("Passphrase of 12 or more letters (not shown): "));
    const auto second = TRY(terminal.ask("The same again: "));
    if (base::text_of(first.view()) != base::text_of(second.view())) {
        return base::fail(base::ErrorCode::usage, "passphrase", "The two are not the same.", "Try again.");
    }
    return first;
}

}  // namespace pillarbox::fleet
