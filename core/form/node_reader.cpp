// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/node_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/form/lexer.hpp"
#include "core/form/localized_cells.hpp"
#include "core/form/names.hpp"
#include "core/form/parameters.hpp"
#include "core/form/survey_columns.hpp"
#include "core/form/text_parts.hpp"
#include "core/form/triggers.hpp"
#include "core/form/value.hpp"

namespace pillarbox::form {
namespace {

// A default is an expression where it refers to something or calls a function; else it is the answer itself, so that
// "2023-01-20" is no subtraction and "a - b" no path.
bool is_dynamic(std::string_view text) {
    const auto tokens = split_expression(text);
    if (!tokens) {
        return text.find("${") != std::string_view::npos;
    }
    for (std::size_t index = 0; index < tokens->size(); ++index) {
        const Token& token = (*tokens)[index];
        const bool call = token.kind == TokenKind::name && (*tokens)[index + 1].kind == TokenKind::symbol &&
                          (*tokens)[index + 1].text == "(";
        if (call || token.kind == TokenKind::reference) {
            return true;
        }
    }
    return false;
}

class NodeReader {
  public:
    NodeReader(const Table& table, const Row& row, const Settings& settings, Survey& survey, Problems& problems)
        : table_(table), row_(row), settings_(settings), survey_(survey), problems_(problems) {}

    Node run(const QuestionType& type, const std::string& parent_path) {
        node_.type = type.type;
        node_.row = row_.number;
        node_.list_name = type.from_external_choices ? external_list_name(type.list_name) : type.list_name;
        node_.from_external_choices = type.from_external_choices;
        node_.or_other = type.or_other;
        node_.device_property = type.device_property;
        read_name(parent_path);
        read_texts();
        node_.media = media_of(table_, row_, settings_.default_language);
        node_.appearance = words_of(text("appearance"));
        node_.save_to = text("save_to");
        read_attributes();
        read_choice_file(type.file_name);
        if (!node_.is_container()) {
            node_.triggers = read_triggers(text("trigger"), place("trigger"), problems_);
        }
        read_expressions();
        read_default();
        check();
        return std::move(node_);
    }

  private:
    [[nodiscard]] std::string_view text(std::string_view column) const { return table_.text(row_, column); }
    [[nodiscard]] Place place(std::string_view column) const {
        return {table_.sheet, row_.number, table_.header_of(column)};
    }

    void read_name(const std::string& parent_path) {
        node_.name = text("name");
        if (node_.name.empty() && node_.type == NodeType::note) {
            node_.name = fmt::format("generated_note_name_{}", row_.number);  // as pyxform names them
        }
        if (node_.type == NodeType::audit) {
            node_.name = node_.name.empty() ? "audit" : node_.name;
        }
        node_.path = parent_path + "/" + node_.name;
        if (node_.name.empty()) {
            problems_.malformed(place("name"), "The row has no name.", "Give it one.");
        } else if (node_.name == "meta") {
            problems_.malformed(place("name"), "The name \"meta\" is reserved for the form's metadata.",
                                "Choose another name.");
        } else if (!is_question_name(node_.name)) {
            problems_.malformed(place("name"), fmt::format("\"{}\" is not a valid name.", node_.name),
                                std::string(name_remedy));
        }
    }

    void read_texts() {
        struct Target {
            std::string_view column;
            LocalizedText& text;
        };
        const std::array<Target, 5> targets = {{{"label", node_.label},
                                                {"hint", node_.hint},
                                                {"guidance_hint", node_.guidance_hint},
                                                {"required_message", node_.required_message},
                                                {"constraint_message", node_.constraint_message}}};
        for (const Target& target : targets) {
            target.text = localized_text(table_, row_, target.column, settings_.default_language);
            check_translations(target.text, settings_.languages, place(target.column), problems_);
            read_paths(target.text, target.column);
            if (!target.text.empty()) {
                survey_.texts.push_back({target.text, row_.number, std::string(table_.header_of(target.column))});
            }
        }
    }

