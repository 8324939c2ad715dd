// SPDX-License-Identifier: GPL-3.0-or-later
//
// How every program of the project ends: one exit code a kind of failure (docs/cli.md).
#pragma once

#include "core/base/error.hpp"

namespace pillarbox::base {

enum class ExitCode : int {
    success = 0,
    internal = 1,
    usage = 2,
    bad_input = 3,  // malformed, unsupported, limit_exceeded
    machine = 4,    // files, disk, devices: not_found, already_exists, input_output, no_space, unavailable
    trust = 5,      // not_authentic, expired, outdated, conflict
    network = 6,    // network, refused
    damaged = 7,    // our own stored data fails its check
};

[[nodiscard]] ExitCode exit_code_of(ErrorCode code);

// Prints "program: error text" to stderr and returns the exit code, for main().
[[nodiscard]] int report(std::string_view program, const Error& error);

}  // namespace pillarbox::base
