// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which key means which command, as a file says (assets/keys, docs/guides/keypads.md): assistive keypads send codes
// that their owner can change, so the codes are data. A key that no binding names keeps its own meaning.
//
//     {"name": "A keypad",
//      "keys": [{"key": "F13", "command": "next"}, {"scancode": 123, "command": "louder"}]}
//
// Immutable.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/input/command.hpp"
#include "accessibility/input/key_name.hpp"
#include "core/base/result.hpp"

namespace pillarbox::input {

struct KeyBinding {
    KeyPress key;  // either its code or its scancode
    Command command{};
    bool operator==(const KeyBinding&) const = default;
};

class KeyBindings {
  public:
    static constexpr std::size_t file_size_bytes_max = std::size_t{16} << 10U;
    static constexpr std::size_t bindings_max = 128;
    static constexpr std::size_t name_bytes_max = 100;
    static constexpr int scancode_min = 8;  // of X11
    static constexpr int scancode_max = 255;

    KeyBindings() = default;  // no key is bound

    // `limit_exceeded` where the file is too long or binds too many keys; `malformed`, with the place, where it is
    // not of the form above, names an unknown key or command, or binds a key twice.
    [[nodiscard]] static base::Result<KeyBindings> parse(std::string_view json, const std::string& where);
    // The same for a file.
    [[nodiscard]] static base::Result<KeyBindings> load(const std::filesystem::path& file);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::vector<KeyBinding>& bindings() const { return bindings_; }
    [[nodiscard]] std::optional<Command> command_of(const KeyPress& press) const;
    // The first key that means it; for tests and help pages.
    [[nodiscard]] std::optional<KeyPress> key_of(Command command) const;

  private:
    std::string name_;
    std::vector<KeyBinding> bindings_;
};

}  // namespace pillarbox::input
