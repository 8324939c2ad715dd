// SPDX-License-Identifier: GPL-3.0-or-later
//
// What officers may look for among synthetic responses: words that many or few wrote, words not yet typed to their
// end, phrases, single signs of scripts without spaces, filters, later pages. In English, Bengali, Arabic and Chinese
// in turn, drawn by seed from what the respondents write (tests/responses).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "desk/workspace/responses.hpp"

namespace pillarbox::bench {

struct Query {
    std::string_view shape;  // what is special about it: "start of a word"
    workspace::Filter filter;
    std::uint64_t offset = 0;
};

[[nodiscard]] std::vector<Query> draw_queries(std::uint64_t seed, std::size_t count);

}  // namespace pillarbox::bench
