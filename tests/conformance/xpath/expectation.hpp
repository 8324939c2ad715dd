// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the result of a case is read, by its kind, and whether it is what the case expects.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/form/value.hpp"

namespace pillarbox::tests {

// The difference in words ("got 2, and should be 3"), or nothing where they agree. Kinds: boolean, number, string,
// nodes (in order), unodes (in any order), rounded (to `factor`), match (a regular expression), string-length.
[[nodiscard]] std::optional<std::string> difference(const nlohmann::json& test, const form::Value& value,
                                                    const form::Conversion& conversion);

}  // namespace pillarbox::tests
