// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/exit_code.hpp"

#include <cstdio>

namespace pillarbox::base {

ExitCode exit_code_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::usage:
            return ExitCode::usage;
        case ErrorCode::malformed:
        case ErrorCode::unsupported:
        case ErrorCode::limit_exceeded:
            return ExitCode::bad_input;
        case ErrorCode::not_found:
        case ErrorCode::already_exists:
        case ErrorCode::input_output:
        case ErrorCode::no_space:
        case ErrorCode::unavailable:
            return ExitCode::machine;
        case ErrorCode::not_authentic:
        case ErrorCode::expired:
        case ErrorCode::outdated:
        case ErrorCode::conflict:
            return ExitCode::trust;
        case ErrorCode::network:
        case ErrorCode::refused:
            return ExitCode::network;
        case ErrorCode::damaged:
            return ExitCode::damaged;
    }
    return ExitCode::internal;
}

int report(std::string_view program, const Error& error) {
    std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(program.size()), program.data(), error.describe().c_str());
    return static_cast<int>(exit_code_of(error.code));
}

}  // namespace pillarbox::base
