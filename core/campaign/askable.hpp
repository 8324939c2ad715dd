// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk can ask. core/form reads more of XLSForm than a kiosk has screens, sensors or rights for: whatever of
// that a form wants is refused by name, here and so in one place, when an officer checks a workbook and when a kiosk
// loads its campaign. Nothing that a form says is dropped silently.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/form/form.hpp"

namespace pillarbox::campaign {

// One `unsupported` for each row, sheet or setting that a kiosk can't put to work; empty where it can ask all of it.
// `where` names the file in messages, and may be empty.
[[nodiscard]] std::vector<base::Error> unaskable(const form::Form& form, std::string_view where);

}  // namespace pillarbox::campaign
