// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/answers.hpp"

#include <algorithm>

#include "desk/exports/record.hpp"
#include "desk/exports/tables.hpp"

namespace pillarbox::workspace {

std::string_view answer_named(const submission::Submission& submission, std::string_view name) {
    for (const form::Answer& answer : submission.answers) {
        const std::string_view path = answer.path;
        if (path.substr(path.rfind('/') + 1) == name) {
            return answer.value;
        }
    }
    return {};
}

bool is_contact(std::string_view path) {
    const std::size_t second = path.find('/', 1);
    return second != std::string_view::npos && path.substr(second + 1).starts_with(exports::contact_group_name) &&
           path.substr(second + 1 + exports::contact_group_name.size()).starts_with('/');
}

void for_each_text(const form::Form& form, const submission::Submission& submission,
                   const std::function<void(const form::Node&, const form::Answer&)>& use) {
    for (const form::Answer& answer : submission.answers) {
        const form::Node* node = form.find(exports::without_positions(answer.path));
        if (node != nullptr && node->type == form::NodeType::text && !is_contact(answer.path)) {
            use(*node, answer);
        }
    }
}

void for_each_choice(const form::Form& form, const submission::Submission& submission,
                     const std::function<void(const form::Node&, std::string_view)>& use) {
    using form::NodeType;
    for (const form::Answer& answer : submission.answers) {
        const form::Node* node = form.find(exports::without_positions(answer.path));
        if (node == nullptr) {
            continue;
        }
        if (node->type == NodeType::select_one || node->type == NodeType::range) {
            use(*node, answer.value);
        } else if (node->type == NodeType::select_multiple || node->type == NodeType::rank) {
            const std::string_view names = answer.value;
            for (std::size_t start = 0; start < names.size();) {
                const std::size_t end = std::min(names.find(' ', start), names.size());
                if (end > start) {
                    use(*node, names.substr(start, end - start));
                }
                start = end + 1;
            }
        }
    }
}

}  // namespace pillarbox::workspace
