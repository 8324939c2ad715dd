// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/input/key_bindings.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "core/base/file.hpp"
#include "core/base/utf8.hpp"

namespace pillarbox::input {
namespace {

using base::ErrorCode;
using base::Result;
using Json = nlohmann::json;

std::unexpected<base::Error> malformed(const std::string& where, std::string what, std::string remedy) {
    return base::fail(ErrorCode::malformed, where, std::move(what), std::move(remedy));
}

// nlohmann's parser keeps the last of two members with one name: a hand that writes a key twice must be told.
// Nesting is limited too, because a parsed value is taken apart by recursion.
class Reader {
  public:
    Json read(std::string_view text) {
        const auto watch = [this](int depth, Json::parse_event_t event, Json& parsed) {
            return follow(depth, event, parsed);
        };
        Json json = Json::parse(text, watch, /*allow_exceptions=*/false);
        return sound_ ? json : Json(Json::value_t::discarded);
    }

  private:
    bool follow(int depth, Json::parse_event_t event, const Json& parsed) {
        constexpr int depth_max = 4;
        sound_ = sound_ && depth < depth_max;
        if (event == Json::parse_event_t::object_start) {
            names_.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            names_.pop_back();
        } else if (event == Json::parse_event_t::key) {
            auto& names = names_.back();
            const auto& name = parsed.get_ref<const std::string&>();
            sound_ = sound_ && std::ranges::find(names, name) == names.end();
            names.push_back(name);
        }
        return sound_;
    }

    std::vector<std::vector<std::string>> names_;
    bool sound_ = true;
};

Result<void> check_members(const Json& object, std::span<const std::string_view> known, const std::string& where) {
    if (!object.is_object()) {
        return malformed(where, "It is not an object.", R"(Write it in braces: {"key": "F13", "command": "next"}.)");
    }
    for (const auto& [name, value] : object.items()) {
        if (std::ranges::find(known, name) == known.end()) {
            return malformed(where, "\"" + name + "\" is not known here.", "Take it out, or correct its spelling.");
        }
    }
    return {};
}

Result<KeyPress> read_key(const Json& binding, const std::string& where) {
    if (binding.contains("key") == binding.contains("scancode")) {
        return malformed(where, "It needs a key or a scancode, and not both.",
                         R"(Write "key": "F13", or "scancode": 123 for a key that has no name.)");
    }
    if (binding.contains("scancode")) {
        const Json& number = binding.at("scancode");
        if (!number.is_number_unsigned() || number.get<std::uint64_t>() < KeyBindings::scancode_min ||
            number.get<std::uint64_t>() > KeyBindings::scancode_max) {
            return malformed(where, "The scancode is not a number from 8 to 255.",
                             "Find it with xev: it stands behind \"keycode\".");
        }
        return KeyPress{.scancode = number.get<int>()};
    }
    const Json& name = binding.at("key");
    const auto code = name.is_string() ? code_of_key(name.get_ref<const std::string&>()) : std::nullopt;
    if (!code.has_value()) {
        return malformed(where, "No key has that name.", "The names stand in docs/guides/keypads.md.");
    }
    return KeyPress{.code = *code};
}

Result<KeyBinding> read_binding(const Json& json, const std::string& where) {
    static constexpr std::array<std::string_view, 4> known{"key", "scancode", "command", "comment"};
    TRY(check_members(json, known, where));
    KeyBinding binding;
    binding.key = TRY(read_key(json, where));
    const auto command = json.find("command");
    const auto known_command = command != json.end() && command->is_string()
                                   ? command_named(command->get_ref<const std::string&>())
                                   : std::nullopt;
    if (!known_command.has_value()) {
        return malformed(where, "It has no command, or one that the kiosk does not know.",
                         "The commands stand in docs/guides/keypads.md.");
    }
    binding.command = *known_command;
    return binding;
}

}  // namespace

Result<KeyBindings> KeyBindings::parse(std::string_view json, const std::string& where) {
    if (json.size() > file_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, where, "The file is longer than 16 KiB.",
                          "A keypad needs far less: take out what does not belong there.");
    }
    const Json root = Reader().read(json);
    if (root.is_discarded()) {
        return malformed(where, "It is not JSON, is nested too deep, or names a member twice.",
                         "Compare it with assets/keys/keyboard.json.");
    }
    static constexpr std::array<std::string_view, 3> known{"comment", "name", "keys"};
    TRY(check_members(root, known, where));
    KeyBindings made;
    const auto name = root.find("name");
    if (name == root.end() || !name->is_string() || name->get_ref<const std::string&>().empty() ||
        name->get_ref<const std::string&>().size() > name_bytes_max) {
        return malformed(where, "It has no name, or one of more than 100 bytes.", R"(Write "name": "Our keypad".)");
    }
    made.name_ = name->get<std::string>();
    const auto keys = root.find("keys");
    if (keys == root.end() || !keys->is_array()) {
        return malformed(where, "It has no list of keys.", R"(Write "keys": [{"key": "F13", "command": "next"}].)");
    }
    if (keys->size() > bindings_max) {
        return base::fail(ErrorCode::limit_exceeded, where, "It binds more than 128 keys.", "Bind fewer keys.");
    }
    for (const Json& entry : *keys) {
        const std::string place = where + ", key " + std::to_string(made.bindings_.size() + 1);
        const KeyBinding binding = TRY(read_binding(entry, place));
        if (std::ranges::find(made.bindings_, binding.key, &KeyBinding::key) != made.bindings_.end()) {
            return malformed(place, "The same key is bound above.", "One key has one command: take one of them out.");
        }
        made.bindings_.push_back(binding);
    }
    return made;
}

Result<KeyBindings> KeyBindings::load(const std::filesystem::path& file) {
    const base::Bytes bytes = TRY(base::read_file(file, file_size_bytes_max));
    return parse(base::text_of(bytes), file.string());
}

std::optional<Command> KeyBindings::command_of(const KeyPress& press) const {
    const auto found = std::ranges::find_if(bindings_, [&press](const KeyBinding& binding) {
        const KeyPress& key = binding.key;
        return (key.code > 0 && key.code == press.code) || (key.scancode > 0 && key.scancode == press.scancode);
    });
    return found == bindings_.end() ? std::nullopt : std::optional(found->command);
}

std::optional<KeyPress> KeyBindings::key_of(Command command) const {
    const auto found = std::ranges::find(bindings_, command, &KeyBinding::command);
    return found == bindings_.end() ? std::nullopt : std::optional(found->key);
}

}  // namespace pillarbox::input
