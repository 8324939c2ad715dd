// SPDX-License-Identifier: GPL-3.0-or-later
//
// What officers write for the report itself, line by line, and the figures of reports that were given out, by which
// later reports know what they must not tell (report/ledger.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

enum class ReportPart { finding, recommendation };
[[nodiscard]] std::string_view name_of(ReportPart part);
[[nodiscard]] base::Result<ReportPart> parse_report_part(std::string_view name);

struct ReportLine {
    std::string key, text;
};
inline constexpr std::size_t report_line_size_bytes_max = 4'000;

[[nodiscard]] base::Result<std::vector<ReportLine>> report_lines(Workspace& workspace, ReportPart part);  // in order
[[nodiscard]] base::Result<void> add_report_line(Workspace& workspace, const Editor& editor, ReportPart part,
                                                 std::string_view text);
[[nodiscard]] base::Result<void> remove_report_line(Workspace& workspace, const Editor& editor, std::string_view key);

// Ledgers as JSON, the oldest first.
[[nodiscard]] base::Result<std::vector<std::string>> releases(Workspace& workspace);
[[nodiscard]] base::Result<void> keep_release(Workspace& workspace, const Editor& editor, std::string_view ledger);

}  // namespace pillarbox::workspace
