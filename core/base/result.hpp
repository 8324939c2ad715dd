// SPDX-License-Identifier: GPL-3.0-or-later
//
// Result<T>: a value or an Error. Every function that can fail on input returns one; nothing in the project throws.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "core/base/error.hpp"

namespace pillarbox::base {

// libstdc++ 12's std::expected is not [[nodiscard]]; this one is, so that a dropped error is a compiler warning.
template <typename T>
class [[nodiscard]] Result : public std::expected<T, Error> {
  public:
    using std::expected<T, Error>::expected;
};

// `return fail(ErrorCode::malformed, path, "The file is empty.", "Copy it again.");`
[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string where, std::string what,
                                                 std::string remedy = {}) {
    return std::unexpected(Error{code, std::move(where), std::move(what), std::move(remedy)});
}

}  // namespace pillarbox::base

// The value of a Result, or an early return of its error. One a statement: `const auto key = TRY(read_key(path));`
#define TRY(expression)                                             \
    __extension__({                                                 \
        auto try_result_ = (expression);                            \
        if (!try_result_.has_value()) [[unlikely]]                  \
            return std::unexpected(std::move(try_result_).error()); \
        *std::move(try_result_);                                    \
    })
