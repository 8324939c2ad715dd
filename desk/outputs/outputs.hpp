// SPDX-License-Identifier: GPL-3.0-or-later
//
// What leaves the desk, made from the workspace and from nothing else: reports, exports, and what the archive's
// packages need of it. So everything that leaves is as officers have left it there: texts as redacted, quotes as far
// as consent goes, nothing withdrawn, nothing set aside, no tests. That something left, of which kind and by whom, is
// noted in the audit trail.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "desk/archive/withdrawn.hpp"
#include "desk/exports/data_file.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/report/report.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/snapshot.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::outputs {

// What a report is made of. Codes are its themes; quotes keep their order.
[[nodiscard]] report::Coding coding_of(const workspace::Snapshot& snapshot);

enum class Release { draft, given_out };

struct ReportOrder {
    report::ReportKind kind = report::ReportKind::letter_pack;
    std::optional<base::Day> until;
    std::vector<report::Ledger> earlier = {};  // besides those that the workspace keeps
    std::optional<std::filesystem::path> browser = {};
    Release release = Release::draft;  // given_out: the workspace keeps its figures for later reports
};
[[nodiscard]] base::Result<report::Report> make_report(workspace::Workspace& workspace,
                                                       const workspace::Editor& editor, const ReportOrder& order);

enum class Extent { anonymised, full };

struct ExportOrder {
    Extent extent = Extent::anonymised;
    std::optional<base::Day> until = {};
};

struct Export {
    std::vector<std::string> files;  // their names
    std::size_t responses = 0;
};

// Where an export goes: writes the files in one walk, or in several.
using WriteExport = std::function<base::Result<void>(exports::RecordSource&, const exports::DataFiles&)>;

// The full one has officers.csv besides, where officers have questions of their own: KEY and their answers; and
// coding.csv where they have tagged: which code stands where, and its theme. That it left is in the trail when this
// returns: what was written gets its name only then.
[[nodiscard]] base::Result<Export> make_export(workspace::Workspace& workspace, const workspace::Editor& editor,
                                               const ExportOrder& order, const WriteExport& write);

// For the archive: of the export's tags, those that were withdrawn here.
[[nodiscard]] base::Result<archive::WithdrawnTags> withdrawn_in(workspace::Workspace& workspace,
                                                                const opening::ExportReport& report);

// All files of a report or an export as one zip file, for a browser to save. The same files give the same bytes. In
// memory are the packed bytes, and of what is packed a piece.
[[nodiscard]] base::Result<base::Bytes> zipped(const std::vector<report::File>& files);
[[nodiscard]] base::Result<base::Bytes> zipped(exports::RecordSource& records, const exports::DataFiles& files);

}  // namespace pillarbox::outputs
