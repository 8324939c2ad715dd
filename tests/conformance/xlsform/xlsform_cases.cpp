// SPDX-License-Identifier: GPL-3.0-or-later
//
// xlsform_cases FILE.json: reads workbooks written as markdown tables, each with its reference XForm or with the fact
// that it is wrong, and says where core/form agrees, differs, or refuses a good form as unsupported. Exit: 0 where
// nothing differs, 1 where something does, 2 where the file can't be read.
//
// With --floor ERRORS,GOOD it also fails below so many per cent of errors refused and of good forms accepted. With
// --all-differ it is turned around, as a control of the comparison itself: 0 where each single case differs.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "comparison.hpp"
#include "core/form/workbook.hpp"
#include "workbook_builder.hpp"

namespace pillarbox::tests {
namespace {

struct Tally {
    std::size_t agree = 0, differ = 0, refused = 0;
    std::map<std::string, std::size_t> refusals;  // by the name of what

    [[nodiscard]] double percent(std::size_t part) const {
        const std::size_t all = agree + differ + refused;
        return all == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
    }
};

struct Tallies {
    Tally good, errored;
};

// The name of what is refused, without the place.
std::string name_of(const base::Error& error) {
    const std::size_t column = error.where.rfind("column ");
    return (column == std::string::npos ? std::string() : error.where.substr(column) + ": ") + error.what;
}

void run_case(const nlohmann::json& test, Tallies& tallies) {
    const std::string name = test.value("test", std::string("?"));
    const base::Bytes xlsx = workbook_of(test.value("md", std::string()));
    const base::Result<form::Form> form = form::read_workbook(xlsx, "data.xlsx");
    if (test.value("errored", false)) {
        ++(form ? tallies.errored.differ : tallies.errored.agree);
        if (form) {
            fmt::print("DIFFERS {}: accepted, and should be refused\n", name);
        }
        return;
    }
    if (!form) {
        ++tallies.good.refused;
        ++tallies.good.refusals[name_of(form.error())];
        return;
    }
    if (!test.contains("xform") || !test["xform"].is_string() || test["xform"].get<std::string>().empty()) {
        ++tallies.good.agree;  // nothing to compare with: accepted is all that is asked
        return;
    }
    const base::Result<ReferenceForm> reference = read_reference(test["xform"].get<std::string>());
    std::vector<std::string> found;
    if (reference) {
        found = differences(*form, *reference);
    } else {
        found.push_back("the reference can't be read");
    }
    ++(found.empty() ? tallies.good.agree : tallies.good.differ);
    for (const std::string& difference : found) {
        fmt::print("DIFFERS {}: {}\n", name, difference);
    }
}

void report(std::string_view kind, const Tally& tally) {
    fmt::print("{:8} {} agree ({:.1f} %), {} differ ({:.1f} %), {} refused ({:.1f} %)\n", kind, tally.agree,
               tally.percent(tally.agree), tally.differ, tally.percent(tally.differ), tally.refused,
               tally.percent(tally.refused));
    std::vector<std::pair<std::size_t, std::string>> by_count;
    for (const auto& [what, count] : tally.refusals) {
        by_count.emplace_back(count, what);
    }
    std::ranges::sort(by_count, std::ranges::greater());
    for (const auto& [count, what] : by_count) {
        fmt::print("  refused {:4}  {}\n", count, what);
    }
}

struct Wanted {
    double errored_min = 0, good_min = 0;
    enum class Outcome { agreement, difference } outcome = Outcome::agreement;
};

int run(const std::string& path, const Wanted& wanted) {
    std::ifstream file(path);
    const nlohmann::json cases = nlohmann::json::parse(file, nullptr, false);
    if (!cases.is_array()) {
        fmt::print(stderr, "{}: not a file of cases\n", path);
        return 2;
    }
    Tallies tallies;
    for (const nlohmann::json& test : cases) {
        run_case(test, tallies);
    }
    report("good", tallies.good);
    report("errored", tallies.errored);
    fmt::print("{} agree, {} differ, {} refused\n", tallies.good.agree + tallies.errored.agree,
               tallies.good.differ + tallies.errored.differ, tallies.good.refused);
    const std::size_t differ = tallies.good.differ + tallies.errored.differ;
    if (wanted.outcome == Wanted::Outcome::difference) {
        return differ == cases.size() ? 0 : 1;
    }
    const bool below = tallies.errored.percent(tallies.errored.agree) < wanted.errored_min ||
                       tallies.good.percent(tallies.good.agree) < wanted.good_min;
    return differ > 0 || below ? 1 : 0;
}

}  // namespace
}  // namespace pillarbox::tests

int main(int count, char** arguments) {
    using pillarbox::tests::Wanted;
    const std::vector<std::string> words(arguments + 1, arguments + count);
    Wanted wanted;
    const bool floor = words.size() == 3 && words[1] == "--floor" &&
                       std::sscanf(words[2].c_str(), "%lf,%lf", &wanted.errored_min, &wanted.good_min) == 2;
    const bool all_differ = words.size() == 2 && words[1] == "--all-differ";
    wanted.outcome = all_differ ? Wanted::Outcome::difference : Wanted::Outcome::agreement;
    if (words.size() != 1 && !floor && !all_differ) {
        fmt::print(stderr, "Usage: xlsform_cases FILE.json [--floor ERRORS,GOOD | --all-differ]\n");
        return 2;
    }
    return pillarbox::tests::run(words[0], wanted);
}
