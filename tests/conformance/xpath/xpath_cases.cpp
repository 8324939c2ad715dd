// SPDX-License-Identifier: GPL-3.0-or-later
//
// xpath_cases FILE.json [--floor PERCENT]: evaluates each case's expression on its document and says by kind where
// core/form agrees, differs, or refuses the expression as unsupported, by the name of what. Exit: 0 where nothing
// differs, 1 where something does or less than PERCENT agree, 2 where the file can't be read.
//
// A case: {"kind", "expr", "xml", "ctx", "expected"}; ctx and node results are paths as in document.hpp; the kind
// "throws" expects the expression to be refused as wrong. Where a record itself is wrong: records.hpp. Cases are
// recorded in time zone America/Phoenix.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "core/form/evaluator.hpp"
#include "core/form/functions.hpp"
#include "document.hpp"
#include "expectation.hpp"
#include "records.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;
using nlohmann::json;

// Cases with today() in them hold the day on which they were recorded.
constexpr std::string_view recorded_on = "2026-11-22";
constexpr int utc_offset_minutes = -420;

// What the suites bind prefixes to; a name without a prefix also means OpenRosa's elements.
form::Namespaces namespaces_of_the_suites() {
    return {{"", "http://www.w3.org/2002/xforms"},
            {"xhtml", "http://www.w3.org/1999/xhtml"},
            {"ns2", "http://asdf/"},
            {"jr", "http://openrosa.org/javarosa"}};
}

// The cases ask only for the shape of what chance yields, so that every run can be the same.
class CountingRandom : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::uint8_t& byte : bytes) {
            byte = next_ += 101;
        }
    }

  private:
    std::uint8_t next_ = 7;
};

struct Tally {
    std::size_t agree = 0, differ = 0, refused = 0;
};

struct Tallies {
    std::map<std::string, Tally> by_kind;
    std::size_t on_twins = 0, on_guesses = 0;     // agree, on a document that is not the record's own
    std::size_t disputed = 0;                     // among the refused: evaluated, and not as recorded
    std::map<std::string, std::size_t> refusals;  // by the name of what
};

struct Outcome {
    enum class Kind { agrees, differs, refused } kind{};
    std::string refused;     // the name of what
    std::string difference;  // in words
    Records::Document::Origin origin = Records::Document::Origin::recorded;
};

// A difference that convicts nobody is counted as refused, by the name of the reason, and still listed.
Outcome disputed(std::string why, const std::string& difference) {
    return {Outcome::Kind::refused, "The record is disputed: " + std::move(why) + ".", difference};
}

// A test that sets a language says so in its name: {"language":"fr"}. Empty where it doesn't.
std::string language_of(std::string_view name) {
    constexpr std::string_view key = "\"language\":\"";
    const std::size_t found = name.find(key);
    return found == std::string_view::npos
               ? std::string()
               : std::string(
                     name.substr(found + key.size(), name.find('"', found + key.size()) - found - key.size()));
}

// The first part of the expression that only a form gives a meaning to, or null.
const std::string* form_part_of(const form::Syntax& syntax) {
    const bool call = syntax.kind == form::SyntaxKind::call && syntax.function->use == form::Use::forms;
    if (call || syntax.kind == form::SyntaxKind::reference) {
        return &syntax.text;
    }
    const auto first_in = [](const std::vector<form::Syntax>& parts) {
        const std::string* found = nullptr;
        for (auto part = parts.begin(); part != parts.end() && found == nullptr; ++part) {
            found = form_part_of(*part);
        }
        return found;
    };
    const std::string* found = first_in(syntax.operands);
    found = found == nullptr ? first_in(syntax.predicates) : found;
    for (const form::Step& step : syntax.steps) {
        found = found == nullptr ? first_in(step.predicates) : found;
    }
    return found;
}

