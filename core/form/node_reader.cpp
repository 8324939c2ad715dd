// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/node_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/form/lexer.hpp"
#include "core/form/localized_cells.hpp"
#include "core/form/names.hpp"
#include "core/form/parameters.hpp"
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
        node_.list_name = type.list_name;
        node_.or_other = type.or_other;
        read_name(parent_path);
        read_texts();
        node_.media = media_of(table_, row_, settings_.default_language);
        node_.appearance = words_of(text("appearance"));
        read_expressions();
        read_default();
        read_parameters(text("parameters"), place("parameters"), node_, problems_);
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
            refuse_instances(target.text, target.column);
            if (!target.text.empty()) {
                survey_.texts.push_back({target.text, row_.number, std::string(table_.header_of(target.column))});
            }
        }
    }

    // pyxform computes a path into a list of choices inside a text; here it would be shown as it is written.
    void refuse_instances(const LocalizedText& text, std::string_view column) {
        const bool computes = std::ranges::any_of(text.all(), [](const auto& translation) {
            return translation.second.find("instance(") != std::string::npos;
        });
        if (computes) {
            problems_.unsupported(place(column), "A text with an instance() in it is not supported.",
                                  "Calculate it in a calculate row, and refer to that.");
        }
    }

    void read_expressions() {
        read_expression(node_.relevant, ExpressionUse::relevant);
        read_expression(node_.required, ExpressionUse::required);
        read_expression(node_.read_only, ExpressionUse::read_only);
        read_expression(node_.constraint, ExpressionUse::constraint);
        read_expression(node_.calculation, ExpressionUse::calculation);
        read_expression(node_.choice_filter, ExpressionUse::choice_filter);
        read_expression(node_.repeat_count, ExpressionUse::repeat_count);
    }

    // XLSForm's "yes" and "no" stand for true() and false() wherever a truth is asked for.
    void read_expression(std::shared_ptr<const Expression>& target, ExpressionUse use) {
        std::string_view written = text(column_of(use));
        const bool truth = use != ExpressionUse::calculation && use != ExpressionUse::repeat_count;
        if (written.empty() ||
            (truth && is_no(written) && use != ExpressionUse::relevant && use != ExpressionUse::constraint)) {
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
        check_use("choice_filter", is_select(node_.type));
        check_use("repeat_count", node_.type == NodeType::repeat);
        check_use("calculation", !node_.is_container());
        check_use("constraint", !node_.is_container());
        check_use("default", !node_.is_container());
        const bool said =
            !node_.label.empty() || !node_.hint.empty() || !node_.media.empty() || node_.calculation != nullptr;
        if (needs_label(node_.type) && !said) {
            problems_.malformed(place("label"), "The question has no label.", "Give it one.");
        }
        const bool calculated = !text("calculation").empty() || node_.dynamic_default != nullptr;
        if (node_.type == NodeType::calculate && !calculated) {
            problems_.malformed(place("calculation"), "The calculate row has no calculation.", "Give it one.");
        }
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
    survey.expressions.push_back(
        {std::move(expression), use, node.path, node.list_name, node.row, std::string(column)});
}

Node read_node(const Table& table, const Row& row, const QuestionType& type, const std::string& parent_path,
               const Settings& settings, Survey& survey, Problems& problems) {
    return NodeReader(table, row, settings, survey, problems).run(type, parent_path);
}

}  // namespace pillarbox::form
