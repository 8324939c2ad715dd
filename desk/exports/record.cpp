// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/record.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace pillarbox::exports {

std::string key_of(const Record& record) {
    return "uuid:" + submission::format_uuid(record.submission.uuid);
}

AnswerIndex::AnswerIndex(const submission::Submission& submission) : submission_(&submission) {
    by_path_.reserve(submission.answers.size());
    for (const form::Answer& answer : submission.answers) {
        by_path_[answer.path] = &answer.value;
    }
}

const std::string& AnswerIndex::at(std::string_view path) const {
    static const std::string none;
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? none : *found->second;
}

std::vector<std::string> AnswerIndex::instances_of(std::string_view repeat_path,
                                                   std::string_view parent_prefix) const {
    const std::string wanted = path_in_instance(repeat_path, parent_prefix) + "[";
    std::vector<std::string> prefixes;
    for (const form::Answer& answer : submission_->answers) {
        const std::string& path = answer.path;
        if (!path.starts_with(wanted)) {
            continue;
        }
        const std::size_t close = path.find(']', wanted.size());
        if (close == std::string::npos) {
            continue;
        }
        std::string prefix = path.substr(0, close + 1);
        if (std::ranges::find(prefixes, prefix) == prefixes.end()) {
            prefixes.push_back(std::move(prefix));
        }
    }
    return prefixes;
}

std::string without_positions(std::string_view path) {
    std::string plain;
    bool inside = false;
    for (const char letter : path) {
        if (letter == '[') {
            inside = true;
        } else if (letter == ']') {
            inside = false;
        } else if (!inside) {
            plain += letter;
        }
    }
    return plain;
}

std::string path_in_instance(std::string_view node_path, std::string_view prefix) {
    const std::size_t above = without_positions(prefix).size();
    PILLARBOX_CHECK(above <= node_path.size());
    return std::string(prefix) + std::string(node_path.substr(above));
}

}  // namespace pillarbox::exports
