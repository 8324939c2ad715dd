// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/key_name.hpp"

#include <algorithm>
#include <array>

namespace pillarbox::input {
namespace {

constexpr int first_function_key = 290;
constexpr int function_keys = 25;
constexpr int first_keypad_figure = 320;
constexpr int printable_end = 163;  // letters, figures, signs, and the two keys that only some keyboards have

struct NamedKey {
    std::string_view name;
    int code;
};
constexpr std::array named_keys{
    NamedKey{"Space", 32},
    NamedKey{"Apostrophe", 39},
    NamedKey{"Comma", 44},
    NamedKey{"Minus", 45},
    NamedKey{"Period", 46},
    NamedKey{"Slash", 47},
    NamedKey{"Semicolon", 59},
    NamedKey{"Equal", 61},
    NamedKey{"LeftBracket", 91},
    NamedKey{"Backslash", 92},
    NamedKey{"RightBracket", 93},
    NamedKey{"GraveAccent", 96},
    NamedKey{"Escape", 256},
    NamedKey{"Enter", 257},
    NamedKey{"Tab", 258},
    NamedKey{"Backspace", 259},
    NamedKey{"Insert", 260},
    NamedKey{"Delete", 261},
    NamedKey{"Right", 262},
    NamedKey{"Left", 263},
    NamedKey{"Down", 264},
    NamedKey{"Up", 265},
    NamedKey{"PageUp", 266},
    NamedKey{"PageDown", 267},
    NamedKey{"Home", 268},
    NamedKey{"End", 269},
    NamedKey{"PrintScreen", 283},
    NamedKey{"Pause", 284},
    NamedKey{"KeypadDecimal", 330},
    NamedKey{"KeypadDivide", 331},
    NamedKey{"KeypadMultiply", 332},
    NamedKey{"KeypadSubtract", 333},
    NamedKey{"KeypadAdd", 334},
    NamedKey{"KeypadEnter", 335},
    NamedKey{"KeypadEqual", 336},
    NamedKey{"Menu", 348},
};

bool is_letter_or_figure(int code) {
    return (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9');
}

// "13" of "F13"; nothing where it is no number from `least` to `most`, or is written in another way.
std::optional<int> number_after(std::string_view name, std::string_view prefix, int least, int most) {
    for (int number = least; number <= most; ++number) {
        if (name == std::string(prefix) + std::to_string(number)) {
            return number;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<int> code_of_key(std::string_view name) {
    if (name.size() == 1 && is_letter_or_figure(name[0])) {
        return name[0];
    }
    if (const auto number = number_after(name, "F", 1, function_keys)) {
        return first_function_key + *number - 1;
    }
    if (const auto figure = number_after(name, "Keypad", 0, 9)) {
        return first_keypad_figure + *figure;
    }
    const auto* found = std::ranges::find(named_keys, name, &NamedKey::name);
    return found == named_keys.end() ? std::nullopt : std::optional(found->code);
}

std::string name_of_key(int code) {
    if (is_letter_or_figure(code)) {
        return {static_cast<char>(code)};
    }
    if (code >= first_function_key && code < first_function_key + function_keys) {
        return "F" + std::to_string(code - first_function_key + 1);
    }
    if (code >= first_keypad_figure && code < first_keypad_figure + 10) {
        return "Keypad" + std::to_string(code - first_keypad_figure);
    }
    const auto* found = std::ranges::find(named_keys, code, &NamedKey::code);
    return found == named_keys.end() ? std::string() : std::string(found->name);
}

bool writes_text(int code) {
    constexpr int keypad_enter = 335;
    constexpr int keypad_last = 336;
    return (code > 0 && code < printable_end) ||
           (code >= first_keypad_figure && code <= keypad_last && code != keypad_enter);
}

}  // namespace pillarbox::input
