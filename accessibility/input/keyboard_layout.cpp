// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/keyboard_layout.hpp"

#include <xkbcommon/xkbcommon.h>

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

#include "accessibility/input/key_arrangement.hpp"
#include "accessibility/input/key_symbol.hpp"

namespace pillarbox::input {
namespace {
struct UnrefContext {
    void operator()(xkb_context* context) const { xkb_context_unref(context); }
};
struct UnrefKeymap {
    void operator()(xkb_keymap* keymap) const { xkb_keymap_unref(keymap); }
};
using ContextHandle = std::unique_ptr<xkb_context, UnrefContext>;
using KeymapHandle = std::unique_ptr<xkb_keymap, UnrefKeymap>;

// XKB's names for the places of a PC keyboard: row E is the digits, B the lowest. LSGT is the key beside the left
// Shift.
constexpr const char* digit_row[] = {"TLDE", "AE01", "AE02", "AE03", "AE04", "AE05", "AE06",
                                     "AE07", "AE08", "AE09", "AE10", "AE11", "AE12"};
constexpr const char* upper_row[] = {"AD01", "AD02", "AD03", "AD04", "AD05", "AD06",
                                     "AD07", "AD08", "AD09", "AD10", "AD11", "AD12"};
constexpr const char* middle_row[] = {"AC01", "AC02", "AC03", "AC04", "AC05", "AC06",
                                      "AC07", "AC08", "AC09", "AC10", "AC11", "BKSL"};
constexpr const char* lower_row[] = {"LSGT", "AB01", "AB02", "AB03", "AB04", "AB05",
                                     "AB06", "AB07", "AB08", "AB09", "AB10"};

struct LayoutName {
    std::string layout;
    std::string variant;
};

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
    });
}

base::Result<LayoutName> parse_name(std::string_view name) {
    const auto open = name.find('(');
    LayoutName result{std::string(name.substr(0, open)), {}};
    const bool has_variant = open != std::string_view::npos && name.ends_with(')');
    if (has_variant) {
        result.variant = name.substr(open + 1, name.size() - open - 2);
    }
    const bool good_variant = open == std::string_view::npos || (has_variant && is_name(result.variant));
    if (!is_name(result.layout) || !good_variant) {
        return base::fail(base::ErrorCode::malformed, "keyboard layout " + std::string(name),
                          "The name is not of the form layout(variant).",
                          "Take a name from xkb-data, such as gb or in(guj).");
    }
    return result;
}

// Empty where the level has no character: function keys, and dead keys, which would need a second tap that nobody
// expects here.
KeySymbol symbol_at(xkb_keymap* keymap, xkb_keycode_t code, std::size_t level) {
    const xkb_keysym_t* symbols = nullptr;
    const int count =
        xkb_keymap_key_get_syms_by_level(keymap, code, 0, static_cast<xkb_level_index_t>(level), &symbols);
    return count == 1 ? symbol_of(xkb_keysym_to_utf32(symbols[0])) : KeySymbol{};
}

XkbLevels levels_at(xkb_keymap* keymap, xkb_keycode_t code) {
    XkbLevels levels;
    for (std::size_t level = 0; level < levels.size(); ++level) {
        levels.at(level) = symbol_at(keymap, code, level);
    }
    return levels;
}

// Answers hold more questions than slashes.
XkbLevels easily_asked(XkbLevels levels) {
    if (levels[0].text == "/" && (levels[1].text == "?" || levels[1].text == "؟")) {
        std::swap(levels[0], levels[1]);
    }
    return levels;
}

// By the letter where English has Q.
Script script_of(xkb_keymap* keymap) {
    const auto code = xkb_keymap_key_by_name(keymap, "AD01");
    const auto letter = first_character(levels_at(keymap, code).front().text);
    return is_latin_letter(letter) ? Script::latin : Script::other;
}

KeyRow read_row(xkb_keymap* keymap, std::span<const char* const> places) {
    const Script script = script_of(keymap);
    KeyRow row;
    for (const char* place : places) {
        const auto code = xkb_keymap_key_by_name(keymap, place);
        if (code == XKB_KEYCODE_INVALID) {
            continue;
        }
        const XkbLevels levels = easily_asked(levels_at(keymap, code));
        if (!is_worth_its_room(place, levels, script)) {
            continue;
        }
        Key key;
        key.id = place;
        for (const auto level : {KeyLevel::base, KeyLevel::shift}) {
            key.levels.at(static_cast<std::size_t>(level)) = levels.at(static_cast<std::size_t>(level));
            key.variants.at(static_cast<std::size_t>(level)) = variants_of(levels, level);
        }
        const auto [base, shift] = key.levels;
        const auto shifted = class_of(first_character(shift.text));
        const bool is_letter = shifted == CharacterClass::letter || shifted == CharacterClass::mark;
        if (is_letter && shift.text != base.text && !has_case(first_character(shift.text))) {
            key.corner = shift.label;
        }
        row.push_back(std::move(key));
    }
    return row;
}

base::Result<KeymapHandle> load_keymap(const LayoutName& name, std::string_view shown) {
    // The environment of the process (XKB_DEFAULT_LAYOUT) and the user's own layouts have no say.
    const ContextHandle context(xkb_context_new(
        static_cast<xkb_context_flags>(XKB_CONTEXT_NO_ENVIRONMENT_NAMES | XKB_CONTEXT_NO_DEFAULT_INCLUDES)));
    if (context) {
        xkb_context_set_log_level(context.get(), XKB_LOG_LEVEL_CRITICAL);
    }
    if (!context || xkb_context_include_path_append(context.get(), "/usr/share/X11/xkb") == 0) {
        return base::fail(base::ErrorCode::unavailable, "/usr/share/X11/xkb", "Keyboard layouts are not installed.",
                          "Install the Debian package xkb-data.");
    }
    const xkb_rule_names names{"evdev", "pc105", name.layout.c_str(), name.variant.c_str(), ""};
    KeymapHandle keymap(xkb_keymap_new_from_names(context.get(), &names, XKB_KEYMAP_COMPILE_NO_FLAGS));
    if (!keymap) {
        return base::fail(base::ErrorCode::unavailable, "keyboard layout " + std::string(shown),
                          "There is no such keyboard layout.", "Choose one that xkb-data has.");
    }
    return keymap;
}
}  // namespace

base::Result<KeyboardLayout> KeyboardLayout::load(std::string_view name) {
    const auto parsed = TRY(parse_name(name));
    const auto keymap = TRY(load_keymap(parsed, name));
    KeyboardLayout layout;
    layout.name = name;
    layout.rows.push_back(read_row(keymap.get(), digit_row));
    layout.rows.push_back(read_row(keymap.get(), upper_row));
    layout.rows.push_back(read_row(keymap.get(), middle_row));
    layout.rows.push_back(read_row(keymap.get(), lower_row));
    arrange_digits(name, layout.rows.front());
    layout.symbols = symbol_rows(name);
    layout.label = label_of(name);
    // Nastaliq hangs its letters so far below each other that they would leave the key.
    layout.letter_forms = name == "pk" ? "fa" : "";
    layout.letters_label = letters_label_of(name);
    layout.variants_label = variants_label_of(name);
    return layout;
}

}  // namespace pillarbox::input
