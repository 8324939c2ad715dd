// SPDX-License-Identifier: GPL-3.0-or-later
//
// The workspace's tables. Internal to desk/workspace.
#pragma once

#include "core/sqlite/schema.hpp"

namespace pillarbox::workspace {

[[nodiscard]] const sqlite::Schema& schema();

}  // namespace pillarbox::workspace
