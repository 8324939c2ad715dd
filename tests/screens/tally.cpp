// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screens/tally.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "core/base/file.hpp"

namespace pillarbox::tests {
namespace {

using semantics::Check;
using semantics::Measure;

// Every rule of the audit has its line, also where nothing was found.
std::vector<std::string> rules_of(const std::map<std::string, std::size_t>& found) {
    std::vector<std::string> rules;
    for (std::size_t at = 0; at < semantics::check_count; ++at) {
        rules.emplace_back(semantics::name_of(static_cast<Check>(at)));
    }
    for (const auto& [rule, count] : found) {
        if (std::ranges::find(rules, rule) == rules.end()) {
            rules.push_back(rule);
        }
    }
    return rules;
}

std::size_t count_of(const std::map<std::string, std::size_t>& found, const std::string& rule) {
    const auto known = found.find(rule);
    return known == found.end() ? 0 : known->second;
}

}  // namespace

void Tally::add_page(const std::string& place, const std::vector<semantics::Reading>& readings) {
    ++pages_;
    for (const semantics::Reading& reading : readings) {
        auto& worst = worst_[static_cast<std::size_t>(reading.measure)];
        if (!worst || reading.margin() < worst->reading.margin()) {
            worst = Worst{reading, place};
        }
    }
}

void Tally::add_finding(const std::string& rule, const std::string& line) {
    ++by_rule_[rule];
    findings_.push_back(line);
}

void Tally::print() const {
    for (const auto& [kind, names] : kinds_) {
        fmt::print("{:<32}{:>8}\n", kind, names.size());
    }
    for (const auto& rule : rules_of(by_rule_)) {
        fmt::print("{:<32}{:>8} findings\n", rule, count_of(by_rule_, rule));
    }
    for (const auto& worst : worst_) {
        if (worst) {
            fmt::print("{:<32}{:>8.2f} worst, {:.2f} needed, {} of {}\n", semantics::name_of(worst->reading.measure),
                       worst->reading.value, worst->reading.least, worst->reading.key, worst->place);
        }
    }
    fmt::print("{} pages, {} violations\n", pages_, findings_.size());
    std::fflush(stdout);
}

base::Result<void> Tally::write(const std::filesystem::path& file) const {
    std::string text = "what,name,figure,limit,place\n";
    text += fmt::format("run,pages,{},,\nrun,violations,{},,\n", pages_, findings_.size());
    for (const auto& [kind, names] : kinds_) {
        text += fmt::format("kind,{},{},,{}\n", kind, names.size(), fmt::join(names, " "));
    }
    for (const auto& rule : rules_of(by_rule_)) {
        text += fmt::format("check,\"{}\",{},0,\n", rule, count_of(by_rule_, rule));
    }
    for (const auto& worst : worst_) {
        if (worst) {
            text += fmt::format("measure,\"{}\",{:.2f},{:.2f},{} of {}\n", semantics::name_of(worst->reading.measure),
                                worst->reading.value, worst->reading.least, worst->reading.key, worst->place);
        }
    }
    return base::write_file(file, base::bytes_of(text));
}

}  // namespace pillarbox::tests
