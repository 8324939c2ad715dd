// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/session.hpp"

#include "kiosk/flow/wipe_text.hpp"

namespace pillarbox::flow {

void Session::forget() {
    answers.reset();
    wipe_text(withdrawal_code);
    wipe_text(page);
    wipe_text(within);
    wipe_text(removing);
    wipe_text(refused_path);
    wipe_text(refused_choice);
    shows_problems.clear();
}

}  // namespace pillarbox::flow
