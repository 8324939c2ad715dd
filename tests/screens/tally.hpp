// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a run over many pages adds up to: how many were audited, the findings of each check, and the worst reading of
// each measure with its place. Written as a table for people, and as figures from which docs/accessibility.md is
// made.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "accessibility/semantics/audit.hpp"
#include "core/base/result.hpp"

namespace pillarbox::tests {

class Tally {
  public:
    struct Worst {
        semantics::Reading reading;
        std::string place;  // "ar-portrait-141-dark-200 q1"
    };

    void add_page(const std::string& place, const std::vector<semantics::Reading>& readings);
    // Of what kind of page there was: "language", "ar".
    void add_kind(const std::string& kind, const std::string& name) { kinds_[kind].insert(name); }
    void add_finding(const std::string& rule, const std::string& line);

    [[nodiscard]] std::size_t pages() const { return pages_; }
    [[nodiscard]] const std::vector<std::string>& findings() const { return findings_; }
    [[nodiscard]] const std::optional<Worst>& worst(semantics::Measure measure) const {
        return worst_[static_cast<std::size_t>(measure)];
    }

    void print() const;  // to stdout
    // Comma-separated: what, name, figure, limit, place.
    [[nodiscard]] base::Result<void> write(const std::filesystem::path& file) const;

  private:
    std::size_t pages_ = 0;
    std::map<std::string, std::set<std::string>> kinds_;
    std::map<std::string, std::size_t> by_rule_;
    std::vector<std::string> findings_;
    std::array<std::optional<Worst>, semantics::measure_count> worst_;
};

}  // namespace pillarbox::tests
