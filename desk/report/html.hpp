// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report as one HTML file: no script, nothing from elsewhere, a content security policy that allows its own style
// sheet only. Prints on A4 with page numbers and repeated table headers. Charts are SVG with title and description,
// each with its table beside it. Every figure carries its id in data-figure, so that it can be recomputed.
#pragma once

#include <string>
#include <string_view>

#include "desk/report/document.hpp"

namespace pillarbox::report {

[[nodiscard]] std::string html_of(const Document& document);

// Text for HTML and XML, in elements and in attributes. What XML has no place for becomes U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

// Parts of the page. `number` tells ids apart.
[[nodiscard]] std::string svg_of(const Chart& chart, int number);
[[nodiscard]] std::string svg_of(const TileMap& map, int number);

}  // namespace pillarbox::report
