// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is counted: each variable puts each response into exactly one of its categories, so that its counts add up to
// the total. A question where several choices can be ticked makes a variable of each choice (ticked, not ticked), an
// answer in own words one of whether there is one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/form/form.hpp"

namespace pillarbox::report {

inline constexpr std::string_view no_answer = "(none)";
// What responses are broken down by: variables of these ids, where the form has them.
inline constexpr std::array<std::string_view, 5> breakdown_ids = {"respondent", "borough", "station", "assisted",
                                                                  "language"};

struct Category {
    std::string name;        // of the choice, or "(none)"
    std::string label;       // for people
    std::int64_t count = 0;  // of responses
};

enum class VariableKind { one_of, ticked, written };
enum class Section { question, equality, consent, trait };

struct Variable {
    std::string id;        // "q1_rating", "link/used_999", "station"
    std::string label;     // of the question, or the choice
    std::string question;  // name of the question; of `ticked` several variables share it
    std::string question_label;
    VariableKind kind = VariableKind::one_of;
    Section section = Section::question;
    std::vector<Category> categories;

    [[nodiscard]] std::string id_of(std::size_t category) const { return id + "/" + categories[category].name; }
};

// A variable with the categories that the form gives it, and the path of the answers that it goes by.
struct AskedVariable {
    Variable variable;
    std::string path;  // empty for a trait
};
// Questions outside repeats, in form order: closed ones and evidence texts. Then the traits that responses are broken
// down by: station, language, assisted. Names, contact details and what the form computes are never counted.
[[nodiscard]] std::vector<AskedVariable> variables_of(const form::Form& form);

// The label of a trait's category: "Bengali" for "bn".
[[nodiscard]] std::string trait_in_words(std::string_view trait, const std::string& name);

}  // namespace pillarbox::report
