// SPDX-License-Identifier: GPL-3.0-or-later
//
// Submissions as JSON, nested by groups as in ODK Central's OData documents: {"value": [{"__id", "__system", field or
// group..., "meta": {"instanceID"}}]}. Numbers are JSON numbers, repeats arrays of objects with "__id", unanswered
// questions null, every other answer the exact text that was given. The group "contact" is left out (contacts.csv has
// it).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/data_file.hpp"

namespace pillarbox::exports {

// One submission as a line of JSON, without its end. Answers to questions that this form does not have (given under
// another pack) are kept in "__unknown": [{"path", "value"}].
class ResponseLine {
  public:
    explicit ResponseLine(const form::Form& form);  // which must outlive it
    [[nodiscard]] std::string of(const Record& record, const AnswerIndex& answers) const;

  private:
    const form::Form& form_;
    std::vector<const form::Node*> nodes_;
};

// responses.json.
[[nodiscard]] std::unique_ptr<DataFile> responses_json(const form::Form& form);

}  // namespace pillarbox::exports
