// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/problem.hpp"

#include <algorithm>
#include <array>

#include "core/base/result.hpp"
#include "core/cbor/cbor.hpp"

namespace pillarbox::protocol {
namespace {

constexpr std::size_t sentence_size_bytes_max = 512;

constexpr std::array all_codes = {
    ProblemCode::malformed,          ProblemCode::not_authentic,    ProblemCode::token_unknown,
    ProblemCode::token_used,         ProblemCode::kiosk_unknown,    ProblemCode::path_unknown,
    ProblemCode::method_not_allowed, ProblemCode::already_enrolled, ProblemCode::too_large,
    ProblemCode::unavailable,
};

base::Result<Problem> read_problem(base::ByteView body) {
    cbor::Reader reader(body);
    TRY(reader.array_of(2));
    const std::string_view name = TRY(reader.text(64));
    const std::string_view sentence = TRY(reader.text(sentence_size_bytes_max));
    TRY(reader.end());
    const auto is_control = [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F'; };
    if (std::ranges::any_of(sentence, is_control)) {
        return base::fail(base::ErrorCode::malformed, {}, "The sentence has a control character.");
    }
    for (const ProblemCode code : all_codes) {
        if (name_of(code) == name) {
            return Problem{code, std::string(sentence)};
        }
    }
    return base::fail(base::ErrorCode::malformed, {}, "Unknown problem code.");
}

}  // namespace

unsigned status_of(ProblemCode code) {
    switch (code) {
        case ProblemCode::malformed:
            return 400;
        case ProblemCode::not_authentic:
        case ProblemCode::token_unknown:
        case ProblemCode::token_used:
            return 403;
        case ProblemCode::kiosk_unknown:
        case ProblemCode::path_unknown:
            return 404;
        case ProblemCode::method_not_allowed:
            return 405;
        case ProblemCode::already_enrolled:
            return 409;
        case ProblemCode::too_large:
            return 413;
        case ProblemCode::unavailable:
            return 503;
    }
    return 500;
}

std::string_view name_of(ProblemCode code) {
    switch (code) {
        case ProblemCode::malformed:
            return "malformed";
        case ProblemCode::not_authentic:
            return "not_authentic";
        case ProblemCode::token_unknown:
            return "token_unknown";
        case ProblemCode::token_used:
            return "token_used";
        case ProblemCode::kiosk_unknown:
            return "kiosk_unknown";
        case ProblemCode::path_unknown:
            return "path_unknown";
        case ProblemCode::method_not_allowed:
            return "method_not_allowed";
        case ProblemCode::already_enrolled:
            return "already_enrolled";
        case ProblemCode::too_large:
            return "too_large";
        case ProblemCode::unavailable:
            return "unavailable";
    }
    return "unknown";
}

base::Bytes make_problem(const Problem& problem) {
    cbor::Writer writer;
    writer.array(2).text(name_of(problem.code)).text(problem.sentence);
    return writer.take();
}

std::optional<Problem> parse_problem(base::ByteView body) {
    auto problem = read_problem(body);
    return problem.has_value() ? std::optional(std::move(*problem)) : std::nullopt;
}

}  // namespace pillarbox::protocol
