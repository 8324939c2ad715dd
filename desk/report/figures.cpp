// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/figures.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/check.hpp"

namespace pillarbox::report {
namespace {

constexpr std::array<std::string_view, 2> role_questions = {"link", "respondent"};

class Counter {
  public:
    Counter(const Coding& coding, Counted counted, const std::vector<Ledger>& earlier)
        : coding_(coding), counted_(std::move(counted)), earlier_(earlier) {}

    Figures run() {
        count_total();
        for (const Variable& variable : counted_.variables) {
            count_line(variable);
        }
        for (std::size_t breakdown = 0; breakdown < counted_.breakdowns.size(); ++breakdown) {
            const std::size_t by = counted_.breakdowns[breakdown];
            for (std::size_t variable = 0; variable < counted_.variables.size(); ++variable) {
                if (counted_.variables[variable].section == Section::question && variable != by) {
                    count_grid(variable, breakdown);
                }
            }
        }
        count_themes();
        figures_.variables = std::move(counted_.variables);
        figures_.breakdowns = std::move(counted_.breakdowns);
        return std::move(figures_);
    }

  private:
    [[nodiscard]] std::vector<Earlier> earlier(const std::vector<std::string>& ids) const {
        std::vector<Earlier> layouts;
        for (const Ledger& ledger : earlier_) {
            layouts.push_back(ledger.earlier(ids));
        }
        return layouts;
    }

    void keep(const std::vector<std::string>& ids, const Counts& counts, const Shown& shown) {
        for (std::size_t index = 0; index < ids.size(); ++index) {
            figures_.ledger.add(ids[index], {counts[index], shown[index]});
        }
    }

    void count_total() {
        const std::int64_t total = counted_.responses;
        std::vector<std::int64_t> before;
        for (const Ledger& ledger : earlier_) {
            before.push_back(ledger.at("total").count);
        }
        total_shown_ = total_may_be_shown(total, before);
        figures_.ledger.add("total", {total, total_shown_ == TotalShown::yes});
    }

    void count_line(const Variable& variable) {
        Counts counts;
        std::vector<std::string> ids;
        for (std::size_t category = 0; category < variable.categories.size(); ++category) {
            counts.push_back(variable.categories[category].count);
            ids.push_back(variable.id_of(category));
        }
        counts.push_back(counted_.responses);
        ids.emplace_back("total");
        keep(ids, counts, protect_line(counts, total_shown_, earlier(ids)));
    }

    void count_grid(std::size_t at_variable, std::size_t at_breakdown) {
        const Variable& variable = counted_.variables[at_variable];
        const Variable& breakdown = counted_.variables[counted_.breakdowns[at_breakdown]];
        Grid grid;
        grid.rows = variable.categories.size();
        grid.columns = breakdown.categories.size();
        grid.counts.assign((grid.rows + 1) * (grid.columns + 1), 0);
        for (std::size_t row = 0; row < grid.rows; ++row) {
            for (std::size_t column = 0; column < grid.columns; ++column) {
                grid.counts[grid.at(row, column)] = counted_.both(at_variable, row, at_breakdown, column);
            }
        }
        const bool of_role = std::ranges::find(role_questions, variable.question) != role_questions.end();
        grid.threshold = breakdown.id == "station" && of_role ? small_count_station_role : small_count;
        const std::vector<std::string> ids = ids_of(variable, breakdown, grid);
        grid.margins_shown.assign(grid.counts.size(), true);
        for (std::size_t position = 0; position < ids.size(); ++position) {
            if (is_margin(grid, position)) {
                const Ledger::Entry margin = figures_.ledger.at(ids[position]);
                grid.counts[position] = margin.count;
                grid.margins_shown[position] = margin.shown;
            }
        }
        keep(ids, grid.counts, protect_grid(grid, earlier(ids)));
    }

    static bool is_margin(const Grid& grid, std::size_t position) {
        return position / (grid.columns + 1) == grid.rows || position % (grid.columns + 1) == grid.columns;
    }

    static std::vector<std::string> ids_of(const Variable& variable, const Variable& breakdown, const Grid& grid) {
        std::vector<std::string> ids;
        for (std::size_t row = 0; row <= grid.rows; ++row) {
            for (std::size_t column = 0; column <= grid.columns; ++column) {
                if (row < grid.rows && column < grid.columns) {
                    ids.push_back(crossed_id(variable, row, breakdown, column));
                } else if (row < grid.rows) {
                    ids.push_back(variable.id_of(row));
                } else {
                    ids.push_back(column < grid.columns ? breakdown.id_of(column) : "total");
                }
            }
        }
        return ids;
    }

    // How many responses have a theme, wherever it stands; how many have it in their answer to a question, and how
    // many answers to it have not: a line each. The wider themes first, from which their parts are kept.
    void count_themes() {
        std::vector<Theme> themes = themes_above(coding_);
        themes.insert(themes.end(), coding_.themes.begin(), coding_.themes.end());
        const Tagged tagged = responses_by_theme();
        const std::set<submission::Uuid> nobody;
        const auto tagged_with = [&](std::string_view question, const Theme& theme) -> const auto& {
            const auto found = tagged.find({std::string(question), theme.name});
            return found == tagged.end() ? nobody : found->second;
        };
        for (const Theme& theme : themes) {
            const auto with = static_cast<std::int64_t>(tagged_with(any_answer, theme).size());
            count_theme(theme, any_answer, with, "total", total_shown_);
        }
        for (const Variable& variable : counted_.variables) {
            if (variable.kind != VariableKind::written) {
                continue;
            }
            for (const Theme& theme : themes) {
                const auto with = static_cast<std::int64_t>(std::ranges::count_if(
                    tagged_with(variable.question, theme),
                    [&](const submission::Uuid& uuid) { return counted_.tagged.at(uuid).contains(variable.id); }));
                const std::string all = variable.id_of(0);
                count_theme(theme, variable.question, with, all,
                            figures_.ledger.at(all).shown ? TotalShown::yes : TotalShown::no);
            }
        }
    }

