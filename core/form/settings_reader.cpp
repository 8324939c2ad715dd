// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/settings_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/form/names.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

constexpr std::array names = {
    ColumnName{"form_title", "form_title"},
    ColumnName{"title", "form_title"},
    ColumnName{"set_form_title", "form_title"},
    ColumnName{"form_id", "form_id"},
    ColumnName{"id_string", "form_id"},
    ColumnName{"set_form_id", "form_id"},
    ColumnName{"version", "version"},
    ColumnName{"default_language", "default_language"},
    ColumnName{"instance_name", "instance_name"},
    ColumnName{"style", "style"},
    ColumnName{"name", "name"},
    ColumnName{"allow_choice_duplicates", "allow_choice_duplicates"},
};

}  // namespace

Settings read_settings(const Sheet* sheet, Problems& problems) {
    Settings settings;
    if (sheet == nullptr) {
        return settings;
    }
    const Table table = read_table(*sheet, {names, {}}, problems);
    if (table.rows.empty()) {
        return settings;
    }
    const Row& row = table.rows.front();
    for (const Column& column : table.unknown) {
        if (!cell_text(row, column.number).empty()) {
            problems.unsupported({table.sheet, row.number, column.header}, "This setting is not supported.",
                                 "Remove the column, or empty its cell.");
        }
    }
    if (table.rows.size() > 1) {
        problems.malformed({table.sheet, table.rows[1].number, {}}, "The settings have more than one row.",
                           "Keep one row.");
    }
    settings.title = table.text(row, "form_title");
    settings.id = table.text(row, "form_id");
    settings.version = table.text(row, "version");
    settings.default_language = language_code(table.text(row, "default_language"));
    settings.instance_name = table.text(row, "instance_name");
    settings.style = table.text(row, "style");
    if (const std::string_view name = table.text(row, "name"); !name.empty()) {
        settings.root_name = name;
        if (!is_question_name(name)) {
            problems.malformed({table.sheet, row.number, table.header_of("name")},
                               fmt::format("\"{}\" is not a valid name.", name), std::string(name_remedy));
        }
    }
    if (is_yes(table.text(row, "allow_choice_duplicates"))) {
        settings.choice_duplicates = ChoiceDuplicates::allowed;
    }
    return settings;
}

void settle_languages(std::vector<std::string> named, Settings& settings) {
    const bool all_same = std::ranges::adjacent_find(named, std::ranges::not_equal_to()) == named.end();
    if (settings.default_language.empty() && !named.empty() && all_same) {
        settings.default_language = named.front();
    }
    std::ranges::replace(named, std::string(), settings.default_language);
    // A default that no column has is not offered.
    if (named.empty() || std::ranges::find(named, settings.default_language) != named.end()) {
        settings.languages.push_back(settings.default_language);
    }
    for (std::string& language : named) {
        if (std::ranges::find(settings.languages, language) == settings.languages.end()) {
            settings.languages.push_back(std::move(language));
        }
    }
}

}  // namespace pillarbox::form
