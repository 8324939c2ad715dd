// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "accessibility/input/key_bindings.hpp"

using namespace pillarbox;
using namespace pillarbox::input;

namespace {

std::filesystem::path keys_folder() {
    return std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets/keys";
}

std::string with_keys(const std::string& keys) {
    return R"({"name": "Test", "keys": [)" + keys + "]}";
}

}  // namespace

TEST_CASE("every command and every named key is found by the name that it is written with") {
    for (const Command command : all_commands) {
        CHECK(command_named(name_of(command)) == command);
    }
    CHECK(std::set<Command>(all_commands.begin(), all_commands.end()).size() == all_commands.size());
    int named = 0;
    for (int code = 0; code < 400; ++code) {
        if (const auto name = name_of_key(code); !name.empty()) {
            CHECK(code_of_key(name) == code);
            ++named;
        }
    }
    CHECK(named == 36 + 25 + 10 + 36);
    CHECK(code_of_key("F13") == 302);
    CHECK(code_of_key("F24") == 313);
    for (const auto* name : {"", "f13", "F0", "F013", "F26", "Keypad10", "ä", "Keypad"}) {
        CHECK_FALSE(code_of_key(name));
    }
    CHECK(writes_text(*code_of_key("Comma")));
    CHECK(writes_text(*code_of_key("Keypad1")));
    CHECK_FALSE(writes_text(*code_of_key("F13")));
    CHECK_FALSE(writes_text(*code_of_key("KeypadEnter")));
    CHECK_FALSE(writes_text(-1));
}

TEST_CASE("the keys that are shipped reach every control and the voice and both switches") {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(keys_folder())) {
        INFO(entry.path());
        const auto bindings = KeyBindings::load(entry.path());
        if (!bindings.has_value()) {
            FAIL(bindings.error().describe());
        }
        names.insert(bindings->name());
        for (const Command command : {Command::help, Command::activate, Command::repeat, Command::volume_cycle,
                                      Command::speech, Command::blank, Command::switch_1, Command::switch_2}) {
            INFO(name_of(command));
            CHECK(bindings->key_of(command));
        }
        CHECK(bindings->command_of({.code = -1, .scancode = 122}) == Command::quieter);
        CHECK(bindings->command_of({.code = -1, .scancode = 123}) == Command::louder);
    }
    CHECK(names.size() == 3);
}

TEST_CASE("a key is known by its code or by its scancode and any other keeps its own meaning") {
    const auto bindings = KeyBindings::parse(
        with_keys(R"({"key": "F13", "command": "next"}, {"scancode": 121, "command": "speech"})"), "test");
    REQUIRE(bindings.has_value());
    CHECK(bindings->command_of({.code = 302, .scancode = 191}) == Command::next);
    CHECK(bindings->command_of({.code = -1, .scancode = 121}) == Command::speech);
    CHECK_FALSE(bindings->command_of({.code = 303, .scancode = 192}));
    CHECK_FALSE(bindings->command_of({}));
    CHECK_FALSE(KeyBindings().command_of({.code = 302}));
}

TEST_CASE("what is wrong with a file of keys is told with its place") {
    struct Wrong {
        std::string json, where, what;
    };
    const auto wrong = GENERATE_COPY(values<Wrong>({
        {"", "test", "It is not JSON"},
        {"[]", "test", "not an object"},
        {R"({"name": "T", "keys": [], "colour": 1})", "test", "\"colour\""},
        {R"({"keys": []})", "test", "no name"},
        {R"({"name": "", "keys": []})", "test", "no name"},
        {R"({"name": ")" + std::string(101, 'n') + R"(", "keys": []})", "test", "no name"},
        {R"({"name": "T"})", "test", "no list"},
        {R"({"name": "T", "keys": {}})", "test", "no list"},
        {R"({"name": "T", "name": "U", "keys": []})", "test", "names a member twice"},
        {R"({"name": "T", "keys": [[[[[[]]]]]]})", "test", "nested too deep"},
        {with_keys("17"), "test, key 1", "not an object"},
        {with_keys(R"({"command": "next"})"), "test, key 1", "needs a key or a scancode"},
        {with_keys(R"({"key": "F13", "scancode": 20, "command": "next"})"), "test, key 1", "and not both"},
        {with_keys(R"({"key": "F99", "command": "next"})"), "test, key 1", "No key has that name"},
        {with_keys(R"({"key": 302, "command": "next"})"), "test, key 1", "No key has that name"},
        {with_keys(R"({"scancode": 7, "command": "next"})"), "test, key 1", "8 to 255"},
        {with_keys(R"({"scancode": -121, "command": "next"})"), "test, key 1", "8 to 255"},
        {with_keys(R"({"scancode": 18446744073709551615, "command": "next"})"), "test, key 1", "8 to 255"},
        {with_keys(R"({"scancode": "121", "command": "next"})"), "test, key 1", "8 to 255"},
        {with_keys(R"({"key": "F13"})"), "test, key 1", "no command"},
        {with_keys(R"({"key": "F13", "command": "explode"})"), "test, key 1", "does not know"},
        {with_keys(R"({"key": "F13", "key": "F14", "command": "next"})"), "test", "names a member twice"},
        {with_keys(R"({"key": "F13", "command": "next"}, {"key": "F13", "command": "help"})"), "test, key 2",
         "bound above"},
    }));
    INFO(wrong.json);
    const auto parsed = KeyBindings::parse(wrong.json, "test");
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().code == base::ErrorCode::malformed);
    CHECK(parsed.error().where == wrong.where);
    CHECK_THAT(parsed.error().what, Catch::Contains(wrong.what));
    CHECK_FALSE(parsed.error().remedy.empty());
}

TEST_CASE("a file of keys that is too long or binds too many is refused before it is used") {
    const auto padded = std::string(KeyBindings::file_size_bytes_max, ' ') + with_keys("");
    CHECK(KeyBindings::parse(padded, "test").error().code == base::ErrorCode::limit_exceeded);
    std::string keys;
    for (std::size_t count = 0; count <= KeyBindings::bindings_max; ++count) {
        keys += std::string(count == 0 ? "" : ",") + R"({"key": "F13", "command": "next"})";
    }
    CHECK(KeyBindings::parse(with_keys(keys), "test").error().code == base::ErrorCode::limit_exceeded);
    CHECK(KeyBindings::load(keys_folder() / "none.json").error().code == base::ErrorCode::not_found);
}
