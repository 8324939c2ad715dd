// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happens when a person changes an answer that others are triggered by.
// https://getodk.github.io/xforms-spec/#event:xforms-value-changed
#pragma once

#include "core/form/instance_state.hpp"

namespace pillarbox::form {

// Sets the answers that name the changed element's question as a trigger, in form order, and those that they trigger
// in turn; each question at most once, so that questions that trigger each other come to rest. In a repeat it is the
// answer of the same repetition; from outside, that of every repetition.
void fire_triggers(InstanceState& state, ElementId changed);

}  // namespace pillarbox::form
