// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/form/instance.hpp"
#include "core/form/instance_state.hpp"

namespace pillarbox::form {

// What the form's entities come to with the answers as they are: as Instance::entities.
[[nodiscard]] std::vector<EntityChange> entity_changes(const InstanceState& state);

}  // namespace pillarbox::form
