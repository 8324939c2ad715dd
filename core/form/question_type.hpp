// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the type column may say: XLSForm's types with the aliases that pyxform, the reference converter, knows.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/form/form.hpp"

namespace pillarbox::form {

// A loop is a group that is written once and stands for one group a choice. An external file asks nothing: it names a
// file of choices that expressions read.
enum class RowKind { question, begin, end, begin_loop, end_loop, external_file };

struct QuestionType {
    RowKind kind = RowKind::question;
    NodeType type{};
    std::string list_name = {};  // of select, rank and loop
    bool or_other = false;
    std::string file_name = {};        // of a select from a file: "cities.csv"
    std::string extension = {};        // of an external file: ".csv"
    std::string device_property = {};  // of that type
    bool from_external_choices = false;
};

// unsupported with the type's name; `where` is empty.
[[nodiscard]] base::Result<QuestionType> parse_question_type(std::string_view text);

[[nodiscard]] std::string_view name_of(NodeType type);  // as an author writes it: "select_one"

[[nodiscard]] bool is_select(NodeType type);    // with a list of choices: select_one, select_multiple, rank
[[nodiscard]] bool is_asked(NodeType type);     // a question that a person sees and can answer
[[nodiscard]] bool needs_label(NodeType type);  // is shown
[[nodiscard]] bool is_place(NodeType type);     // answered with places on the earth: geopoint, geotrace, geoshape

}  // namespace pillarbox::form
