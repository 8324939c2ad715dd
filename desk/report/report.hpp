// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole way from evidence to files: report.html, report.odt, release.json, and report.pdf where asked for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "desk/report/evidence.hpp"
#include "desk/report/ledger.hpp"

namespace pillarbox::report {

struct File {
    std::string name;
    base::Bytes content;
};

struct Report {
    std::vector<File> files;
    std::size_t responses = 0;
    std::size_t figures = 0;
    std::size_t quotes = 0, quotes_withheld = 0;
};

// `browser`: prints the PDF; none where left out.
[[nodiscard]] base::Result<Report> make_report(const Evidence& evidence, const std::vector<Ledger>& earlier,
                                               const std::optional<std::filesystem::path>& browser);

}  // namespace pillarbox::report
