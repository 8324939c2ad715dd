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
    geopoint,
    geotrace,
    geoshape,
    barcode,
    video,
    file,
    // What a phone fills in by itself. Nothing here fills them in: they are read, so that they can be refused by name
    // where a form is put to work.
    start_geopoint,
    background_geopoint,
    background_audio,
    device_property,  // Node::device_property says which
    audit,
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

// Choices that come in a file beside the workbook: the columns (CSV), elements (XML) or properties (GeoJSON) of it
// that hold a choice's name and label. What the file holds is not part of the form.
struct ChoiceFile {
    std::string name;  // "cities.csv"
    std::string value_column, label_column;
};

// A row of the survey sheet: a question, or a group or repeat with its children.
struct Node {
    NodeType type{};
    std::string name;
    std::string path;  // "/data/about_you/age_band": names from the root, without repeat positions
    LocalizedText label, hint, guidance_hint, required_message, constraint_message;
    std::map<std::string, LocalizedText, std::less<>> media;     // "image", "audio", "video" -> file name
    std::vector<std::string> appearance;                         // words of the appearance column
    std::map<std::string, std::string, std::less<>> parameters;  // of the parameters column: "start" -> "1"
    std::map<std::string, std::string, std::less<>> attributes;  // "body::accept", "instance::x": kept, not acted on
    std::string list_name;                                       // of select and rank
    bool from_external_choices = false;                          // the list is of the sheet external_choices
    std::optional<ChoiceFile> choice_file;                       // of select, instead of the list
    bool or_other = false;
    std::string save_to;          // "property" or "list#property": the entity's property that gets the answer
    std::string device_property;  // "deviceid", "username", "uri:email"...
    std::string default_value;
    std::shared_ptr<const Expression> relevant, required, read_only, constraint, calculation, choice_filter,
        repeat_count, dynamic_default,
        seed;  // of choices in random order; null where the column is empty
    // Paths of the questions that set this answer whenever theirs is changed by a person, and to what: to nothing
    // where triggered_value is null.
    std::vector<std::string> triggers;
    std::shared_ptr<const Expression> triggered_value;
    std::vector<Node> children;
    std::uint32_t row = 0;    // in the survey sheet, as spreadsheets count, for messages
    std::uint32_t index = 0;  // its place in a walk over the form, parents before children

    [[nodiscard]] bool has_appearance(std::string_view word) const;
    [[nodiscard]] bool is_container() const { return type == NodeType::group || type == NodeType::repeat; }
    // A question that says nothing and gets its answer from the form: computed, and never shown.
    [[nodiscard]] bool is_silent() const;
};

struct EntityProperty {
    std::string name;
    std::string path;  // of the question whose answer it gets
};

// A row of the entities sheet: what a submission tells a server to remember in a list, for other forms to read.
struct Entity {
    std::string list_name;
    std::string
        path;  // of the group, repeat or root element that it belongs to; in a repeat there is one a repetition
    std::shared_ptr<const Expression> label, entity_id, create_if, update_if;  // null where the cell is empty
    std::vector<EntityProperty> properties;
    std::uint32_t row = 0;  // in the entities sheet

    // Without an entity_id it creates; with one it updates, and where it has a create_if too it does either.
    [[nodiscard]] bool creates() const { return entity_id == nullptr || create_if != nullptr; }
    [[nodiscard]] bool updates() const { return entity_id != nullptr; }
};

// Files of choices that lie beside the workbook, by the name that expressions call them: "cities" -> "cities.csv".
using ExternalFiles = std::map<std::string, std::string, std::less<>>;

// A sheet beside the standard ones (the demo's "campaign" sheet): rows of cells by column name.
using SheetRow = std::map<std::string, std::string, std::less<>>;

struct Form {
    std::string title, id, version, default_language, instance_name, style;
    std::vector<std::string> languages;  // codes in workbook order, the default first
    std::vector<Node> nodes;             // top level, in order
    std::vector<Entity> entities;        // in the order of their sheet
    std::optional<Node> audit;           // the row that asks for a log of the person's steps
    std::map<std::string, ChoiceList, std::less<>> choice_lists;
    ExternalFiles external_files;
    // Of paths inside texts, by text_path_key.
    std::map<std::string, std::shared_ptr<const Expression>, std::less<>> text_paths;
    std::map<std::string, std::string, std::less<>> further_settings;        // kept and not acted on, by name
    std::map<std::string, std::vector<SheetRow>, std::less<>> other_sheets;  // by sheet name in lower case
    std::shared_ptr<const Plan> plan;                                        // never null in a form that was read

    [[nodiscard]] const Node* find(std::string_view path) const;
    [[nodiscard]] const ChoiceList* choices_of(const Node& node) const;
};

}  // namespace pillarbox::form
