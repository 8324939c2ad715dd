// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "reference_form.hpp"

namespace pillarbox::tests {

// Where the form that was read means something else than the reference: one sentence each, empty where they agree.
[[nodiscard]] std::vector<std::string> differences(const form::Form& form, const ReferenceForm& reference);

}  // namespace pillarbox::tests
