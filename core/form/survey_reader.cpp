// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/survey_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/form/external_files.hpp"
#include "core/form/localized_cells.hpp"
#include "core/form/loop_rows.hpp"
#include "core/form/names.hpp"
#include "core/form/nearest_type.hpp"
#include "core/form/node_reader.hpp"
#include "core/form/parameters.hpp"
#include "core/form/question_type.hpp"
#include "core/form/survey_columns.hpp"

namespace pillarbox::form {
namespace {

constexpr std::size_t group_depth_max = 32;

class SurveyReader {
  public:
    SurveyReader(const Table& table, const Settings& settings, ChoiceSheet& choices,
                 const ChoiceSheet& external_choices, Survey& survey, Problems& problems)
        : table_(table),
          settings_(settings),
          choices_(choices),
          external_choices_(external_choices),
          survey_(survey),
          problems_(problems) {}

    void run() {
        read_rows(table_.rows);
        while (!open_.empty()) {
            problems_.malformed({table_.sheet, open_.back().row, table_.header_of("type")},
                                fmt::format("The {} is never ended.", word_of(open_.back().type)),
                                fmt::format("Add a row of type end {}.", word_of(open_.back().type)));
            close();
        }
    }

  private:
    static std::string_view word_of(NodeType type) { return type == NodeType::repeat ? "repeat" : "group"; }

    [[nodiscard]] Place place(const Row& row, std::string_view column) const {
        return {table_.sheet, row.number, table_.header_of(column)};
    }

    void read_rows(std::span<const Row> rows) {
        for (std::size_t index = 0; index < rows.size(); ++index) {
            if (is_yes(table_.text(rows[index], "disabled"))) {
                continue;
            }
            const base::Result<QuestionType> type = parse_question_type(table_.text(rows[index], "type"));
            if (type && type->kind == RowKind::begin_loop) {
                index += read_loop(rows.subspan(index), *type);
            } else {
                read_row(rows[index]);
            }
        }
    }

    // A group that holds a group for each choice. Returns how many rows were read beyond the first.
    std::size_t read_loop(std::span<const Row> rows, const QuestionType& type) {
        const Row& row = rows.front();
        const std::size_t count = rows_of_loop(table_, rows);
        const auto list = choices_.lists.find(type.list_name);
        if (count == 0) {
            problems_.malformed(place(row, "type"), "The loop is never ended.", "Add a row of type end loop.");
            return rows.size() - 1;
        }
        if (list == choices_.lists.end()) {
            complain_of_list(row, type.list_name);
            return count - 1;
        }
        begin(row, QuestionType{RowKind::begin, NodeType::group});
        for (const Choice& choice : list->second.choices) {
            if (!read_choice_of_loop(rows.subspan(1, count - 2), row, choice)) {
                break;
            }
        }
        close();
        return count - 1;
    }

    // False where the others would only say again what is wrong.
    bool read_choice_of_loop(std::span<const Row> rows, const Row& loop, const Choice& choice) {
        const std::size_t problems_before = problems_.errors().size();
        loop_rows_ += rows.size() + 1;
        std::optional<std::vector<Row>> filled;
        if (loop_rows_ <= loop_rows_max) {
            filled = rows_for_choice(table_, rows, choice, settings_.default_language, loop_bytes_left_);
        }
        if (!filled) {
            problems_.add(base::ErrorCode::limit_exceeded, place(loop, "type"),
                          fmt::format("The form's loops stand for more than {} rows, or {} bytes.", loop_rows_max,
                                      loop_text_bytes_max),
                          "Shorten the loop or its list.");
            return false;
        }
        if (!is_question_name(choice.name)) {
            problems_.malformed(place(loop, "type"),
                                fmt::format("The choice \"{}\" can't name a group of questions.", choice.name),
                                std::string(name_remedy));
            return false;
        }
        Node group;
        group.type = NodeType::group;
        group.name = choice.name;
        group.path = parent_path() + "/" + choice.name;
        group.label = choice.label;
        group.media = choice.media;
        group.row = loop.number;
        check_sibling(loop, group);
        open_.push_back(std::move(group));
        const std::size_t depth = open_.size();
        ++loop_depth_;
        read_rows(*filled);
        --loop_depth_;
        if (open_.size() != depth) {
            problems_.malformed(place(loop, "type"),
                                "Groups begin in the loop and end outside of it, or the reverse.",
                                "Match every begin with an end in the same loop.");
            open_.resize(std::min(open_.size(), depth));
            return false;
        }
        close();
        return problems_.errors().size() == problems_before;
    }

