// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/csv.hpp"

#include <algorithm>
#include <array>

#include "desk/exports/csv_text.hpp"

namespace pillarbox::exports {
namespace {

// One row of a table: where its instance stands among the repeats, "" in the table of submissions.
struct Instance {
    std::string prefix;
    std::string parent_prefix;
};

bool is_ticked(std::string_view joined, std::string_view choice) {
    while (!joined.empty()) {
        const std::size_t space = joined.find(' ');
        if (joined.substr(0, space) == choice) {
            return true;
        }
        joined = space == std::string_view::npos ? std::string_view{} : joined.substr(space + 1);
    }
    return false;
}

std::string cell_of(const Column& column, const AnswerIndex& answers, std::string_view prefix) {
    const std::string& answer = answers.at(path_in_instance(column.node->path, prefix));
    if (column.choice.empty() || answer.empty()) {
        return answer;
    }
    return is_ticked(answer, column.choice) ? "1" : "0";
}

bool any_answer(const Table& table, const AnswerIndex& answers, std::string_view prefix) {
    return std::ranges::any_of(table.columns,
                               [&](const Column& column) { return !cell_of(column, answers, prefix).empty(); });
}

std::vector<Instance> instances_of(const Table& table, const AnswerIndex& answers) {
    std::vector<std::string> parents = {""};
    for (const form::Node* repeat : table.above) {
        std::vector<std::string> inner;
        for (const std::string& parent : parents) {
            const auto found = answers.instances_of(repeat->path, parent);
            inner.insert(inner.end(), found.begin(), found.end());
        }
        parents = std::move(inner);
    }
    std::vector<Instance> instances;
    for (const std::string& parent : parents) {
        for (std::string& prefix : answers.instances_of(table.repeat->path, parent)) {
            instances.push_back(Instance{std::move(prefix), parent});
        }
    }
    return instances;
}

// "/data/trip[2]/stop[1]" of uuid:... -> "uuid:.../trip[2]/stop[1]", as Central writes keys of repeats.
std::string key_of_instance(const std::string& key, std::string_view prefix) {
    const std::size_t root_end = prefix.find('/', 1);
    return root_end == std::string_view::npos ? key : key + std::string(prefix.substr(root_end));
}

constexpr std::array<std::string_view, 7> trailing_headers = {"meta-instanceID", "KEY",      "FormVersion", "Station",
                                                              "Language",        "Assisted", "Kind"};

// A form may ask for `today` itself (XLSForm's metadata type); then that column says the same and ours would be its
// double.
bool form_has_today(const form::Form& form) {
    return std::ranges::any_of(form.nodes, [](const form::Node& node) { return node.name == "today"; });
}

void write_submissions_header(CsvText& csv, const Table& table, bool with_today) {
    if (with_today) {
        csv.cell("today");
    }
    for (const Column& column : table.columns) {
        csv.cell(column.header);
    }
    for (const std::string_view header : trailing_headers) {
        csv.cell(header);
    }
    csv.end_row();
}

NamedText submissions_csv(const form::Form& form, const Table& table, const std::vector<Record>& records) {
    CsvText csv;
    const bool with_today = !form_has_today(form);
    write_submissions_header(csv, table, with_today);
    for (const Record& record : records) {
        const AnswerIndex answers(record.submission);
        if (with_today) {
            csv.cell(record.withheld.day ? std::string() : base::format_day(record.submission.day));
        }
        for (const Column& column : table.columns) {
            csv.cell(cell_of(column, answers, ""));
        }
        csv.cell(key_of(record));
        csv.cell(key_of(record));
        csv.cell(record.submission.form_version);
        csv.cell(record.station);
        csv.cell(record.submission.language);
        csv.cell(record.withheld.assisted ? "" : (record.submission.assisted ? "yes" : "no"));
        csv.cell(record.submission.kind == submission::Kind::test ? "test" : "response");
        csv.end_row();
    }
    return NamedText{"responses.csv", csv.text()};
}

NamedText repeat_csv(const Table& table, const std::vector<Record>& records, std::string_view file_stem) {
    CsvText csv;
    for (const Column& column : table.columns) {
        csv.cell(column.header);
    }
    csv.cell("PARENT_KEY");
    csv.cell("KEY");
    csv.end_row();
    for (const Record& record : records) {
        const AnswerIndex answers(record.submission);
        for (const Instance& instance : instances_of(table, answers)) {
            for (const Column& column : table.columns) {
                csv.cell(cell_of(column, answers, instance.prefix));
            }
            csv.cell(key_of_instance(key_of(record), instance.parent_prefix));
            csv.cell(key_of_instance(key_of(record), instance.prefix));
            csv.end_row();
        }
    }
    return NamedText{std::string(file_stem) + "-" + table.name + ".csv", csv.text()};
}

}  // namespace

std::vector<NamedText> responses_csv(const form::Form& form, const std::vector<Record>& records) {
    std::vector<NamedText> files;
    for (const Table& table : tables_of(form, Part::answers)) {
        files.push_back(table.repeat == nullptr ? submissions_csv(form, table, records)
                                                : repeat_csv(table, records, "responses"));
    }
    return files;
}

std::vector<NamedText> contacts_csv(const form::Form& form, const std::vector<Record>& records) {
    const std::vector<Table> tables = tables_of(form, Part::contact);
    std::vector<NamedText> files;
    if (tables.front().columns.empty()) {
        return files;
    }
    CsvText csv;
    csv.cell("KEY");
    for (const Column& column : tables.front().columns) {
        csv.cell(column.header);
    }
    csv.end_row();
    for (const Record& record : records) {
        const AnswerIndex answers(record.submission);
        if (!any_answer(tables.front(), answers, "")) {
            continue;
        }
        csv.cell(key_of(record));
        for (const Column& column : tables.front().columns) {
            csv.cell(cell_of(column, answers, ""));
        }
        csv.end_row();
    }
    files.push_back(NamedText{"contacts.csv", csv.text()});
    for (std::size_t index = 1; index < tables.size(); ++index) {
        files.push_back(repeat_csv(tables[index], records, "contacts"));
    }
    return files;
}

}  // namespace pillarbox::exports
