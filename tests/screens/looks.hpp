// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shapes, themes and pages that a run goes through, by the names that tests/screens/run takes.
#pragma once

#include <string>
#include <vector>

#include "tests/screens/page_view.hpp"

namespace pillarbox::tests {

[[nodiscard]] const std::vector<PageLook>& shapes();
[[nodiscard]] PageLook shape_named(const std::string& name);
[[nodiscard]] semantics::Theme theme_named(const std::string& name);

[[nodiscard]] std::vector<std::string> split(const std::string& text);  // at its commas
// Of the environment.
[[nodiscard]] std::string setting(const char* name, const std::string& otherwise = {});

// The attract page of a campaign that offers every language there is.
[[nodiscard]] Stop in_every_language(const Stop& attract);

}  // namespace pillarbox::tests