    void read_row(const Row& row) {
        const std::string_view text = table_.text(row, "type");
        if (text.empty()) {
            // A row without a type asks nothing: authors leave titles and remarks there. With a name it is a mistake.
            const bool meant = !table_.text(row, "name").empty() || !localized_text(table_, row, "label", {}).empty();
            if (meant) {
                problems_.malformed(place(row, "type"), "The row has no question type.",
                                    "Give it one, or empty the row.");
            }
            return;
        }
        base::Result<QuestionType> type = parse_question_type(text);
        if (!type) {
            complain_of_type(row, std::move(type).error());
            return;
        }
        switch (type->kind) {
            case RowKind::begin:
                begin(row, *type);
                return;
            case RowKind::end:
                end(row, *type);
                return;
            case RowKind::question:
                add(row, *type);
                return;
            case RowKind::begin_loop:
                return;  // read_rows reads loops whole
            case RowKind::end_loop:
                problems_.malformed(place(row, "type"), "This end loop has no begin loop.", "Remove the row.");
                return;
            case RowKind::external_file:
                add_file(row, *type);
                return;
        }
    }

    // The name stays known, so that the rows that refer to it are not called wrong as well.
    void complain_of_type(const Row& row, base::Error error) {
        if (const std::string_view meant = nearest_type(table_.text(row, "type")); !meant.empty()) {
            error.remedy = fmt::format("Did you mean {}?", meant);
        }
        problems_.add(std::move(error), place(row, "type"));
        const std::string_view name = table_.text(row, "name");
        if (is_question_name(name)) {
            Node unknown;
            unknown.name = name;
            unknown.path = parent_path() + "/" + unknown.name;
            unknown.row = row.number;
            siblings().push_back(std::move(unknown));
        }
    }

    void add_file(const Row& row, const QuestionType& type) {
        const std::string_view name = table_.text(row, "name");
        if (!is_question_name(name)) {
            problems_.malformed(place(row, "name"), fmt::format("\"{}\" is not a valid name.", name),
                                std::string(name_remedy));
        } else if (!declared_files_.emplace(name).second || choices_.lists.contains(name)) {
            problems_.malformed(place(row, "name"), fmt::format("Something else is named {} already.", name),
                                "Rename one of them.");
        } else {
            add_external_file(std::string(name) + type.extension, place(row, "name"), survey_.external_files,
                              problems_);
        }
    }

    void complain_of_list(const Row& row, std::string_view list_name) {
        problems_.malformed(place(row, "type"), fmt::format("The choices sheet has no list named {}.", list_name),
                            "Add the list, or correct its name.");
    }

    void begin(const Row& row, const QuestionType& type) {
        Node node = read_node(table_, row, type, parent_path(), settings_, survey_, problems_);
        if (open_.size() == group_depth_max) {
            problems_.add(base::ErrorCode::limit_exceeded, place(row, "type"),
                          fmt::format("Groups nest deeper than {} levels.", group_depth_max), "Flatten the form.");
        }
        if (type.type == NodeType::repeat && loop_depth_ > 0) {
            problems_.unsupported(place(row, "type"), "A repeat in a loop is not supported.",
                                  "Write the repeat for each choice.");
        }
        check_sibling(row, node);
        open_.push_back(std::move(node));
    }

    void end(const Row& row, const QuestionType& type) {
        if (!table_.text(row, "save_to").empty()) {
            problems_.malformed(place(row, "save_to"), "This column has no meaning for the row's type.",
                                "Empty the cell.");
        }
        if (open_.empty() || open_.back().type != type.type) {
            problems_.malformed(place(row, "type"),
                                fmt::format("This end {} has no begin {}.", word_of(type.type), word_of(type.type)),
                                "Match every begin with an end of the same kind.");
            return;
        }
        close();
    }

    void close() {
        Node node = std::move(open_.back());
        open_.pop_back();
        siblings().push_back(std::move(node));
    }

    void add(const Row& row, const QuestionType& type) {
        if (type.type == NodeType::audit) {
            add_audit(row, type);
            return;
        }
        Node node = read_node(table_, row, type, parent_path(), settings_, survey_, problems_);
        check_choices(row, type, node);
        check_sibling(row, node);
        if (!type.or_other) {
            siblings().push_back(std::move(node));
            return;
        }
        add_or_other(row, std::move(node));
    }

    void add_audit(const Row& row, const QuestionType& type) {
        const std::string path = fmt::format("/{}/meta", settings_.root_name);
        Node audit = read_node(table_, row, type, path, settings_, survey_, problems_);
        if (survey_.audit) {
            problems_.malformed(place(row, "type"), "The form has two audits.", "Remove one of them.");
        }
        survey_.audit = std::move(audit);
    }

