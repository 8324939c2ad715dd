// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/officer_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/utf8.hpp"
#include "desk/workspace/coding.hpp"

namespace pillarbox::workspace {
namespace {

constexpr std::size_t line_size_bytes_max = 400;
constexpr std::size_t choices_max = 100;

// Label and choices, a line each.
OfficerField field_of(const Cell& cell) {
    OfficerField field{cell.key, {}, {}};
    std::string_view rest = cell.value;
    bool is_label = true;
    while (is_label || !rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (is_label) {
            field.label = rest.substr(0, end);
        } else {
            field.choices.emplace_back(rest.substr(0, end));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
        is_label = false;
    }
    return field;
}

bool is_one_line(std::string_view text) {
    return !text.empty() && text.size() <= line_size_bytes_max && base::is_utf8(text) &&
           std::ranges::none_of(text, [](unsigned char byte) { return byte < 0x20; });
}

std::vector<OfficerAnswer> answers_in(std::vector<Cell> cells) {
    std::vector<OfficerAnswer> answers;
    for (Cell& cell : cells) {
        answers.push_back({cell.response, std::move(cell.key), std::move(cell.value)});
    }
    return answers;
}

}  // namespace

base::Result<std::vector<OfficerField>> officer_fields(Workspace& workspace) {
    std::vector<OfficerField> fields;
    for (const Cell& cell : TRY(cells_of(workspace, CellKind::field))) {
        fields.push_back(field_of(cell));
    }
    return fields;
}

base::Result<void> set_officer_field(Workspace& workspace, const Editor& editor, const OfficerField& field) {
    if (!is_code_name(field.name) || !is_one_line(field.label) || field.choices.size() > choices_max ||
        !std::ranges::all_of(field.choices, is_one_line)) {
        return base::fail(base::ErrorCode::usage, {},
                          "A question has a name of a-z, 0-9, _ and -, a label and choices of at most 400 bytes.");
    }
    std::string value = field.label;
    for (const std::string& choice : field.choices) {
        value += "\n" + choice;
    }
    TRY(make_change(workspace, editor, {CellKind::field, 0, field.name, std::move(value)}));
    return {};
}

base::Result<void> remove_officer_field(Workspace& workspace, const Editor& editor, std::string_view name) {
    const auto answers = TRY(all_officer_answers(workspace));
    if (std::ranges::find(answers, name, &OfficerAnswer::field) != answers.end()) {
        return base::fail(base::ErrorCode::conflict, {}, fmt::format("Responses have an answer to {}.", name),
                          "Clear it there first.");
    }
    TRY(make_change(workspace, editor, {CellKind::field, 0, std::string(name), std::nullopt}));
    return {};
}

base::Result<void> answer_officer_field(Workspace& workspace, const Editor& editor, ResponseId response,
                                        std::string_view field, std::string_view value) {
    const auto fields = TRY(officer_fields(workspace));
    const auto found = std::ranges::find(fields, field, &OfficerField::name);
    if (found == fields.end()) {
        return base::fail(base::ErrorCode::not_found, {}, "The officers have no such question.", "Add it first.");
    }
    const bool is_choice = found->choices.empty() || std::ranges::find(found->choices, value) != found->choices.end();
    if (!value.empty() && (!is_choice || value.size() > officer_answer_size_bytes_max || !base::is_utf8(value))) {
        return base::fail(base::ErrorCode::usage, {}, "This is none of the question's answers.",
                          "Choose one of them, or write at most 1,000 bytes.");
    }
    TRY(make_change(workspace, editor,
                    {CellKind::field_value, response, std::string(field),
                     value.empty() ? std::nullopt : std::optional(std::string(value))}));
    return {};
}

base::Result<std::vector<OfficerAnswer>> officer_answers(Workspace& workspace, ResponseId response) {
    return answers_in(TRY(cells_of(workspace, CellKind::field_value, response)));
}

base::Result<std::vector<OfficerAnswer>> all_officer_answers(Workspace& workspace) {
    return answers_in(TRY(cells_of(workspace, CellKind::field_value)));
}

}  // namespace pillarbox::workspace
