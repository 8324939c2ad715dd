// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ranges>
#include <set>

#include "accessibility/messages/catalogue_file.hpp"
#include "accessibility/messages/messages.hpp"
#include "core/base/file.hpp"

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
bool has_its_placeholders(const CatalogueEntry& entry) {
    const auto english =
        placeholders_of(entry.plural.empty() ? std::string_view(entry.key) : std::string_view(entry.plural));
    return std::ranges::all_of(entry.forms, [&](const std::string& form) {
        const auto translated = placeholders_of(form);
        return entry.plural.empty() ? translated == english : std::ranges::includes(english, translated);
    });
}

}  // namespace

std::string describe(const Finding& finding) {
    switch (finding.flaw) {
        case Flaw::untranslated:
            return shown(finding.english) + " is not translated.";
        case Flaw::changed:
            return shown(finding.english) + " is fuzzy.";
        case Flaw::placeholders:
            return "The translation of " + shown(finding.english) + " has other {placeholders} than the English.";
    }
    return {};
}

base::Result<std::vector<std::string>> interface_texts(const std::filesystem::path& folder) {
    constexpr std::size_t list_size_max = 1024 * 1024;
    const auto bytes = TRY(base::read_file(folder / "messages.txt", list_size_max));
    std::vector<std::string> texts;
    for (const auto line : std::views::split(base::text_of(bytes), '\n')) {
        if (!line.empty()) {
            texts.emplace_back(std::string_view(line));
        }
    }
    return texts;
}

base::Result<std::vector<Finding>> check_catalogue(const std::filesystem::path& file,
                                                   const std::vector<std::string>& english_texts) {
    const auto catalogue = TRY(read_catalogue(file));
    std::vector<Finding> findings;
    if (!catalogue.plural_forms.empty()) {
        TRY(PluralRule::parse(catalogue.plural_forms));
    }
    for (const auto& entry : catalogue.entries) {
        switch (entry.state) {
            case CatalogueEntry::State::translated:
                if (!has_its_placeholders(entry)) {
                    findings.push_back({Flaw::placeholders, entry.key});
                }
                break;
            case CatalogueEntry::State::fuzzy:
                findings.push_back({Flaw::changed, entry.key});
                break;
            case CatalogueEntry::State::untranslated:
                findings.push_back({Flaw::untranslated, entry.key});
                break;
        }
    }
    for (const auto& english : english_texts) {
        if (std::ranges::none_of(catalogue.entries, [&english](const CatalogueEntry& entry) {
                return entry.key == english || entry.plural == english;
            })) {
            findings.push_back({Flaw::untranslated, english});
        }
    }
    return findings;
}

}  // namespace pillarbox::messages
