// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the store says no: an HTTP status and the body CBOR `[code, sentence]`. The code is for programs and never
// changes its meaning; the sentence is for staff. The one exception is a fork or a gap: 409 with the signed head as
// its body, because a kiosk acts on it and so must be able to verify it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"

namespace pillarbox::protocol {

enum class ProblemCode {
    malformed,           // 400: the body does not follow its format
    not_authentic,       // 403: a signature does not verify
    token_unknown,       // 403: no such enrolment token
    token_used,          // 403: the token has enrolled another kiosk
    kiosk_unknown,       // 404
    path_unknown,        // 404
    method_not_allowed,  // 405
    already_enrolled,    // 409: this device key has a log already
    too_large,           // 413
    unavailable,         // 503: the store cannot write now; the kiosk keeps everything and tries later
};

struct Problem {
    ProblemCode code;
    std::string sentence;
};

[[nodiscard]] unsigned status_of(ProblemCode code);
[[nodiscard]] std::string_view name_of(ProblemCode code);
[[nodiscard]] base::Bytes make_problem(const Problem& problem);
// nullopt for any other body, an answer that is not the store's, and for a sentence with control characters, which
// would move the cursor of a terminal.
[[nodiscard]] std::optional<Problem> parse_problem(base::ByteView body);

}  // namespace pillarbox::protocol
