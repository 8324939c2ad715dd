// SPDX-License-Identifier: GPL-3.0-or-later
//
// The coding of responses as a JSON file: themes, tags, chosen quotations, findings and recommendations, for reports
// made without the desk's workspace. docs/formats/report.md.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "desk/report/evidence.hpp"

namespace pillarbox::report {

// malformed where it does not follow the format; `where` stands in the message.
[[nodiscard]] base::Result<Coding> read_coding(std::string_view json, std::string_view where);

}  // namespace pillarbox::report
