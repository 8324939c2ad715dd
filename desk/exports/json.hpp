// SPDX-License-Identifier: GPL-3.0-or-later
//
// Submissions as JSON, nested by groups as in ODK Central's OData documents: {"value": [{"__id", "__system", field or
// group..., "meta": {"instanceID"}}]}. Numbers are JSON numbers, repeats arrays of objects with "__id", unanswered
// questions null, every other answer the exact text that was given. The group "contact" is left out (contacts.csv has
// it).
#pragma once

#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::exports {

// Answers to questions that this form does not have (given under another pack) are kept in "__unknown": [{"path",
// "value"}].
[[nodiscard]] std::string responses_json(const form::Form& form, const std::vector<Record>& records);

}  // namespace pillarbox::exports
