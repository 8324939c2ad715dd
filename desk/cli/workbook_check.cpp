// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/cli/workbook_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "core/base/file.hpp"
#include "core/campaign/askable.hpp"
#include "core/campaign/campaign.hpp"
#include "core/form/workbook.hpp"
#include "desk/cli/print.hpp"
#include "desk/packs/summary.hpp"

namespace pillarbox::cli {
namespace {

// "column type" of "form.xlsx, sheet survey, row 2, column type": what a problem is counted by.
std::string cell_kind(const base::Error& problem) {
    const std::size_t column = problem.where.rfind("column ");
    const std::size_t sheet = problem.where.rfind("sheet ");
    const std::size_t from = std::min(column, sheet);
    return from == std::string::npos ? "workbook"
                                     : problem.where.substr(column == std::string::npos ? sheet : column);
}

}  // namespace

base::Result<base::Bytes> read_workbook_file(const std::string& path) {
    return base::read_file(path, form::WorkbookLimits{}.file_size_bytes_max);
}

void say_problems(const std::string& path, const std::vector<base::Error>& problems) {
    std::map<std::string, std::size_t> counts;
    for (const base::Error& problem : problems) {
        say_error("{}\n", problem.describe());
        ++counts[cell_kind(problem)];
    }
    std::string kinds;
    for (const auto& [kind, count] : counts) {
        kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", kind, count);
    }
    say_error("{}: {} problem{} ({})\n", path, problems.size(), problems.size() == 1 ? "" : "s", kinds);
}

base::Result<bool> say_check(base::ByteView workbook, const std::string& path) {
    std::vector<base::Error> problems = form::check_workbook(workbook, path);
    if (problems.empty()) {
        // The sheets are right: now what a kiosk can't ask, and the rows that make a campaign of the form.
        const form::Form form = TRY(form::read_workbook(workbook, path));
        problems = campaign::unaskable(form, path);
        std::ranges::move(campaign::campaign_problems(form, path), std::back_inserter(problems));
        // A plain XLSForm is told apart from a broken one: it is sound, and only the campaign or a screen is missing.
        say("{}{}\n", packs::describe_form(form), problems.empty() ? "no problems" : "the form has no problems");
    }
    if (!problems.empty()) {
        say_problems(path, problems);
    }
    return problems.empty();
}

}  // namespace pillarbox::cli
