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
    ColumnName{"clean_text_values", "clean_text_values"},
};

// What tells other clients how to write, keep and send answers. Kept with the form; nothing here acts on it.
constexpr std::array<std::string_view, 16> further_names = {
    "auto_send",       "auto_delete",     "client_editable",     "submission_url",
    "public_key",      "omit_instanceid", "instance_xmlns",      "namespaces",
    "prefix",          "delimiter",       "sms_keyword",         "sms_separator",
    "sms_allow_media", "sms_date_format", "sms_datetime_format", "sms_response"};

bool is_further(const Column& column) {
    return column.name.starts_with("attribute::") ||
           std::ranges::find(further_names, column.name) != further_names.end();
}

// Everything in a cell is trimmed; white space that an author wants kept inside of it is kept anyway.
void check_clean_text(const Table& table, const Row& row, Problems& problems) {
    if (is_no(table.text(row, "clean_text_values"))) {
        problems.unsupported({table.sheet, row.number, table.header_of("clean_text_values")},
                             "Cells are always trimmed.", "Remove the column, or say yes.");
    }
}

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
        const std::string_view text = cell_text(row, column.number);
        if (is_further(column)) {
            const bool attribute = column.name.starts_with("attribute::");
            settings.further.emplace(attribute ? column.header : column.name, text);
        } else if (!text.empty()) {
            problems.unsupported({table.sheet, row.number, column.header}, "This setting is not supported.",
                                 "Remove the column, or empty its cell.");
        }
    }
    check_clean_text(table, row, problems);
    if (is_yes(settings.further["omit_instanceid"]) && !settings.further["public_key"].empty()) {
        problems.malformed({table.sheet, row.number},
                           "Encryption needs the instanceID that omit_instanceID leaves out.",
                           "Remove one of the two settings.");
    }
    std::erase_if(settings.further, [](const auto& setting) { return setting.second.empty(); });
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
