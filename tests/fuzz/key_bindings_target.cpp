// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "accessibility/input/key_bindings.hpp"
#include "core/base/check.hpp"
#include "targets.hpp"

namespace pillarbox::fuzz {

void fuzz_key_bindings(base::ByteView input) {
    const auto parsed = input::KeyBindings::parse(base::text_of(input), "fuzz");
    if (!parsed) {
        return;
    }
    std::string keys;
    for (const auto& binding : parsed->bindings()) {
        PILLARBOX_CHECK(parsed->command_of(binding.key) == binding.command);
        const auto key = binding.key.code > 0 ? fmt::format(R"("key": "{}")", input::name_of_key(binding.key.code))
                                              : fmt::format(R"("scancode": {})", binding.key.scancode);
        keys += fmt::format(R"({}{{{}, "command": "{}"}})", keys.empty() ? "" : ",", key, name_of(binding.command));
    }
    const auto again = input::KeyBindings::parse(R"({"name": "again", "keys": [)" + keys + "]}", "fuzz");
    PILLARBOX_CHECK(again && again->bindings() == parsed->bindings());
}

}  // namespace pillarbox::fuzz
