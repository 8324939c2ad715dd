// SPDX-License-Identifier: GPL-3.0-or-later
//
// What went wrong, where, and what to do about it: the one error type of the project.
//
// An Error is shown to people and written to logs, so it never holds answer text: `where` names a file, a sheet and
// cell, a table, an address; never a value that a respondent typed.
#pragma once

#include <string>
#include <string_view>

namespace pillarbox::base {

// The kinds of failure that a caller can act on differently. docs/cli.md maps them to exit codes.
enum class ErrorCode {
    usage,           // the command line or an argument is wrong
    malformed,       // outside bytes that don't follow their format
    unsupported,     // well-formed, but asks for something this version does not do
    limit_exceeded,  // larger or deeper than the stated cap
    not_found,       // a file, a record or a name is not there
    already_exists,  // would overwrite what must not be overwritten
    input_output,    // the operating system could not read or write
    no_space,        // disk or quota full
    damaged,         // our own stored data fails its check
    not_authentic,   // a signature, MAC or pinned key does not match
    expired,         // too old or past its date
    outdated,        // older than what is already held (a roll-back)
    conflict,        // states that exclude each other: a fork, a gap, a busy database
    network,         // no connection, or it was cut
    refused,         // the other side answered, and said no
    unavailable,     // a device, display, font or service of this machine is missing
};

[[nodiscard]] std::string_view name_of(ErrorCode code);

struct Error {
    ErrorCode code;
    std::string where;   // the file, cell, table or address; may be empty
    std::string what;    // one sentence: what happened
    std::string remedy;  // one sentence: what to do; may be empty

    // "where: what. remedy" on one line, for terminals and logs.
    [[nodiscard]] std::string describe() const;
};

}  // namespace pillarbox::base
