// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold of any page, whatever its language, size and shape: the audit, and that whoever types sees the line.
// Pure: a tree in, violations out.
#pragma once

#include <string>
#include <vector>

#include "accessibility/semantics/audit.hpp"

namespace pillarbox::tests {

struct Violation {
    std::string rule;  // "field hidden", or the audit's name of its check
    std::string key;   // of the node
    std::string detail;
};

struct CheckedPage {
    std::vector<Violation> violations;
    std::vector<semantics::Reading> readings;
};
[[nodiscard]] CheckedPage examine_page(const semantics::Tree& tree, const semantics::AuditSettings& settings = {});
[[nodiscard]] std::vector<Violation> check_page(const semantics::Tree& tree);

}  // namespace pillarbox::tests
