// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/choices_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/form/localized_cells.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

constexpr std::array names = {
    ColumnName{"list_name", "list_name"},
    ColumnName{"name", "name"},
    ColumnName{"value", "name"},
    ColumnName{"label", "label"},
    ColumnName{"caption", "label"},
    ColumnName{"image", "media::image"},
    ColumnName{"big-image", "media::big-image"},
    ColumnName{"audio", "media::audio"},
    ColumnName{"video", "media::video"},
    ColumnName{"media::image", "media::image"},
    ColumnName{"media::big-image", "media::big-image"},
    ColumnName{"media::audio", "media::audio"},
    ColumnName{"media::video", "media::video"},
};
constexpr std::string_view external_choices_sheet = "external_choices";
constexpr std::array<std::string_view, 5> translated = {"label", "media::image", "media::big-image", "media::audio",
                                                        "media::video"};

// A header with a colon asks for something (a translation, a GeoJSON property) that a plain column would not give.
void check_columns(const Table& table, Problems& problems) {
    for (const Column& column : table.unknown) {
        if (column.header.find("::") != std::string::npos) {
            problems.unsupported({table.sheet, table.header_row, column.header}, "This column is not supported.",
                                 "Correct its header, or remove it.");
        }
    }
}

Choice read_choice(const Table& table, const Row& row, const Settings& settings, Problems& problems) {
    Choice choice;
    choice.name = table.text(row, "name");
    choice.label = localized_text(table, row, "label", settings.default_language);
    if (choice.label.empty() && table.sheet == external_choices_sheet) {
        choice.label.set(settings.default_language, choice.name);
    }
    choice.media = media_of(table, row, settings.default_language);
    for (const Column& column : table.unknown) {
        if (const std::string_view text = cell_text(row, column.number); !text.empty()) {
            choice.columns.emplace(column.header, text);
        }
    }
    const Place place{table.sheet, row.number, table.header_of("name")};
    if (choice.name.empty()) {
        problems.malformed(place, "The choice has no name.", "Give it one.");
    } else if (words_of(choice.name).size() != 1) {
        // Answers to select_multiple are names joined by spaces.
        problems.malformed(place, fmt::format("The choice name \"{}\" has a space.", choice.name),
                           "Write it without spaces.");
    }
    if (choice.label.empty() && choice.media.empty()) {
        problems.malformed({table.sheet, row.number, table.header_of("label")}, "The choice has no label.",
                           "Give it one.");
    }
    for (const auto& [language, text] : choice.label.all()) {
        if (text.find("${") != std::string::npos) {
            problems.unsupported({table.sheet, row.number, table.header_of("label")},
                                 "A choice's label refers to an answer, which is not supported.",
                                 "Write the label without ${...}.");
        }
    }
    check_translations(choice.label, settings.languages, {table.sheet, row.number, table.header_of("label")},
                       problems);
    return choice;
}

}  // namespace

std::string external_list_name(std::string_view list) {
    return std::string(list) + " external_choices";
}

std::vector<std::string> languages_of_choices(const Sheet& sheet) {
    Problems ignored({});  // read_choices reports them
    std::vector<std::string> languages;
    collect_languages(read_table(sheet, {names, translated}, ignored), languages);
    return languages;
}

ChoiceSheet read_choices(const Sheet* sheet, const Settings& settings, Problems& problems) {
    ChoiceSheet choices;
    if (sheet == nullptr) {
        return choices;
    }
    const Table table = read_table(*sheet, {names, translated}, problems);
    check_columns(table, problems);
    for (const Column& column : table.unknown) {
        choices.columns.insert(column.header);
    }
    std::set<std::pair<std::string, std::string>> names_seen;  // list and choice
    for (const Row& row : table.rows) {
        const std::string list_name(table.text(row, "list_name"));
        if (list_name.empty()) {
            problems.malformed({table.sheet, row.number, "list_name"}, "The choice belongs to no list.",
                               "Name its list.");
            continue;
        }
        Choice choice = read_choice(table, row, settings, problems);
        ChoiceList& list = choices.lists[list_name];
        list.name = list_name;
        choices.rows.emplace(list_name, row.number);
        const bool twin = !names_seen.emplace(list_name, choice.name).second;
        if (twin && settings.choice_duplicates == ChoiceDuplicates::refused) {
            problems.malformed({table.sheet, row.number, table.header_of("name")},
                               fmt::format("The list {} has two choices named \"{}\".", list_name, choice.name),
                               "Rename one of them.");
        }
        list.choices.push_back(std::move(choice));
    }
    return choices;
}

}  // namespace pillarbox::form
