// SPDX-License-Identifier: GPL-3.0-or-later
//
// Formatted text to stdout and stderr. Unlike fmt::print these never throw: run() looks at stdout once, at the end.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace pillarbox::cli {

template <typename... Arguments>
void say(fmt::format_string<Arguments...> pattern, Arguments&&... arguments) {
    const std::string text = fmt::format(pattern, std::forward<Arguments>(arguments)...);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

template <typename... Arguments>
void say_error(fmt::format_string<Arguments...> pattern, Arguments&&... arguments) {
    const std::string text = fmt::format(pattern, std::forward<Arguments>(arguments)...);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace pillarbox::cli
