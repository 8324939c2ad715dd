// SPDX-License-Identifier: GPL-3.0-or-later
//
// What to do when the connection to the database is cut while something is written: nobody knows then whether it was
// kept. So the whole work is done once more, over a new connection. It starts by reading what is there, finds its own
// rows or finds none, and says so; nothing is guessed. Only work whose second run changes nothing may be given here.
#pragma once

#include "core/base/error.hpp"

namespace pillarbox::store {

template <typename Work>
[[nodiscard]] auto again_if_cut(const Work& work) {
    auto outcome = work();
    if (!outcome.has_value() && outcome.error().code == base::ErrorCode::network) {
        outcome = work();
    }
    return outcome;
}

}  // namespace pillarbox::store
