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

std::string_view cell_of(const Column& column, const AnswerIndex& answers, std::string_view prefix) {
    const std::string& answer =
        prefix.empty() ? answers.at(column.node->path) : answers.at(path_in_instance(column.node->path, prefix));
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

class SubmissionsFile final : public DataFile {
  public:
    SubmissionsFile(Table table, bool with_today)
        : DataFile("responses.csv"), table_(std::move(table)), with_today_(with_today) {}

    void begin(std::string& text) override {
        text += byte_order_mark;
        CsvRow row(text);
        if (with_today_) {
            row.cell("today");
        }
        for (const Column& column : table_.columns) {
            row.cell(column.header);
        }
        for (const std::string_view header : trailing_headers) {
            row.cell(header);
        }
        row.end();
    }

    void add(const Record& record, const AnswerIndex& answers, std::string& text) override {
        CsvRow row(text);
        if (with_today_) {
            row.cell(record.withheld.day ? std::string() : base::format_day(record.submission.day));
        }
        for (const Column& column : table_.columns) {
            row.cell(cell_of(column, answers, ""));
        }
        const std::string key = key_of(record);
        row.cell(key).cell(key).cell(record.submission.form_version).cell(record.station);
        row.cell(record.submission.language);
        row.cell(record.withheld.assisted ? "" : (record.submission.assisted ? "yes" : "no"));
        row.cell(record.submission.kind == submission::Kind::test ? "test" : "response");
        row.end();
    }

    void end(std::string& /*text*/) override {}

  private:
    Table table_;
    bool with_today_;
};

class RepeatFile final : public DataFile {
  public:
    RepeatFile(Table table, const std::string& file_stem)
        : DataFile(file_stem + "-" + table.name + ".csv"), table_(std::move(table)) {}

    void begin(std::string& text) override {
        text += byte_order_mark;
        CsvRow row(text);
        for (const Column& column : table_.columns) {
            row.cell(column.header);
        }
        row.cell("PARENT_KEY").cell("KEY").end();
    }

    void add(const Record& record, const AnswerIndex& answers, std::string& text) override {
        for (const Instance& instance : instances_of(table_, answers)) {
            CsvRow row(text);
            for (const Column& column : table_.columns) {
                row.cell(cell_of(column, answers, instance.prefix));
            }
            row.cell(key_of_instance(key_of(record), instance.parent_prefix));
            row.cell(key_of_instance(key_of(record), instance.prefix)).end();
        }
    }

    void end(std::string& /*text*/) override {}

  private:
    Table table_;
};

class ContactsFile final : public DataFile {
  public:
    explicit ContactsFile(Table table) : DataFile("contacts.csv"), table_(std::move(table)) {}

    void begin(std::string& text) override {
        text += byte_order_mark;
        CsvRow row(text);
        row.cell("KEY");
        for (const Column& column : table_.columns) {
            row.cell(column.header);
        }
        row.end();
    }

    void add(const Record& record, const AnswerIndex& answers, std::string& text) override {
        if (!any_answer(table_, answers, "")) {
            return;
        }
        CsvRow row(text);
        row.cell(key_of(record));
        for (const Column& column : table_.columns) {
            row.cell(cell_of(column, answers, ""));
        }
        row.end();
    }

    void end(std::string& /*text*/) override {}

  private:
    Table table_;
};

}  // namespace

DataFiles responses_csv(const form::Form& form) {
    DataFiles files;
    for (Table& table : tables_of(form, Part::answers)) {
        if (table.repeat == nullptr) {
            files.push_back(std::make_unique<SubmissionsFile>(std::move(table), !form_has_today(form)));
        } else {
            files.push_back(std::make_unique<RepeatFile>(std::move(table), "responses"));
        }
    }
    return files;
}

DataFiles contacts_csv(const form::Form& form) {
    DataFiles files;
    std::vector<Table> tables = tables_of(form, Part::contact);
    if (tables.front().columns.empty()) {
        return files;
    }
    files.push_back(std::make_unique<ContactsFile>(std::move(tables.front())));
    for (std::size_t index = 1; index < tables.size(); ++index) {
        files.push_back(std::make_unique<RepeatFile>(std::move(tables[index]), "contacts"));
    }
    return files;
}

}  // namespace pillarbox::exports
