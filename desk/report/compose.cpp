// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "desk/report/census.hpp"
#include "desk/report/tile_grid.hpp"

namespace pillarbox::report {
namespace {

constexpr std::size_t columns_max = 9;  // of a table on an A4 page; further choices go into a table of their own

std::string in_words(base::Day day) {
    constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                         "May",       "June",     "July",     "August",
                                                         "September", "October",  "November", "December"};
    const std::chrono::year_month_day date(day);
    return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()));
}

class Composer {
  public:
    Composer(const Evidence& evidence, const Figures& figures, const Quotes& quotes)
        : evidence_(evidence), figures_(figures), quotes_(quotes) {}

    Document run() {
        const campaign::Campaign& campaign = *evidence_.campaign;
        const std::string& language = campaign.form->default_language;
        document_.title = campaign.text("title", language);
        document_.author = campaign.text("committee", language);
        document_.language = language;
        const bool brief = evidence_.kind == ReportKind::questioning_brief;
        document_.subtitle = brief ? "Questioning brief" : "Letter pack: summary of the evidence received";
        last_day_ = evidence_.until.value_or(campaign.closes);
        document_.date = base::format_day(last_day_);
        document_.date_in_words = in_words(last_day_);
        opening();
        findings();
        if (!brief) {
            recommendations();
        }
        questions();
        themes();
        quotations();
        who_answered();
        equality();
        annex();
        method();
        return std::move(document_);
    }

  private:
    template <typename Kind>
    void add(Kind block) {
        document_.blocks.push_back(std::move(block));
    }

    [[nodiscard]] Cell figure(const std::string& id, std::string label = {}) const {
        const std::optional<std::int64_t> count = figures_.shown(id);
        return {count.has_value() ? fmt::format("{}", *count) : "", id, std::move(label)};
    }

    // The share of all responses, where both counts are shown.
    [[nodiscard]] Cell share(const std::string& id) const {
        const std::optional<std::int64_t> count = figures_.shown(id);
        const std::optional<std::int64_t> total = figures_.shown("total");
        const bool known = count.has_value() && total.has_value() && *total > 0;
        return {known ? fmt::format("{}%", (*count * 200 + *total) / (*total * 2)) : "", "share:" + id, {}};
    }

    void opening() {
        const campaign::Campaign& campaign = *evidence_.campaign;
        add(Paragraph{campaign.text("purpose", document_.language)});
        const Cell total = figure("total");
        const std::string days = fmt::format("between {} and {}", in_words(campaign.opens), in_words(last_day_));
        Table facts{"The evidence at a glance", {"", "Responses"}, {}};
        facts.rows.push_back({{"Responses given " + days, {}, {}}, total});
        for (const Variable& variable : figures_.variables) {
            if (variable.section == Section::trait && variable.id == "assisted") {
                for (std::size_t at = 0; at < variable.categories.size(); ++at) {
                    const bool yes = variable.categories[at].name == "yes";
                    facts.rows.push_back(
                        {{yes ? "of which staff helped to answer" : "of which people answered alone", {}, {}},
                         figure(variable.id_of(at))});
                }
            }
        }
        add(std::move(facts));
        add(
            Notice{"This is not a representative sample. People chose to answer, at the places where the call was "
                   "open. The figures tell what was said to the committee, not what Londoners think."});
        add(
            Paragraph{fmt::format("A dash ({}) stands for a figure that is not shown, so that nobody can be "
                                  "recognised: it is under {}, or would let such a figure be worked out.",
                                  not_shown_sign, small_count)});
    }

    void findings() {
        add(Heading{1, "Findings"});
        if (evidence_.coding.findings.empty()) {
            add(Room{"What the evidence says, in the committee's words"});
        } else {
            add(Bullets{evidence_.coding.findings});
        }
        if (evidence_.kind == ReportKind::questioning_brief) {
            add(Heading{1, "Suggested lines of questioning"});
            add(Room{"Questions for the meeting"});
        }
    }