form::Value evaluate_at(form::ElementId context, const form::Expression& expression,
                        const form::Surroundings& around) {
    return form::evaluate(expression.syntax(), {around, context, context});
}

Outcome outcome_of(const json& test, const Records& records) {
    const auto expression = form::Expression::parse(test.value("expr", std::string()));
    const bool throws = test.value("kind", std::string()) == "throws";
    if (!expression) {
        const base::Error& error = expression.error();
        const bool wrong = throws && error.code == ErrorCode::malformed;
        return {wrong ? Outcome::Kind::agrees : Outcome::Kind::refused, error.what, {}};
    }
    if (throws) {
        return {Outcome::Kind::differs, {}, "accepted, and should be refused"};
    }
    if (const std::string* name = form_part_of(expression->syntax())) {
        return {Outcome::Kind::refused, fmt::format("{} asks a form, and here is none.", *name), {}};
    }
    const Records::Document document = records.document_of(test, expression->syntax());
    if (document.origin == Records::Document::Origin::lost) {
        return disputed("it lost its document", {});
    }
    const base::Result<form::Tree> tree = read_document(document.xml);
    const std::optional<form::ElementId> context =
        tree ? find_node(*tree, test.value("ctx", std::string())) : std::nullopt;
    if (!context) {
        return {Outcome::Kind::differs, {}, tree ? "the document has no node at the context" : tree.error().what};
    }
    const form::Namespaces namespaces = namespaces_of_the_suites();
    const std::string language = language_of(test.value("test", std::string()));
    CountingRandom random;
    const form::Surroundings surroundings{.tree = *tree,
                                          .today = *base::parse_day(recorded_on),
                                          .utc_offset_minutes = utc_offset_minutes,
                                          .language = language,
                                          .root = root_for(*tree, *context),
                                          .namespaces = &namespaces,
                                          .random = &random};
    const form::Value value = evaluate_at(*context, *expression, surroundings);
    const std::optional<std::string> found = difference(test, value, surroundings.conversion());
    if (!found) {
        return {Outcome::Kind::agrees, {}, {}, document.origin};
    }
    if (document.origin == Records::Document::Origin::guessed) {
        return disputed("it lost its document", *found);
    }
    const std::optional<std::string> dispute = Records::dispute_of(test);
    return dispute ? disputed(*dispute, *found) : Outcome{Outcome::Kind::differs, {}, *found};
}

void run_case(const json& test, const Records& records, Tallies& tallies) {
    const std::string kind = test.value("kind", std::string("?"));
    Tally& tally = tallies.by_kind[kind];
    const Outcome outcome = outcome_of(test, records);
    switch (outcome.kind) {
        case Outcome::Kind::agrees:
            ++tally.agree;
            tallies.on_twins += outcome.origin == Records::Document::Origin::twin ? 1U : 0U;
            tallies.on_guesses += outcome.origin == Records::Document::Origin::guessed ? 1U : 0U;
            break;
        case Outcome::Kind::refused:
            ++tally.refused;
            ++tallies.refusals[outcome.refused];
            tallies.disputed += outcome.difference.empty() ? 0U : 1U;
            break;
        case Outcome::Kind::differs:
            ++tally.differ;
            break;
    }
    if (!outcome.difference.empty()) {
        fmt::print("{} {} {} at {}: {} ({})\n", outcome.refused.empty() ? "DIFFERS" : "DISPUTED", kind,
                   test.value("expr", std::string()), test.value("ctx", std::string()), outcome.difference,
                   test.value("test", std::string("?")));
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
    fmt::print("  of those that agree, {} on the document of their twin and {} on a guessed one: their own is lost\n",
               tallies.on_twins, tallies.on_guesses);
    fmt::print("  of the refused, {} were evaluated otherwise than a disputed record has it, and are listed above\n",
               tallies.disputed);
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
    const Records records(cases);
    Tallies tallies;
    for (const json& test : cases) {
        run_case(test, records, tallies);
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
