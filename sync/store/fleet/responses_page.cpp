// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "sync/store/fleet/kiosk_pages.hpp"
#include "sync/store/fleet/other_pages.hpp"

namespace pillarbox::fleet {
namespace {

constexpr std::size_t chart_height = 220;
constexpr std::size_t bar_step = 56;
constexpr std::size_t bar_width = 40;
constexpr std::size_t label_height = 24;
constexpr std::size_t hidden_height = 16;

std::string count_text(const CountTable& counts, std::size_t row, std::size_t column) {
    return counts.is_hidden(row, column) ? "hidden" : std::to_string(counts.count(row, column));
}

// "01-05": the year stands above.
std::string short_day(base::Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:02}-{:02}", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// The days' totals. A hidden one is a dashed box of one height, which says nothing of it.
void write_chart(Markup& markup, const DayTable& table) {
    const CountTable& counts = table.counts;
    const std::size_t totals = counts.rows();
    std::uint64_t most = 1;
    for (std::size_t day = 0; day < counts.columns(); ++day) {
        most = counts.is_hidden(totals, day) ? most : std::max(most, counts.count(totals, day));
    }
    const std::string box = fmt::format("0 0 {} {}", counts.columns() * bar_step, chart_height + 2 * label_height);
    markup.open("svg",
                {{"class", "chart"},
                 {"viewBox", box},
                 {"role", "img"},
                 {"aria-label", "Responses of all stations, day by day. The figures are in the table below."}});
    for (std::size_t day = 0; day < counts.columns(); ++day) {
        const bool hidden = counts.is_hidden(totals, day);
        const std::uint64_t height = hidden ? hidden_height : counts.count(totals, day) * chart_height / most;
        const std::size_t left = day * bar_step + (bar_step - bar_width) / 2;
        const std::uint64_t top = label_height + chart_height - height;
        markup.open("rect", {{"class", hidden ? "hidden" : "bar"},
                             {"x", std::to_string(left)},
                             {"y", std::to_string(top)},
                             {"width", std::to_string(bar_width)},
                             {"height", std::to_string(height)}});
        markup.close();
        const std::string middle = std::to_string(left + bar_width / 2);
        markup.leaf("text", count_text(counts, totals, day), {{"x", middle}, {"y", std::to_string(top - 6)}});
        markup.leaf("text", short_day(table.days[day]),
                    {{"x", middle}, {"y", std::to_string(chart_height + 2 * label_height - 6)}});
    }
    markup.close();
}

void write_row(Markup& markup, const CountTable& counts, std::size_t row, std::string_view name) {
    markup.open("tr").leaf("th", name, {{"scope", "row"}, {"class", "station"}});
    for (std::size_t column = 0; column < counts.columns(); ++column) {
        markup.leaf("td", count_text(counts, row, column),
                    {{"class", counts.is_hidden(row, column) ? "number quiet" : "number"}});
    }
    markup.close();
}

}  // namespace

void write_responses(Markup& markup, const DayTable& table, std::size_t number) {
    const CountTable& counts = table.counts;
    markup.leaf("h1", "Responses a day and station");
    markup.leaf("p", fmt::format("From {} to {}, by the day on which they reached the store. Test responses are not "
                                 "among them.",
                                 base::format_day(table.days.front()), base::format_day(table.days.back())));
    markup.leaf(
        "p",
        "A figure from 1 to 4 is hidden, so that nobody can tell who came, and with it another of its day, from "
        "which it could be worked out. What is hidden stays hidden; today's figures come tomorrow.");
    markup.open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Chart"}});
    write_chart(markup, table);
    markup.close();
    markup.open("div",
                {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Responses a day"}});
    markup.open("table").leaf("caption", "Responses a day and station").open("thead").open("tr");
    markup.leaf("th", "Station", {{"scope", "col"}, {"class", "station"}});
    for (const base::Day day : table.days) {
        markup.leaf("th", short_day(day), {{"scope", "col"}, {"class", "number"}});
    }
    markup.close().close().open("tbody");
    const std::size_t first = std::min((number - 1) * lines_per_page, counts.rows());
    const std::size_t end = std::min(first + lines_per_page, counts.rows());
    for (std::size_t row = first; row < end; ++row) {
        write_row(markup, counts, row, table.stations[row]);
    }
    write_row(markup, counts, counts.rows(), "All stations");
    markup.close().close().close();
    write_pages(markup, "/fleet/responses", number, counts.rows());
}

}  // namespace pillarbox::fleet