    void recommendations() {
        add(Heading{1, "Recommendations"});
        if (!evidence_.coding.recommendations.empty()) {
            add(Bullets{evidence_.coding.recommendations});
        }
        for (std::size_t number = 1; number <= 3; ++number) {
            add(Room{fmt::format("Recommendation {}", number + evidence_.coding.recommendations.size())});
        }
    }

    // A question with a single count each choice, as a table beside its chart.
    void one_question(const std::string& title, const std::vector<std::pair<std::string, std::string>>& lines) {
        Table table{title, {"Answer", "Responses", "Share of all"}, {}};
        Chart chart{title, {}, 1};
        for (const auto& [label, id] : lines) {
            table.rows.push_back({{label, {}, {}}, figure(id), share(id)});
            const std::optional<std::int64_t> count = figures_.shown(id);
            chart.bars.push_back({label, id, count});
            chart.scale = std::max(chart.scale, count.value_or(1));
        }
        add(std::move(chart));
        add(std::move(table));
    }

    // The variables of one question, from `start`: its choices where several can be ticked, else itself.
    [[nodiscard]] std::size_t end_of_question(std::size_t start) const {
        std::size_t end = start + 1;
        while (figures_.variables[start].kind == VariableKind::ticked && end < figures_.variables.size() &&
               figures_.variables[end].question == figures_.variables[start].question) {
            ++end;
        }
        return end;
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> lines_of(std::size_t start,
                                                                            std::size_t end) const {
        std::vector<std::pair<std::string, std::string>> lines;
        const Variable& first = figures_.variables[start];
        if (first.kind == VariableKind::ticked) {
            for (std::size_t at = start; at < end; ++at) {
                lines.emplace_back(figures_.variables[at].label, figures_.variables[at].id_of(0));
            }
            return lines;
        }
        for (std::size_t category = 0; category < first.categories.size(); ++category) {
            lines.emplace_back(first.categories[category].label, first.id_of(category));
        }
        return lines;
    }

    [[nodiscard]] bool is_breakdown(const Variable& variable) const {
        return std::ranges::any_of(figures_.breakdowns,
                                   [&](std::size_t at) { return figures_.variables[at].id == variable.id; });
    }

    void questions() {
        add(PageBreak{});
        add(Heading{1, "What people answered"});
        for (std::size_t at = 0; at < figures_.variables.size(); at = end_of_question(at)) {
            const Variable& variable = figures_.variables[at];
            if (variable.section != Section::question || is_breakdown(variable)) {
                continue;
            }
            add(Heading{2, variable.question_label});
            if (variable.kind == VariableKind::ticked) {
                add(Paragraph{"More than one answer could be ticked."});
            } else if (variable.kind == VariableKind::written) {
                add(Paragraph{"Answered in people's own words."});
            }
            one_question(variable.question_label, lines_of(at, end_of_question(at)));
        }
    }

    // Each wider theme before its parts, then those that are part of none.
    [[nodiscard]] std::vector<Theme> in_reading_order() const {
        std::vector<Theme> order;
        const auto add_parts_of = [&](const std::string& above) {
            std::ranges::copy_if(evidence_.coding.themes, std::back_inserter(order),
                                 [&](const Theme& theme) { return theme.above == above; });
        };
        for (const Theme& wider : themes_above(evidence_.coding)) {
            order.push_back(wider);
            add_parts_of(wider.label);
        }
        add_parts_of({});
        return order;
    }

    void themes() {
        if (evidence_.coding.themes.empty()) {
            return;
        }
        add(Heading{1, "Themes in people's own words"});
        add(Paragraph{
            "Officers read the answers and gave each response the themes it speaks of, and where they stand. A "
            "figure "
            "is the number of responses with the theme, anywhere or in their answer to the question; one answer can "
            "have several themes. A wider theme counts who has any of its parts, each once."});
        Table table{"Themes by question", {"Theme", "Anywhere"}, {}};
        std::vector<const Variable*> written;
        for (const Variable& variable : figures_.variables) {
            if (variable.kind == VariableKind::written) {
                written.push_back(&variable);
                table.columns.push_back(variable.question_label);
            }
        }
        for (const Theme& theme : in_reading_order()) {
            const std::string label = theme.above.empty() ? theme.label : theme.above + ": " + theme.label;
            std::vector<Cell> row = {{label, {}, {}}, figure(theme_id(theme.name, any_answer))};
            for (const Variable* variable : written) {
                row.push_back(figure(theme_id(theme.name, variable->question)));
            }
            table.rows.push_back(std::move(row));
        }
        std::vector<Cell> answered = {{"All answers to the question", {}, {}}, figure("total")};
        for (const Variable* variable : written) {
            answered.push_back(figure(variable->id_of(0)));
        }
        table.rows.push_back(std::move(answered));
        add(std::move(table));
    }

    void quotations() {
        if (quotes_.allowed.empty()) {
            return;
        }
        add(Heading{1, "In their own words"});
        for (std::size_t at = 0; at < quotes_.allowed.size(); ++at) {
            const bool new_theme = at == 0 || quotes_.themes[at] != quotes_.themes[at - 1];
            const auto theme = std::ranges::find(evidence_.coding.themes, quotes_.themes[at], &Theme::name);
            if (new_theme && theme != evidence_.coding.themes.end()) {
                add(Heading{2, theme->label});
            }
            add(quotes_.allowed[at]);
        }
    }

    void who_answered() {
        add(Heading{1, "Who answered, and where"});
        for (const std::size_t at : figures_.breakdowns) {
            const Variable& variable = figures_.variables[at];
            add(Heading{2, variable.question_label});
            if (variable.id == "borough") {
                borough_map(variable);
            }
            one_question(variable.question_label, lines_of(at, at + 1));
        }
    }

    void borough_map(const Variable& variable) {
        TileMap map{"Responses by borough", {}};
        for (const BoroughTile& tile : borough_tiles) {
            const auto found = std::ranges::find(variable.categories, tile.choice, &Category::name);
            if (found != variable.categories.end()) {
                const std::string id = variable.id_of(static_cast<std::size_t>(found - variable.categories.begin()));
                map.tiles.push_back(
                    {std::string(tile.letters), found->label, id, tile.row, tile.column, figures_.shown(id)});
            }
        }
        if (!map.tiles.empty()) {
            add(std::move(map));
        }
    }

    void equality() {
        add(PageBreak{});
        add(Heading{1, "Equality figures"});
        add(
            Paragraph{"Asked so that the committee can see whom it has not heard. They were optional, are kept apart "
                      "from what people wrote, and are in no other table. Shares are of all responses."});
        bool baseline = false;
        for (const Variable& variable : figures_.variables) {
            if (variable.section == Section::equality && variable.kind == VariableKind::one_of) {
                baseline = one_equality_table(variable) || baseline;
            }
        }
        if (baseline) {
            add(Paragraph{
                "London: usual residents, Office for National Statistics, Census 2021, tables TS008 (sex), "
                "TS021 (ethnic group), TS024 (main language, ages 3 and over) and TS038 (disabled under the "
                "Equality Act). The census asks in other words, and of all ages: compare with care. Where "
                "no figure stands, the census has no like category."});
        }
    }

    bool one_equality_table(const Variable& variable) {
        Table table{variable.question_label, {"Answer", "Responses", "Share of all"}, {}};
        const bool baseline = std::ranges::any_of(variable.categories, [&](const Category& category) {
            return london_2021(variable.question, category.name).has_value();
        });
        if (baseline) {
            table.columns.emplace_back("London, Census 2021");
        }
        for (std::size_t category = 0; category < variable.categories.size(); ++category) {
            const std::string id = variable.id_of(category);
            std::vector<Cell> row = {{variable.categories[category].label, {}, {}}, figure(id), share(id)};
            if (baseline) {
                const auto share_of_london = london_2021(variable.question, variable.categories[category].name);
                row.push_back({share_of_london.has_value() ? share_of_london->share : " ", {}, {}});
            }
            table.rows.push_back(std::move(row));
        }
        add(Heading{2, variable.question_label});
        add(std::move(table));
        return baseline;
    }

    void annex() {
        add(PageBreak{});
        add(Heading{1, "Annex: answers by group"});
        for (const std::size_t at : figures_.breakdowns) {
            const Variable& breakdown = figures_.variables[at];
            add(Heading{2, "By: " + breakdown.question_label});
            for (std::size_t start = 0; start < figures_.variables.size(); start = end_of_question(start)) {
                const Variable& variable = figures_.variables[start];
                if (variable.section == Section::question && variable.id != breakdown.id) {
                    crossed(start, end_of_question(start), breakdown);
                }
            }
        }
    }

    // A table of the question's answers by the breakdown; wide ones (a list of boroughs) are turned or left to the
    // table where they are the rows.
    void crossed(std::size_t start, std::size_t end, const Variable& breakdown) {
        const Variable& first = figures_.variables[start];
        std::vector<std::pair<const Variable*, std::size_t>> columns;
        if (first.kind == VariableKind::one_of) {
            for (std::size_t category = 0; category < first.categories.size(); ++category) {
                columns.emplace_back(&first, category);
            }
        } else {
            for (std::size_t at = start; at < end; ++at) {
                columns.emplace_back(&figures_.variables[at], 0);
            }
        }
        if (columns.size() > 2 * columns_max) {
            return;
        }
        for (std::size_t from = 0; from < columns.size(); from += columns_max) {
            const std::size_t to = std::min(from + columns_max, columns.size());
            crossed_columns(first,
                            {columns.begin() + static_cast<std::ptrdiff_t>(from),
                             columns.begin() + static_cast<std::ptrdiff_t>(to)},
                            breakdown);
        }
    }

    void crossed_columns(const Variable& first, const std::vector<std::pair<const Variable*, std::size_t>>& columns,
                         const Variable& breakdown) {
        Table table{first.question_label + " – by: " + breakdown.question_label, {breakdown.question_label}, {}};
        for (const auto& [variable, category] : columns) {
            table.columns.push_back(variable->kind == VariableKind::ticked ? variable->label
                                                                           : variable->categories[category].label);
        }
        table.columns.emplace_back("All");
        for (std::size_t row = 0; row < breakdown.categories.size(); ++row) {
            std::vector<Cell> cells = {{breakdown.categories[row].label, {}, {}}};
            for (const auto& [variable, category] : columns) {
                cells.push_back(figure(crossed_id(*variable, category, breakdown, row)));
            }
            cells.push_back(figure(breakdown.id_of(row)));
            table.rows.push_back(std::move(cells));
        }
        std::vector<Cell> all = {{"All", {}, {}}};
        for (const auto& [variable, category] : columns) {
            all.push_back(figure(variable->id_of(category)));
        }
        all.push_back(figure("total"));
        table.rows.push_back(std::move(all));
        add(std::move(table));
    }

    void method() {
        add(Heading{1, "How these figures were made"});
        add(Bullets{{
            "Counted are responses, not people: nothing keeps a person from answering twice.",
            fmt::format(
                "Counts under {} are not shown, nor under {} where a station meets a role; further figures are "
                "left out so that none of these can be worked out, also not from an earlier report on this "
                "call.",
                small_count, small_count_station_role),
            "Quotations are given only as their authors allowed: by name, without a name, or not at all.",
            "Test responses and withdrawn responses are in no figure.",
        }});
    }

    const Evidence& evidence_;
    const Figures& figures_;
    const Quotes& quotes_;
    Document document_;
    base::Day last_day_{};
};

}  // namespace

Document compose(const Evidence& evidence, const Figures& figures, const Quotes& quotes) {
    return Composer(evidence, figures, quotes).run();
}

}  // namespace pillarbox::report