    void read_paths(const LocalizedText& text, std::string_view column) {
        for (const auto& [language, words] : text.all()) {
            for (const TextPart& part : parts_of_text(words)) {
                if (part.kind == TextPart::Kind::path) {
                    std::shared_ptr<const Expression>& target =
                        survey_.text_paths[text_path_key(node_.path, part.text)];
                    attach(target, ExpressionUse::text, part.text, node_, table_.header_of(column), survey_,
                           table_.sheet, problems_);
                }
            }
        }
    }

    // Columns that say something to clients of other kinds. They stand for themselves: nothing here acts on them.
    void read_attributes() {
        for (const Column& column : table_.columns) {
            const std::string_view cell = cell_text(row_, column.number);
            if (column.name.starts_with("body::") && !cell.empty()) {
                node_.attributes.emplace(column.name, cell);
            }
        }
        for (const Column& column : table_.unknown) {
            const std::string_view cell = cell_text(row_, column.number);
            if (is_instance_attribute(column) && !cell.empty()) {
                node_.attributes.emplace(column.header, cell);
            }
        }
    }

    // The parameters say how the file names its columns; where they don't, its kind does.
    void read_choice_file(const std::string& file_name) {
        const bool geographic = file_name.ends_with(".geojson");
        if (!file_name.empty()) {
            node_.choice_file = ChoiceFile{file_name, geographic ? "id" : "name", geographic ? "title" : "label"};
        }
        read_parameters(text("parameters"), place("parameters"), node_, problems_);
        for (auto& [name, value] : node_.parameters) {
            if (node_.choice_file && name == "value") {
                node_.choice_file->value_column = value;
            } else if (node_.choice_file && name == "label") {
                node_.choice_file->label_column = value;
            }
        }
    }

    void read_expressions() {
        if (const auto seed = node_.parameters.find("seed"); seed != node_.parameters.end()) {
            attach(node_.seed, ExpressionUse::seed, seed->second, node_, table_.header_of("parameters"), survey_,
                   table_.sheet, problems_);
        }
        read_expression(node_.relevant, ExpressionUse::relevant);
        read_expression(node_.required, ExpressionUse::required);
        read_expression(node_.read_only, ExpressionUse::read_only);
        read_expression(node_.constraint, ExpressionUse::constraint);
        if (node_.triggers.empty()) {
            read_expression(node_.calculation, ExpressionUse::calculation);
        } else {
            read_expression(node_.triggered_value, ExpressionUse::triggered_value);
        }
        read_expression(node_.choice_filter, ExpressionUse::choice_filter);
        read_expression(node_.repeat_count, ExpressionUse::repeat_count);
    }

    // XLSForm's "yes" and "no" stand for true() and false() wherever a truth is asked for.
    void read_expression(std::shared_ptr<const Expression>& target, ExpressionUse use) {
        std::string_view written = text(column_of(use));
        const bool truth = use != ExpressionUse::calculation && use != ExpressionUse::repeat_count &&
                           use != ExpressionUse::triggered_value;
        // Where nothing is the same as no. A relevant, constraint or choice_filter of no leaves nothing instead.
        const bool off = use == ExpressionUse::required || use == ExpressionUse::read_only;
        if (written.empty() || (off && is_no(written))) {
            return;
        }
        written = truth && is_yes(written) ? "true()" : truth && is_no(written) ? "false()" : written;
        attach(target, use, written, node_, table_.header_of(column_of(use)), survey_, table_.sheet, problems_);
    }

    void read_default() {
        const std::string_view written = text("default");
        if (!written.empty() && is_dynamic(written)) {
            attach(node_.dynamic_default, ExpressionUse::dynamic_default, written, node_, table_.header_of("default"),
                   survey_, table_.sheet, problems_);
        } else {
            node_.default_value = written;
        }
    }

