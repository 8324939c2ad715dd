// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether an answer is of its question's type: XForms lexical forms, and names of choices that are offered.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/form/instance.hpp"

namespace pillarbox::form {

// `answer` is not empty; `offered` are the choices that pass the choice_filter. Nothing where the answer is sound.
[[nodiscard]] std::optional<ProblemKind> check_type(const Node& node, std::string_view answer,
                                                    const std::vector<const Choice*>& offered);

}  // namespace pillarbox::form
