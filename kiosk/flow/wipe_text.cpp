// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/wipe_text.hpp"

#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::flow {

void wipe_text(std::string& text) {
    // The whole capacity: an earlier, longer text may still stand behind the present one.
    text.resize(text.capacity());
    crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    text.clear();
}

}  // namespace pillarbox::flow
