// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/question_type.hpp"
#include "desk/exports/csv.hpp"
#include "desk/exports/csv_text.hpp"
#include "desk/exports/words.hpp"

namespace pillarbox::exports {
namespace {

// The label exactly as the workbook has it in this language: a codebook shows what was missing too.
std::string_view label_in(const form::LocalizedText& label, const std::string& language) {
    const auto found = label.all().find(language);
    return found == label.all().end() ? std::string_view{} : std::string_view(found->second);
}

void write_row(std::string& text, const form::Form& form, std::string_view file, const Column& column,
               std::string_view value, const form::LocalizedText& label) {
    CsvRow row(text);
    row.cell(file).cell(column.header).cell(column.node->path).cell(form::name_of(column.node->type)).cell(value);
    for (const std::string& language : form.languages) {
        row.cell(label_in(label, language));
    }
    row.end();
}

void write_choices(std::string& text, const form::Form& form, std::string_view file, const Column& column) {
    const form::ChoiceList* list = form.choices_of(*column.node);
    if (list == nullptr) {
        return;
    }
    for (const form::Choice& choice : list->choices) {
        write_row(text, form, file, column, choice.name, choice.label);
    }
}

void write_tables(std::string& text, const form::Form& form, Part part, const std::string& stem) {
    for (const Table& table : tables_of(form, part)) {
        const std::string file = table.repeat == nullptr ? stem + ".csv" : stem + "-" + table.name + ".csv";
        for (const Column& column : table.columns) {
            if (!column.choice.empty()) {
                continue;  // told by the choices' own rows
            }
            write_row(text, form, file, column, "", column.node->label);
            write_choices(text, form, file, column);
        }
    }
}

}  // namespace

std::string codebook_csv(const form::Form& form) {
    std::string text(byte_order_mark);
    CsvRow headers(text);
    headers.cell("file").cell("column").cell("path").cell("type").cell("value");
    for (const std::string& language : form.languages) {
        headers.cell(language.empty() ? "label" : "label::" + language);
    }
    headers.end();
    write_tables(text, form, Part::answers, "responses");
    write_tables(text, form, Part::contact, "contacts");
    return text;
}

}  // namespace pillarbox::exports
