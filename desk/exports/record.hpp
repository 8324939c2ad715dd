// SPDX-License-Identifier: GPL-3.0-or-later
//
// One opened submission as the exports see it: the answers by path, and what is known beside them.
// Plaintext: desk only.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/submission/submission.hpp"

namespace pillarbox::exports {

// What is not told of a response in an anonymised export, where an empty text cannot say so.
struct Withheld {
    bool day = false;
    bool assisted = false;
};

struct Record {
    submission::Submission submission;
    std::string station;  // the name the store has for the kiosk it came from
    Withheld withheld = {};
};

// "uuid:1b4e28ba-...": ODK's instanceID, and the KEY column.
[[nodiscard]] std::string key_of(const Record& record);

// The answers of one submission, looked up by exact path (with repeat positions). The submission must outlive it.
class AnswerIndex {
  public:
    explicit AnswerIndex(const submission::Submission& submission);
    explicit AnswerIndex(submission::Submission&&) = delete;
    [[nodiscard]] const std::string& at(std::string_view path) const;  // empty where there is no answer

    // The prefixes ("/data/visit[1]", "/data/visit[3]") under which the repeat `repeat_path` holds answers, in form
    // order, for the instances inside `parent_prefix` only.
    [[nodiscard]] std::vector<std::string> instances_of(std::string_view repeat_path,
                                                        std::string_view parent_prefix) const;

  private:
    std::unordered_map<std::string_view, const std::string*> by_path_;
    const submission::Submission* submission_;
};

// "/data/visit[2]/place" -> "/data/visit/place": the Node::path of an answer.
[[nodiscard]] std::string without_positions(std::string_view path);

// "/data/visit/place" under the instance "/data/visit[2]" -> "/data/visit[2]/place". `prefix` is empty outside
// repeats.
[[nodiscard]] std::string path_in_instance(std::string_view node_path, std::string_view prefix);

}  // namespace pillarbox::exports
