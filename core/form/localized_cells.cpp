// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/localized_cells.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pillarbox::form {

LocalizedText localized_text(const Table& table, const Row& row, std::string_view name,
                             const std::string& default_language) {
    LocalizedText text;
    for (const Column& column : table.columns) {
        const std::string_view cell = column.name == name ? cell_text(row, column.number) : std::string_view();
        if (!cell.empty()) {
            text.set(column.language.empty() ? default_language : column.language, std::string(cell));
        }
    }
    return text;
}

std::map<std::string, LocalizedText, std::less<>> media_of(const Table& table, const Row& row,
                                                           const std::string& default_language) {
    std::map<std::string, LocalizedText, std::less<>> media;
    for (const std::string_view kind : {"image", "big-image", "audio", "video"}) {
        LocalizedText files = localized_text(table, row, fmt::format("media::{}", kind), default_language);
        if (!files.empty()) {
            media.emplace(kind, std::move(files));
        }
    }
    return media;
}

void collect_languages(const Table& table, std::vector<std::string>& languages) {
    for (const Column& column : table.columns) {
        const bool translated_too = std::ranges::any_of(
            table.columns, [&](const Column& other) { return other.name == column.name && !other.language.empty(); });
        const bool names_one = !column.language.empty() || column.name == "label" || translated_too;
        if (names_one && std::ranges::find(languages, column.language) == languages.end()) {
            languages.push_back(column.language);
        }
    }
}

void check_translations(const LocalizedText& text, const std::vector<std::string>& languages, const Place& place,
                        Problems& problems) {
    if (text.empty()) {
        return;
    }
    for (const std::string& language : languages) {
        if (!text.has(language)) {
            const std::string shown = language.empty() ? "the default language" : language;
            problems.malformed(place, fmt::format("The translation into {} is missing.", shown),
                               "Translate it, or remove the language from every column.");
        }
    }
}

}  // namespace pillarbox::form
