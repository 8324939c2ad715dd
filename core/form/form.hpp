// SPDX-License-Identifier: GPL-3.0-or-later
//
// The form definition: what an XLSForm workbook says, checked and ready to be asked. Immutable once read; share it
// freely. Field names follow the XLSForm standard (survey, choices and settings sheets). Reading: workbook.hpp.
// Answering: instance.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pillarbox::form {

// A text in several languages, by BCP 47 code ("en", "ar", "bn"). The empty code holds a column without a language.
class LocalizedText {
  public:
    void set(std::string language, std::string text) { by_language_[std::move(language)] = std::move(text); }
    // The text in `language`, else in the fallback, else any; empty where there is none.
    [[nodiscard]] const std::string& in(std::string_view language, std::string_view fallback = "en") const;
    [[nodiscard]] bool empty() const { return by_language_.empty(); }
    [[nodiscard]] bool has(std::string_view language) const;
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return by_language_; }

  private:
    std::map<std::string, std::string, std::less<>> by_language_;
};

enum class NodeType {
    group,
    repeat,
    text,
    integer,
    decimal,
    date,
    time,
    date_time,
    select_one,
    select_multiple,
    rank,
    range,
    note,
    acknowledge,
    audio,
    image,
    calculate,
    hidden,
    start,
    end,
    today,
};

struct Choice {
    std::string name;
    LocalizedText label;
    std::map<std::string, LocalizedText, std::less<>> media;  // as a Node's
    std::map<std::string, std::string, std::less<>> columns;  // further columns of the row, for choice_filter
};

struct ChoiceList {
    std::string name;
    std::vector<Choice> choices;
};

class Expression;  // a parsed XPath expression, see expression.hpp
struct Plan;       // in which order to calculate, see plan.hpp

// A row of the survey sheet: a question, or a group or repeat with its children.
struct Node {
    NodeType type{};
    std::string name;
    std::string path;  // "/data/about_you/age_band": names from the root, without repeat positions
    LocalizedText label, hint, guidance_hint, required_message, constraint_message;
    std::map<std::string, LocalizedText, std::less<>> media;     // "image", "audio", "video" -> file name
    std::vector<std::string> appearance;                         // words of the appearance column
    std::map<std::string, std::string, std::less<>> parameters;  // of the parameters column: "start" -> "1"
    std::string list_name;                                       // of select and rank
    bool or_other = false;
    std::string default_value;
    std::shared_ptr<const Expression> relevant, required, read_only, constraint, calculation, choice_filter,
        repeat_count,
        dynamic_default;  // null where the column is empty
    std::vector<Node> children;
    std::uint32_t row = 0;    // in the survey sheet, as spreadsheets count, for messages
    std::uint32_t index = 0;  // its place in a walk over the form, parents before children

    [[nodiscard]] bool has_appearance(std::string_view word) const;
    [[nodiscard]] bool is_container() const { return type == NodeType::group || type == NodeType::repeat; }
};

// A sheet beside the standard ones (the demo's "campaign" sheet): rows of cells by column name.
using SheetRow = std::map<std::string, std::string, std::less<>>;

struct Form {
    std::string title, id, version, default_language, instance_name, style;
    std::vector<std::string> languages;  // codes in workbook order, the default first
    std::vector<Node> nodes;             // top level, in order
    std::map<std::string, ChoiceList, std::less<>> choice_lists;
    std::map<std::string, std::vector<SheetRow>, std::less<>> other_sheets;  // by sheet name in lower case
    std::shared_ptr<const Plan> plan;                                        // never null in a form that was read

    [[nodiscard]] const Node* find(std::string_view path) const;
    [[nodiscard]] const ChoiceList* choices_of(const Node& node) const;
};

}  // namespace pillarbox::form
