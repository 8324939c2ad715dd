// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exit_code.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using namespace pillarbox::base;

TEST_CASE("every kind of error has its exit code and a name") {
    const std::vector<std::pair<ErrorCode, int>> expected = {
        {ErrorCode::usage, 2},          {ErrorCode::malformed, 3}, {ErrorCode::unsupported, 3},
        {ErrorCode::limit_exceeded, 3}, {ErrorCode::not_found, 4}, {ErrorCode::already_exists, 4},
        {ErrorCode::input_output, 4},   {ErrorCode::no_space, 4},  {ErrorCode::damaged, 7},
        {ErrorCode::not_authentic, 5},  {ErrorCode::expired, 5},   {ErrorCode::outdated, 5},
        {ErrorCode::conflict, 5},       {ErrorCode::network, 6},   {ErrorCode::refused, 6},
        {ErrorCode::unavailable, 4},
    };
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto& [code, exit_code] = expected[i];
        CAPTURE(name_of(code));
        CHECK(static_cast<std::size_t>(code) == i);  // none is left out of this table
        CHECK(static_cast<int>(exit_code_of(code)) == exit_code);
        names.insert(name_of(code));
    }
    CHECK(names.size() == expected.size());
    CHECK(static_cast<int>(ExitCode::success) == 0);
    CHECK(static_cast<int>(ExitCode::internal) == 1);
}
