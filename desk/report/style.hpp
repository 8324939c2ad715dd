// SPDX-License-Identifier: GPL-3.0-or-later
//
// The style sheet of a report, on screens down to 320 px and on paper.
#pragma once

#include <string_view>

namespace pillarbox::report {

inline constexpr std::string_view style_sheet = R"(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 1.5rem 1.25rem 4rem; background: #fff; color: #0b0c0c;
  font: 1.0625rem/1.55 "Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Bengali", "Noto Sans CJK SC", sans-serif; }
header { border-bottom: 6px solid #1d5fa5; margin-bottom: 1.5rem; padding-bottom: 1rem; }
header p { margin: .2rem 0; }
.author { font-weight: 600; }
.subtitle { font-size: 1.3rem; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
h1 { font-size: 2rem; margin: .6rem 0; }
h2 { font-size: 1.5rem; margin: 2.4rem 0 .8rem; border-bottom: 2px solid #c7d3df; padding-bottom: .3rem; }
h3 { font-size: 1.15rem; margin: 1.8rem 0 .6rem; }
p, li { overflow-wrap: anywhere; }
.notice { border-left: 8px solid #1d5fa5; background: #eef4fa; padding: .8rem 1rem; margin: 1.2rem 0; font-weight: 600; }
.room { border: 2px dashed #5c6b7a; min-height: 7rem; padding: .6rem .8rem; margin: 1rem 0; color: #44525f; }
blockquote { margin: 1.2rem 0; padding: .2rem 0 .2rem 1.1rem; border-left: 4px solid #5c6b7a; }
blockquote p { margin: 0; white-space: pre-line; }
blockquote footer { margin-top: .4rem; color: #44525f; }
.chart { display: block; max-width: 100%; height: auto; margin: .8rem 0; font-family: inherit; }
.wide { overflow-x: auto; margin: .8rem 0 1.6rem; }
.wide:focus { outline: 3px solid #1d5fa5; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid #c7d3df; vertical-align: top; text-align: left; }
thead th { border-bottom: 2px solid #5c6b7a; vertical-align: bottom; }
td, thead th + th { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 400; }
table.many { font-size: .8rem; }
table.many thead th { overflow-wrap: break-word; hyphens: auto; }
table.many tbody th { width: 22%; }
.break { break-before: page; }
@page { size: A4; margin: 18mm 17mm 20mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 9pt "Inter", "Noto Sans", sans-serif; }
  @bottom-left { content: "Not a representative sample"; font: 9pt "Inter", "Noto Sans", sans-serif; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .wide { overflow: visible; }
  table { font-size: 9.5pt; }
  table.many { font-size: 7.5pt; }
  table.many th, table.many td { padding: .2rem .25rem; }
  thead { display: table-header-group; }
  p, tr, blockquote, .notice, .room, .chart, .wide:not(.long) { break-inside: avoid; }
  h2, h3, h2 + p, h3 + p, caption { break-after: avoid; }
  .room { min-height: 40mm; }
}
)";

}  // namespace pillarbox::report
