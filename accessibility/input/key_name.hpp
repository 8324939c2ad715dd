// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys of a hardware keyboard by name: "F13", "PageUp", "A". A key's code is its place on the keyboard, numbered as
// GLFW numbers it, so that a keypad that sends "1" is the same key whatever keyboard layout is in use.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pillarbox::input {

// One key going down, as the window system tells it. Volume keys have no code (-1), and are known by their scancode.
struct KeyPress {
    int code = 0;      // 0: not known
    int scancode = 0;  // of X11; 0: not known
    bool operator==(const KeyPress&) const = default;
};

[[nodiscard]] std::optional<int> code_of_key(std::string_view name);
[[nodiscard]] std::string name_of_key(int code);  // empty for a code without a name

// Whether the key writes something, so that it can be a command only where nobody writes.
[[nodiscard]] bool writes_text(int code);

}  // namespace pillarbox::input
