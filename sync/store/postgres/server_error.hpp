// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server's SQLSTATE as an error of ours.
#pragma once

#include <string_view>

#include "core/base/error.hpp"

namespace pillarbox::postgres_storage {

struct Meaning {
    base::ErrorCode code;
    std::string_view what;
    std::string_view remedy;
    enum class Connection { goes_on, is_useless } connection = Connection::goes_on;
    enum class Detail { may_be_told, may_quote_values } detail = Detail::may_be_told;
};

// `sqlstate`: five characters, PostgreSQL's appendix A.
[[nodiscard]] Meaning meaning_of(std::string_view sqlstate);

}  // namespace pillarbox::postgres_storage
