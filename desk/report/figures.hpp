// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every figure of a report: counted, and decided upon whether it may be shown (suppression.hpp), in one place and
// once, so that text, tables, charts and map can't disagree. Figures have ids: "total", "q1_rating/well",
// "link/used_999/ticked", "q1_rating/well|borough/camden", "theme/waits|q1_text".
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "desk/report/evidence.hpp"
#include "desk/report/ledger.hpp"
#include "desk/report/tally.hpp"

namespace pillarbox::report {

struct Figures {
    std::vector<Variable> variables;
    std::vector<std::size_t> breakdowns;  // of `variables`: respondent, borough, station, assisted, language
    Ledger ledger;                        // of everything, shown or not

    // The count where it may be shown.
    [[nodiscard]] std::optional<std::int64_t> shown(std::string_view id) const;
    [[nodiscard]] const Variable* find(std::string_view id) const;
};

[[nodiscard]] std::string crossed_id(const Variable& variable, std::size_t category, const Variable& breakdown,
                                     std::size_t breakdown_category);
// The wider themes, in the order of their first part, named "+" and the label. A response that has any part has it.
[[nodiscard]] std::vector<Theme> themes_above(const Coding& coding);
[[nodiscard]] std::string theme_id(std::string_view theme, std::string_view question);
inline constexpr std::string_view any_answer = "(any)";  // for a question's name: the theme, wherever it stands

// Which responses a tally must watch, so that figures can be made of it.
[[nodiscard]] std::set<submission::Uuid> tagged_in(const Coding& coding);
// `earlier`: the records of every report on this call that was given out before.
[[nodiscard]] Figures figures_of(const Coding& coding, Counted counted, const std::vector<Ledger>& earlier);
// The same, with a walk through the records of the evidence.
[[nodiscard]] base::Result<Figures> figures_of(const Evidence& evidence, const std::vector<Ledger>& earlier);

}  // namespace pillarbox::report
