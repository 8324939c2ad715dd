// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "accessibility/messages/catalogue_file.hpp"
#include "accessibility/messages/messages.hpp"

namespace pillarbox::messages {
namespace {

std::set<std::string> placeholders_of(std::string_view text) {
    std::set<std::string> result;
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const auto close = text.find('}', open);
        if (close != std::string_view::npos) {
            result.emplace(text.substr(open, close - open + 1));
        }
    }
    return result;
}

std::string shown(std::string_view key) {
    const auto separator = key.find('\4');
    return separator == std::string_view::npos
               ? "\"" + std::string(key) + "\""
               : "\"" + std::string(key.substr(separator + 1)) + "\" (" + std::string(key.substr(0, separator)) + ")";
}

// A form for one or two may leave the number out ("one envelope"); none may ask for a value that nobody gives.
void check_placeholders(const CatalogueEntry& entry, std::vector<std::string>& problems) {
    const auto english =
        placeholders_of(entry.plural.empty() ? std::string_view(entry.key) : std::string_view(entry.plural));
    for (const auto& form : entry.forms) {
        const auto translated = placeholders_of(form);
        const bool enough = entry.plural.empty() ? translated == english : std::ranges::includes(english, translated);
        if (!enough) {
            problems.push_back("The translation of " + shown(entry.key) +
                               " has other {placeholders} than the English.");
        }
    }
}

}  // namespace

base::Result<std::vector<std::string>> check_catalogue(const std::filesystem::path& file,
                                                       const std::vector<std::string>& english_texts) {
    const auto catalogue = TRY(read_catalogue(file));
    std::vector<std::string> problems;
    if (!catalogue.plural_forms.empty()) {
        TRY(PluralRule::parse(catalogue.plural_forms));
    }
    for (const auto& entry : catalogue.entries) {
        switch (entry.state) {
            case CatalogueEntry::State::translated:
                check_placeholders(entry, problems);
                break;
            case CatalogueEntry::State::fuzzy:
                problems.push_back(shown(entry.key) + " is fuzzy.");
                break;
            case CatalogueEntry::State::untranslated:
                problems.push_back(shown(entry.key) + " is not translated.");
                break;
        }
    }
    for (const auto& english : english_texts) {
        if (std::ranges::find(catalogue.entries, english, &CatalogueEntry::key) == catalogue.entries.end()) {
            problems.push_back(shown(english) + " is missing.");
        }
    }
    return problems;
}

}  // namespace pillarbox::messages
