// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts responses as they pass, each once: how many are in each category of each variable, and of the questions'
// variables how many are in each category and each one of a breakdown. Of a response nothing is kept, so that what a
// report needs does not grow with them; but of those that officers have tagged it notes which texts they wrote.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"
#include "desk/report/variables.hpp"

namespace pillarbox::report {

// Of responses by uuid: the ids of the variables of kind `written` that they are in.
using WrittenBy = std::map<submission::Uuid, std::set<std::string>>;

class Counted {
  public:
    std::int64_t responses = 0;
    std::vector<Variable> variables;
    std::vector<std::size_t> breakdowns;  // of `variables`, in the order of breakdown_ids
    WrittenBy tagged;                     // of the tagged responses those that were counted

    // Of a variable of a question, and one of the breakdowns.
    [[nodiscard]] std::int64_t both(std::size_t variable, std::size_t category, std::size_t breakdown,
                                    std::size_t breakdown_category) const;

  private:
    friend class Tally;
    std::vector<std::vector<std::size_t>> slots_;     // of each variable's categories
    std::vector<std::vector<std::int64_t>> crossed_;  // by the slot of a breakdown's category, then by slot
};

class Tally {
  public:
    // `tagged`: the responses of which more is noted.
    Tally(const form::Form& form, std::set<submission::Uuid> tagged);

    void add(const exports::Record& record);
    // Once, after the last.
    [[nodiscard]] Counted finish();

  private:
    // A variable while it is counted. Each of its categories has a slot, the number under which it is counted, in the
    // order in which they were met: what the form does not list turns up with the answers.
    struct Counting {
        Variable variable;
        std::string path;
        std::vector<std::size_t> slots = {};                      // of variable.categories
        std::unordered_map<std::string, std::size_t> place = {};  // among them, by name
        std::size_t listed = 0;                                   // how many the form lists
        std::size_t otherwise = 0;                                // slot of who gave no answer, or did not tick
        std::size_t now = 0;                                      // slot of the response that is being counted
    };

    std::size_t new_slot();
    void take_answer(Counting& counting, const std::string& value);
    void take_category(Counting& counting, const std::string& name);
    void finish_one(Counting& counting);

    std::set<submission::Uuid> watched_;
    std::vector<Counting> all_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_path_;  // places in all_
    std::vector<std::size_t> questions_, breakdowns_;                    // the same
    std::vector<std::int64_t> counts_;                                   // by slot
    Counted counted_;
};

}  // namespace pillarbox::report
