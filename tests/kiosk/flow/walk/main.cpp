// SPDX-License-Identifier: GPL-3.0-or-later
//
// walk_forms [--need N] FILE.xlsx|FOLDER...: whether each workbook can be asked at a kiosk, and then answers it from
// the first page to a sealed submission. A workbook that is refused must say where and why; one that is accepted must
// have a way to its end. Exits with 1 where either fails, or where fewer than N are accepted and walked.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/campaign/askable.hpp"
#include "core/form/workbook.hpp"
#include "tests/kiosk/flow/all_kinds.hpp"
#include "tests/kiosk/flow/walker.hpp"

namespace pillarbox::tests {
namespace {

enum class Outcome { walked, refused, failed };

Outcome refused(const std::string& name, const std::vector<base::Error>& problems) {
    // A place in a sheet; of a file that is no workbook at all, its name.
    const bool located = std::ranges::all_of(problems, [&](const base::Error& problem) {
        const bool placed = problem.where.find("sheet ") != std::string::npos || problem.where == name;
        return placed && !problem.what.empty() && !problem.remedy.empty();
    });
    fmt::print("{}: {}, {} problems, the first: {}\n", name, located ? "refused" : "FAILED: refused without a place",
               problems.size(), problems.front().describe());
    return located ? Outcome::refused : Outcome::failed;
}

Outcome walk_form(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    const auto workbook = base::read_file(path, campaign::pack_size_bytes_max);
    if (!workbook.has_value()) {
        fmt::print("{}: FAILED: {}\n", name, workbook.error().describe());
        return Outcome::failed;
    }
    if (const auto problems = form::check_workbook(*workbook, name); !problems.empty()) {
        return refused(name, problems);
    }
    const auto campaign = campaign_around(*workbook, name);
    if (const auto problems = campaign::unaskable(*(*campaign)->form, name); !problems.empty()) {
        return refused(name, problems);
    }
    const auto walked = walk(*campaign, base::parse_day("2023-01-20").value());
    if (!walked.has_value()) {
        fmt::print("{}: FAILED: {}\n", name, walked.error().describe());
        return Outcome::failed;
    }
    fmt::print("{}: walked, {} pages, {} questions asked, {} answers opened\n", name, walked->pages,
               walked->questions.size(), walked->opened.answers.size());
    for (const auto& question : walked->unanswered) {
        fmt::print("    left out: {}\n", question);
    }
    return Outcome::walked;
}

std::vector<std::filesystem::path> workbooks_in(const std::vector<std::string>& arguments) {
    std::vector<std::filesystem::path> paths;
    for (const auto& argument : arguments) {
        if (!std::filesystem::is_directory(argument)) {
            paths.emplace_back(argument);
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(argument)) {
            if (entry.path().extension() == ".xlsx") {
                paths.push_back(entry.path());
            }
        }
    }
    std::ranges::sort(paths);
    return paths;
}

int run(std::vector<std::string> arguments) {
    std::size_t need = 0;
    if (arguments.size() > 2 && arguments.front() == "--need") {
        need = std::stoul(arguments[1]);
        arguments.erase(arguments.begin(), arguments.begin() + 2);
    }
    std::size_t count[3] = {};
    for (const auto& path : workbooks_in(arguments)) {
        ++count[static_cast<std::size_t>(walk_form(path))];
    }
    fmt::print("{} walked, {} refused with place and reason, {} failed\n", count[0], count[1], count[2]);
    return count[2] == 0 && count[0] >= need && count[0] + count[1] > 0 ? 0 : 1;
}

}  // namespace
}  // namespace pillarbox::tests

int main(int count, char** arguments) {
    return pillarbox::tests::run({arguments + 1, arguments + count});
}
