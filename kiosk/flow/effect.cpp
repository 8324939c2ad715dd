// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/effect.hpp"

#include "kiosk/flow/wipe_text.hpp"

namespace pillarbox::flow {

SealAndKeep::~SealAndKeep() {
    for (auto& answer : submission.answers)
        wipe_text(answer.value);
}

}  // namespace pillarbox::flow
