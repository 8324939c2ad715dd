// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a response says, by question. Internal to desk/workspace.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/form/form.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::workspace {

// The answer to the first question of this name, wherever its group; empty where there is none.
[[nodiscard]] std::string_view answer_named(const submission::Submission& submission, std::string_view name);

// Answers in words, which are searched and quoted: questions of type text, but for the contact details, which the
// notice on the kiosk promises to keep apart.
void for_each_text(const form::Form& form, const submission::Submission& submission,
                   const std::function<void(const form::Node&, const form::Answer&)>& use);

// Answers chosen from a list, one call for each choice.
void for_each_choice(const form::Form& form, const submission::Submission& submission,
                     const std::function<void(const form::Node&, std::string_view)>& use);

// Whether the path lies in the group of contact details.
[[nodiscard]] bool is_contact(std::string_view path);

}  // namespace pillarbox::workspace
