// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/regex.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_regex(base::ByteView input) {
    const std::string_view whole = base::text_of(input);
    const std::size_t end = std::min(whole.find('\n'), whole.size());
    const auto regex = form::Regex::compile(whole.substr(0, end));
    if (regex) {
        static_cast<void>(regex->search(whole.substr(end)));
    }
}