    void check_choices(const Row& row, const QuestionType& type, Node& node) {
        if (node.choice_file) {
            add_external_file(node.choice_file->name, place(row, "type"), survey_.external_files, problems_);
        } else if (type.from_external_choices) {
            const auto list = external_choices_.lists.find(type.list_name);
            if (list == external_choices_.lists.end()) {
                problems_.malformed(place(row, "type"),
                                    fmt::format("The sheet external_choices has no list named {}.", type.list_name),
                                    "Add the list, or correct its name.");
            } else {
                choices_.lists.emplace(node.list_name, list->second);
            }
        } else if (is_select(type.type) && !choices_.lists.contains(type.list_name)) {
            complain_of_list(row, type.list_name);
        }
        if (const auto labels = node.parameters.find("tick_labelset"); labels != node.parameters.end()) {
            const auto list = choices_.lists.find(labels->second);
            if (list == choices_.lists.end()) {
                complain_of_list(row, labels->second);
            } else if (node.parameters.contains("start")) {
                check_tick_labels(place(row, "parameters"), node, list->second, problems_);
            }
        }
    }

    // pyxform's meaning: the list gains "other", and a text question follows that is asked when it is chosen.
    void add_or_other(const Row& row, Node node) {
        constexpr std::string_view remedy =
            "Add a choice named other with its translations, and a text question of your own after it.";
        const bool english =
            settings_.default_language.empty() || lower_case(settings_.default_language).starts_with("en");
        if (settings_.languages.size() > 1 || !english) {
            problems_.unsupported(place(row, "type"),
                                  "or_other adds English texts, and the form has other languages.",
                                  std::string(remedy));
        }
        if (!table_.text(row, "choice_filter").empty()) {
            problems_.unsupported(place(row, "choice_filter"), "or_other can't be combined with a choice_filter.",
                                  std::string(remedy));
        }
        const std::string& language = settings_.default_language;
        ChoiceList list = choices_.lists[node.list_name];
        if (std::ranges::find(list.choices, "other", &Choice::name) == list.choices.end()) {
            Choice other;
            other.name = "other";
            other.label.set(language, "Other");
            list.choices.push_back(std::move(other));
        }
        list.name = node.list_name + " or_other";
        node.list_name = list.name;
        choices_.lists.insert_or_assign(list.name, list);

        Node specify;
        specify.type = NodeType::text;
        specify.name = node.name + "_other";
        specify.path = node.path + "_other";
        specify.row = row.number;
        specify.label.set(language, "Specify other.");
        const std::string relevant = fmt::format("selected(${{{}}}, 'other')", node.name);
        attach(specify.relevant, ExpressionUse::relevant, relevant, specify, "type", survey_, table_.sheet,
               problems_);
        siblings().push_back(std::move(node));
        check_sibling(row, specify);
        siblings().push_back(std::move(specify));
    }

    void check_sibling(const Row& row, const Node& node) {
        if (!node.name.empty() && !paths_seen_.insert(node.path).second) {
            problems_.malformed(place(row, "name"),
                                fmt::format("The name \"{}\" is used twice in the same group.", node.name),
                                "Rename one of them.");
        }
    }

    std::vector<Node>& siblings() { return open_.empty() ? survey_.nodes : open_.back().children; }
    [[nodiscard]] std::string parent_path() const {
        return open_.empty() ? "/" + settings_.root_name : open_.back().path;
    }

    const Table& table_;
    const Settings& settings_;
    ChoiceSheet& choices_;
    const ChoiceSheet& external_choices_;
    Survey& survey_;
    Problems& problems_;
    std::size_t loop_rows_ = 0;
    std::size_t loop_bytes_left_ = loop_text_bytes_max;
    std::size_t loop_depth_ = 0;
    std::set<std::string, std::less<>> declared_files_;
    std::set<std::string, std::less<>> paths_seen_;
    std::vector<Node> open_;  // the groups that are begun and not ended, outermost first
};

void check_columns(const Table& table, Problems& problems) {
    for (const Column& column : table.unknown) {
        const bool used =
            std::ranges::any_of(table.rows, [&](const Row& row) { return !cell_text(row, column.number).empty(); });
        if (used && !is_remark_column(column.name) && !is_instance_attribute(column)) {
            problems.unsupported(
                {table.sheet, table.header_row, column.header}, "This column is not supported.",
                "Correct its header, or remove it. Your own remarks can stand in a column named notes.");
        }
    }
    for (const std::string_view needed : {"type", "name"}) {
        if (std::ranges::find(table.columns, needed, &Column::name) == table.columns.end()) {
            problems.malformed({table.sheet, table.header_row, needed}, "The survey sheet lacks this column.",
                               "Add it.");
        }
    }
}

}  // namespace

std::vector<std::string> languages_of_survey(const Sheet& sheet) {
    Problems ignored({});  // read_survey reports them
    std::vector<std::string> languages;
    collect_languages(read_table(sheet, survey_schema(), ignored), languages);
    return languages;
}

Survey read_survey(const Sheet& sheet, const Settings& settings, ChoiceSheet& choices,
                   const ChoiceSheet& external_choices, Problems& problems) {
    Survey survey;
    const Table table = read_table(sheet, survey_schema(), problems);
    check_columns(table, problems);
    SurveyReader(table, settings, choices, external_choices, survey, problems).run();
    return survey;
}

}  // namespace pillarbox::form