    using Tagged = std::map<std::pair<std::string, std::string>, std::set<submission::Uuid>>;  // question, theme
    [[nodiscard]] Tagged responses_by_theme() const {
        Tagged tagged;
        for (const Tag& tag : coding_.tags) {
            if (!counted_.tagged.contains(tag.response)) {
                continue;
            }
            const auto theme = std::ranges::find(coding_.themes, tag.theme, &Theme::name);
            const bool has_above = theme != coding_.themes.end() && !theme->above.empty();
            for (const std::string& question : {tag.path.substr(tag.path.rfind('/') + 1), std::string(any_answer)}) {
                tagged[{question, tag.theme}].insert(tag.response);
                if (has_above) {
                    tagged[{question, "+" + theme->above}].insert(tag.response);
                }
            }
        }
        return tagged;
    }

    void count_theme(const Theme& theme, std::string_view question, std::int64_t with, const std::string& all,
                     TotalShown all_shown) {
        const std::string id = theme_id(theme.name, question);
        const std::vector<std::string> ids = {id, id + "|(not)", all};
        const Ledger::Entry total = figures_.ledger.at(all);
        const Counts counts = {with, total.count - with, total.count};
        keep(ids, counts, protect_line(counts, all_shown, earlier(ids)));
        if (question != any_answer) {
            keep_from_whole(id, theme_id(theme.name, any_answer), "|(elsewhere)");
        }
        if (!theme.above.empty()) {
            keep_from_whole(id, theme_id("+" + theme.above, question), "|(other parts)");
        }
    }

    // Who has the theme in this answer has it somewhere, and has the wider theme: the rest, which is their
    // difference, must not come out small. An earlier report may have had no such whole.
    void keep_from_whole(const std::string& id, const std::string& whole, std::string_view rest) {
        const Ledger::Entry part = figures_.ledger.at(id);
        const Ledger::Entry all = figures_.ledger.at(whole);
        if (all.count == part.count) {
            return;  // nobody is in the rest
        }
        const std::vector<std::string> ids = {id, id + std::string(rest), whole};
        std::vector<Earlier> layouts;
        for (const Ledger& ledger : earlier_) {
            if (ledger.contains(whole)) {
                layouts.push_back(ledger.earlier(ids));
            }
        }
        const Counts counts = {part.count, all.count - part.count, all.count};
        keep(ids, counts, protect_line(counts, all.shown ? TotalShown::yes : TotalShown::no, layouts));
        figures_.ledger.add(id, {part.count, part.shown && figures_.ledger.at(id).shown});
        figures_.ledger.add(whole, all);
    }

    const Coding& coding_;
    Counted counted_;
    const std::vector<Ledger>& earlier_;
    Figures figures_;
    TotalShown total_shown_ = TotalShown::yes;
};

}  // namespace

std::optional<std::int64_t> Figures::shown(std::string_view id) const {
    PILLARBOX_CHECK(ledger.contains(id));  // a figure that was never counted must not read as 0
    const Ledger::Entry entry = ledger.at(id);
    return entry.shown ? std::optional(entry.count) : std::nullopt;
}

const Variable* Figures::find(std::string_view id) const {
    const auto found = std::ranges::find(variables, id, &Variable::id);
    return found == variables.end() ? nullptr : &*found;
}

std::string crossed_id(const Variable& variable, std::size_t category, const Variable& breakdown,
                       std::size_t breakdown_category) {
    return variable.id_of(category) + "|" + breakdown.id_of(breakdown_category);
}

std::vector<Theme> themes_above(const Coding& coding) {
    std::vector<Theme> above;
    for (const Theme& theme : coding.themes) {
        if (!theme.above.empty() && std::ranges::find(above, theme.above, &Theme::label) == above.end()) {
            above.push_back({"+" + theme.above, theme.above});
        }
    }
    return above;
}

std::string theme_id(std::string_view theme, std::string_view question) {
    return "theme/" + std::string(theme) + "|" + std::string(question);
}

std::set<submission::Uuid> tagged_in(const Coding& coding) {
    std::set<submission::Uuid> tagged;
    for (const Tag& tag : coding.tags) {
        tagged.insert(tag.response);
    }
    return tagged;
}

Figures figures_of(const Coding& coding, Counted counted, const std::vector<Ledger>& earlier) {
    return Counter(coding, std::move(counted), earlier).run();
}

base::Result<Figures> figures_of(const Evidence& evidence, const std::vector<Ledger>& earlier) {
    Tally tally(*evidence.campaign->form, tagged_in(evidence.coding));
    for (std::size_t index = 0; index < evidence.records->size(); ++index) {
        tally.add(TRY(evidence.records->at(index)));
    }
    return figures_of(evidence.coding, tally.finish(), earlier);
}

}  // namespace pillarbox::report
