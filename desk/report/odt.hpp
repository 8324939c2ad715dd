// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report as an OpenDocument text (ISO/IEC 26300, version 1.3): named styles for every part, so that the officer's
// own words look like the rest, headings for the navigator, tables with repeated header rows. Charts are left out:
// their tables hold the same. The same document gives the same bytes.
#pragma once

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "desk/report/document.hpp"

namespace pillarbox::report {

[[nodiscard]] base::Result<base::Bytes> odt_of(const Document& document);

}  // namespace pillarbox::report
