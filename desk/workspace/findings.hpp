// SPDX-License-Identifier: GPL-3.0-or-later
//
// Passages that an officer should look at before a text goes anywhere: hints, never decisions. Nothing is hidden,
// changed or kept back because of one. The words are English; names, phones and e-mails are found in any language
// that writes them as English does. What is found here is not all there is: every text is read before it is quoted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/form/form.hpp"
#include "core/submission/submission.hpp"
#include "desk/workspace/events.hpp"

namespace pillarbox::workspace {

enum class FindingKind {
    person,  // "Dr Example", or the respondent's own name
    phone,   // nine digits or more
    email,
    allegation,    // words that accuse somebody
    court,         // words of proceedings that may be running: the committee must not prejudice them
    safeguarding,  // somebody may be in danger: see at once
};
[[nodiscard]] std::string_view name_of(FindingKind kind);
[[nodiscard]] base::Result<FindingKind> parse_finding_kind(std::string_view name);

struct Finding {
    FindingKind kind{};
    std::size_t start = 0, size = 0;  // bytes of the text
};
// `own_names`: words that name the respondent, may be empty.
[[nodiscard]] std::vector<Finding> findings_in(std::string_view text, const std::vector<std::string>& own_names = {});

struct FindingInAnswer {
    std::string path;
    Finding finding;
};
// Of all texts but the contact details.
[[nodiscard]] std::vector<FindingInAnswer> findings_of(const form::Form& form,
                                                       const submission::Submission& submission);
[[nodiscard]] std::vector<FindingKind> kinds_in(const form::Form& form, const submission::Submission& submission);

// Takes the response out of the queue of this kind (Filter::finding in responses.hpp).
[[nodiscard]] base::Result<void> mark_reviewed(Workspace& workspace, const Editor& editor, ResponseId response,
                                               FindingKind kind);

}  // namespace pillarbox::workspace
