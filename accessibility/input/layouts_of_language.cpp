// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "accessibility/input/keyboard_layout.hpp"

namespace pillarbox::input {
namespace {
struct LanguageLayout {
    std::string_view language;
    std::string_view layout;
};

// Somali is written with English keys. Chinese has no entry: docs/decisions/0011-one-keyboard-for-each-script.md.
constexpr std::array language_layouts{
    LanguageLayout{"ar", "ara"},      LanguageLayout{"bg", "bg(phonetic)"}, LanguageLayout{"bn", "bd"},
    LanguageLayout{"es", "es"},       LanguageLayout{"fa", "ir"},           LanguageLayout{"fr", "fr"},
    LanguageLayout{"gu", "in(guj)"},  LanguageLayout{"hi", "in(deva)"},     LanguageLayout{"it", "it"},
    LanguageLayout{"pa", "in(guru)"}, LanguageLayout{"pl", "pl"},           LanguageLayout{"pt", "pt"},
    LanguageLayout{"ro", "ro"},       LanguageLayout{"ta", "in(tam)"},      LanguageLayout{"tr", "tr"},
    LanguageLayout{"ur", "pk"},
};

std::string_view code_of(std::string_view language) {
    return language.substr(0, language.find_first_of("-_"));
}
}  // namespace

OwnLetters own_letters_of(std::string_view language) {
    return code_of(language) == "zh" ? OwnLetters::missing : OwnLetters::offered;
}

std::vector<std::string> layouts_of_language(std::string_view language) {
    std::vector<std::string> result;
    const auto code = code_of(language);
    for (const auto& entry : language_layouts) {
        if (entry.language == code) {
            result.emplace_back(entry.layout);
        }
    }
    result.emplace_back("gb");
    return result;
}

}  // namespace pillarbox::input
