// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names and labels of a form in words for people.
#pragma once

#include <string>
#include <string_view>

#include "core/form/form.hpp"

namespace pillarbox::exports {

// The answer with choice names turned into labels: "used_999 council" -> "I have used 999; I work for a council". A
// name that the list does not have, and every answer that is not a choice, stays as it is.
[[nodiscard]] std::string answer_in_words(const form::Form& form, const form::Node& node, std::string_view answer,
                                          std::string_view language);

// The question's label without Markdown heading marks and line breaks; its name where it has no label.
[[nodiscard]] std::string question_in_words(const form::Form& form, const form::Node& node,
                                            std::string_view language);

}  // namespace pillarbox::exports
