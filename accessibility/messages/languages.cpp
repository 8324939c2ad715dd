// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/messages/languages.hpp"

#include <algorithm>
#include <array>

#include "core/base/utf8.hpp"

namespace pillarbox::messages {
namespace {
constexpr auto ltr = TextDirection::left_to_right;
constexpr auto rtl = TextDirection::right_to_left;

constexpr std::array all_languages{
    Language{"en", "English", "English", ltr, U'0'},      Language{"ar", "العربية", "Arabic", rtl, U'0'},
    Language{"bg", "Български", "Bulgarian", ltr, U'0'},  Language{"bn", "বাংলা", "Bengali", ltr, U'০'},
    Language{"es", "Español", "Spanish", ltr, U'0'},      Language{"fa", "فارسی", "Farsi", rtl, U'۰'},
    Language{"fr", "Français", "French", ltr, U'0'},      Language{"gu", "ગુજરાતી", "Gujarati", ltr, U'0'},
    Language{"hi", "हिन्दी", "Hindi", ltr, U'0'},          Language{"it", "Italiano", "Italian", ltr, U'0'},
    Language{"pa", "ਪੰਜਾਬੀ", "Panjabi", ltr, U'0'},        Language{"pl", "Polski", "Polish", ltr, U'0'},
    Language{"pt", "Português", "Portuguese", ltr, U'0'}, Language{"ro", "Română", "Romanian", ltr, U'0'},
    Language{"so", "Soomaali", "Somali", ltr, U'0'},      Language{"ta", "தமிழ்", "Tamil", ltr, U'0'},
    Language{"tr", "Türkçe", "Turkish", ltr, U'0'},       Language{"ur", "اردو", "Urdu", rtl, U'0'},
    Language{"zh", "中文", "Chinese", ltr, U'0'},
};

// What readers call it, where there is an established name.
struct EasyName {
    std::string_view code, name;
};
constexpr std::array easy_names{EasyName{"en", "Easy Read"},         EasyName{"es", "Lectura fácil"},
                                EasyName{"fr", "Facile à lire"},     EasyName{"it", "Facile da leggere"},
                                EasyName{"pl", "Łatwy do czytania"}, EasyName{"pt", "Leitura fácil"}};

std::string easy_name_of(const Language& language) {
    const auto found = std::ranges::find(easy_names, language.code, &EasyName::code);
    return found == easy_names.end() ? std::string(language.own_name) + " (Easy Read)" : std::string(found->name);
}
}  // namespace

std::span<const Language> languages() {
    return all_languages;
}

const Language* find_language(std::string_view code) {
    const auto base_code = code.substr(0, code.find_first_of("-_"));
    const auto found = std::ranges::find(all_languages, base_code, &Language::code);
    return found == all_languages.end() ? nullptr : &*found;
}

bool is_easy_read(std::string_view code) {
    return code.ends_with("-simple");
}

// ISO 3166 leaves the regions XA to XZ to whoever wants them: here, languages made up for tests ("en-XA"), which have
// to be told from the one that they are made of.
std::string own_name_of(std::string_view code) {
    const auto* language = find_language(code);
    if (language == nullptr) {
        return std::string(code);
    }
    if (is_easy_read(code)) {
        return easy_name_of(*language);
    }
    const auto region = code.substr(std::min(code.size(), language->code.size() + 1));
    const bool made_up = region.size() == 2 && region.front() == 'X';
    return std::string(language->own_name) + (made_up ? " (" + std::string(region) + ")" : "");
}

TextDirection direction_of(std::string_view code) {
    const auto* language = find_language(code);
    return language == nullptr ? TextDirection::left_to_right : language->direction;
}

std::string format_number(std::string_view language, std::uint64_t number) {
    const auto* found = find_language(language);
    const char32_t zero = found == nullptr ? U'0' : found->zero;
    std::string result;
    for (const char digit : std::to_string(number)) {
        base::append_utf8(result, zero + static_cast<char32_t>(digit - '0'));
    }
    return result;
}

std::string isolated(std::string_view text) {
    return "\u2068" + std::string(text) + "\u2069";  // FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE
}

}  // namespace pillarbox::messages
