// SPDX-License-Identifier: GPL-3.0-or-later
//
// xpath_cases FILE.json [--floor PERCENT]: evaluates each case's expression on its document and says by kind where
// core/form agrees, differs, or refuses the expression as unsupported, by the name of what. Exit: 0 where nothing
// differs, 1 where something does or less than PERCENT agree, 2 where the file can't be read.
//
// A case: {"kind", "expr", "xml", "ctx", "expected"}; ctx and node results are paths as in document.hpp; the kind
// "throws" expects the expression to be refused as wrong. Cases are recorded in time zone America/Phoenix.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/form/evaluator.hpp"
#include "document.hpp"
#include "expectation.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;
using nlohmann::json;

// Cases with today() in them hold the day on which they were recorded.
constexpr std::string_view recorded_on = "2026-11-22";
constexpr int utc_offset_minutes = -420;

struct Tally {
    std::size_t agree = 0, differ = 0, refused = 0;
};

struct Tallies {
    std::map<std::string, Tally> by_kind;
    std::map<std::string, std::size_t> refusals;  // by the name of what
};

struct Outcome {
    enum class Kind { agrees, differs, refused } kind;
    std::string what;
};

bool is_refusal(const base::Error& error) {
    return error.code == ErrorCode::unsupported || error.code == ErrorCode::limit_exceeded;
}

Outcome outcome_of(const json& test) {
    const auto expression = form::Expression::parse(test.value("expr", std::string()));
    const bool throws = test.value("kind", std::string()) == "throws";
    if (!expression) {
        const base::Error& error = expression.error();
        return {is_refusal(error) ? Outcome::Kind::refused
                : throws          ? Outcome::Kind::agrees
                                  : Outcome::Kind::differs,
                error.what};
    }
    if (throws) {
        return {Outcome::Kind::differs, "accepted, and should be refused"};
    }
    const base::Result<form::Tree> tree = read_document(test.value("xml", std::string()));
    if (!tree) {
        return {Outcome::Kind::differs, tree.error().what};
    }
    const std::optional<form::ElementId> context = find_node(*tree, test.value("ctx", std::string()));
    if (!context) {
        return {Outcome::Kind::differs, "the document has no node at the context"};
    }
    const form::Surroundings surroundings{.tree = *tree,
                                          .today = *base::parse_day(recorded_on),
                                          .utc_offset_minutes = utc_offset_minutes,
                                          .language = {}};
    const form::Value value = form::evaluate(expression->syntax(), {surroundings, *context, *context});
    const std::optional<std::string> found = difference(test, value, surroundings.conversion());
    return {found ? Outcome::Kind::differs : Outcome::Kind::agrees, found.value_or("")};
}

void run_case(const json& test, Tallies& tallies) {
    const std::string kind = test.value("kind", std::string("?"));
    Tally& tally = tallies.by_kind[kind];
    const Outcome outcome = outcome_of(test);
    switch (outcome.kind) {
        case Outcome::Kind::agrees:
            ++tally.agree;
            return;
        case Outcome::Kind::refused:
            ++tally.refused;
            ++tallies.refusals[outcome.what];
            return;
        case Outcome::Kind::differs:
            ++tally.differ;
            fmt::print("DIFFERS {} {} at {}: {} ({})\n", kind, test.value("expr", std::string()),
                       test.value("ctx", std::string()), outcome.what, test.value("test", std::string("?")));
            return;
    }
}

Tally report(const Tallies& tallies) {
    Tally all;
    for (const auto& [kind, tally] : tallies.by_kind) {
        fmt::print("{:13} {} agree, {} differ, {} refused\n", kind, tally.agree, tally.differ, tally.refused);
        all.agree += tally.agree;
        all.differ += tally.differ;
        all.refused += tally.refused;
    }
    std::vector<std::pair<std::size_t, std::string>> by_count;
    for (const auto& [what, count] : tallies.refusals) {
        by_count.emplace_back(count, what);
    }
    std::ranges::sort(by_count, std::ranges::greater());
    for (const auto& [count, what] : by_count) {
        fmt::print("  refused {:4}  {}\n", count, what);
    }
    fmt::print("{} agree, {} differ, {} refused\n", all.agree, all.differ, all.refused);
    return all;
}

int run(const std::string& path, double percent_min) {
    std::ifstream file(path);
    const json cases = json::parse(file, nullptr, false);
    if (!cases.is_array()) {
        fmt::print(stderr, "{}: not a file of cases\n", path);
        return 2;
    }
    Tallies tallies;
    for (const json& test : cases) {
        run_case(test, tallies);
    }
    const Tally all = report(tallies);
    const double percent =
        100.0 * static_cast<double>(all.agree) / static_cast<double>(std::max<std::size_t>(1, cases.size()));
    return all.differ > 0 || percent < percent_min ? 1 : 0;
}

}  // namespace
}  // namespace pillarbox::tests

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    double percent_min = 0;
    const bool floor =
        words.size() == 3 && words[1] == "--floor" && std::sscanf(words[2].c_str(), "%lf", &percent_min) == 1;
    if (words.size() != 1 && !floor) {
        fmt::print(stderr, "Usage: xpath_cases FILE.json [--floor PERCENT]\n");
        return 2;
    }
    return pillarbox::tests::run(words[0], percent_min);
}
