// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.hpp"

namespace pillarbox::base {

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::usage:
            return "usage";
        case ErrorCode::malformed:
            return "malformed";
        case ErrorCode::unsupported:
            return "unsupported";
        case ErrorCode::limit_exceeded:
            return "limit exceeded";
        case ErrorCode::not_found:
            return "not found";
        case ErrorCode::already_exists:
            return "already exists";
        case ErrorCode::input_output:
            return "input/output";
        case ErrorCode::no_space:
            return "no space";
        case ErrorCode::damaged:
            return "damaged";
        case ErrorCode::not_authentic:
            return "not authentic";
        case ErrorCode::expired:
            return "expired";
        case ErrorCode::outdated:
            return "outdated";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::network:
            return "network";
        case ErrorCode::refused:
            return "refused";
        case ErrorCode::unavailable:
            return "unavailable";
    }
    return "unknown";
}

std::string Error::describe() const {
    std::string line = where.empty() ? what : where + ": " + what;
    if (!remedy.empty()) {
        const bool ended = !line.empty() && (line.back() == '.' || line.back() == '!' || line.back() == '?');
        line += (ended ? " " : ". ") + remedy;
    }
    return line;
}

}  // namespace pillarbox::base
