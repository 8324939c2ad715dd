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

void write_row(CsvText& csv, const form::Form& form, std::string_view file, const Column& column,
               std::string_view value, const form::LocalizedText& label) {
    csv.cell(file);
    csv.cell(column.header);
    csv.cell(column.node->path);
    csv.cell(form::name_of(column.node->type));
    csv.cell(value);
    for (const std::string& language : form.languages) {
        csv.cell(label_in(label, language));
    }
    csv.end_row();
}

void write_choices(CsvText& csv, const form::Form& form, std::string_view file, const Column& column) {
    const form::ChoiceList* list = form.choices_of(*column.node);
    if (list == nullptr) {
        return;
    }
    for (const form::Choice& choice : list->choices) {
        write_row(csv, form, file, column, choice.name, choice.label);
    }
}

void write_tables(CsvText& csv, const form::Form& form, Part part, const std::string& stem) {
    for (const Table& table : tables_of(form, part)) {
        const std::string file = table.repeat == nullptr ? stem + ".csv" : stem + "-" + table.name + ".csv";
        for (const Column& column : table.columns) {
            if (!column.choice.empty()) {
                continue;  // told by the choices' own rows
            }
            write_row(csv, form, file, column, "", column.node->label);
            write_choices(csv, form, file, column);
        }
    }
}

}  // namespace

NamedText codebook_csv(const form::Form& form) {
    CsvText csv;
    for (const std::string_view header : {"file", "column", "path", "type", "value"}) {
        csv.cell(header);
    }
    for (const std::string& language : form.languages) {
        csv.cell(language.empty() ? "label" : "label::" + language);
    }
    csv.end_row();
    write_tables(csv, form, Part::answers, "responses");
    write_tables(csv, form, Part::contact, "contacts");
    return NamedText{"codebook.csv", csv.text()};
}

}  // namespace pillarbox::exports