    void check() {
        check_use("choice_filter",
                  is_select(node_.type) || (is_place(node_.type) && node_.parameters.contains("reference-geometry")));
        check_use("repeat_count", node_.type == NodeType::repeat);
        check_use("calculation", !node_.is_container());
        check_use("constraint", !node_.is_container());
        check_use("default", !node_.is_container());
        check_use("body::accept", node_.type == NodeType::file);
        const bool said = !node_.label.empty() || !node_.hint.empty() || !node_.media.empty() || node_.is_silent();
        if (needs_label(node_.type) && !said) {
            problems_.malformed(place("label"), "The question has no label.", "Give it one.");
        }
        const bool calculated = !text("calculation").empty() || node_.dynamic_default != nullptr;
        if (node_.type == NodeType::calculate && !calculated) {
            problems_.malformed(place("calculation"), "The calculate row has no calculation.", "Give it one.");
        }
        check_device_types();
        check_use("save_to", !node_.is_container());
        if (node_.media.contains("big-image") && !node_.media.contains("image")) {
            problems_.malformed(place("media::big-image"), "There is a big-image, but no image.",
                                "Name the image too.");
        }
        for (const std::string& word : node_.appearance) {
            if (word == "table-list") {
                // It stands for generated notes and appearances, that would have to be generated here too.
                problems_.unsupported(place("appearance"), "table-list is not supported.",
                                      "Use field-list, with list-nolabel on the questions.");
            }
            if (word.starts_with("search(")) {
                problems_.unsupported(place("appearance"), "search() is not supported.",
                                      "List the choices in the choices sheet.");
            }
        }
    }

    void check_device_types() {
        if (node_.type == NodeType::audit && node_.name != "audit") {
            problems_.malformed(place("name"), "An audit is always named audit.", "Empty the cell.");
        }
        if (node_.type == NodeType::background_geopoint && node_.triggers.empty()) {
            problems_.malformed(place("trigger"), "Nothing says when the place is taken.",
                                "Name the question that triggers it.");
        }
        check_use("calculation", node_.type != NodeType::background_geopoint);
    }

    void check_use(std::string_view column, bool fits) {
        if (!fits && !text(column).empty()) {
            problems_.malformed(place(column), "This column has no meaning for the row's type.", "Empty the cell.");
        }
    }

    const Table& table_;
    const Row& row_;
    const Settings& settings_;
    Survey& survey_;
    Problems& problems_;
    Node node_;
};

}  // namespace

std::string_view column_of(ExpressionUse use) {
    switch (use) {
        case ExpressionUse::relevant:
            return "relevant";
        case ExpressionUse::required:
            return "required";
        case ExpressionUse::read_only:
            return "read_only";
        case ExpressionUse::constraint:
            return "constraint";
        case ExpressionUse::calculation:
            return "calculation";
        case ExpressionUse::choice_filter:
            return "choice_filter";
        case ExpressionUse::repeat_count:
            return "repeat_count";
        case ExpressionUse::dynamic_default:
            return "default";
        case ExpressionUse::triggered_value:
            return "calculation";
        case ExpressionUse::seed:
            return "parameters";
        case ExpressionUse::text:
            return "label";
    }
    return {};
}

void attach(std::shared_ptr<const Expression>& target, ExpressionUse use, std::string_view text, const Node& node,
            std::string_view column, Survey& survey, std::string_view sheet, Problems& problems) {
    base::Result<Expression> parsed = Expression::parse(text);
    if (!parsed) {
        problems.add(std::move(parsed).error(), {sheet, node.row, column});
        return;
    }
    auto expression = std::make_shared<Expression>(*std::move(parsed));
    target = expression;
    survey.expressions.push_back({std::move(expression), use, node.path, node.row, std::string(column)});
}

Node read_node(const Table& table, const Row& row, const QuestionType& type, const std::string& parent_path,
               const Settings& settings, Survey& survey, Problems& problems) {
    return NodeReader(table, row, settings, survey, problems).run(type, parent_path);
}

}  // namespace pillarbox::form
