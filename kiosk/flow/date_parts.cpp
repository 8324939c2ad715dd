// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/date_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>

#include "kiosk/flow/numbers.hpp"

namespace pillarbox::flow {

namespace {

using form::NodeType;

constexpr unsigned year_min = 1000;  // four figures, as every calendar on a wall shows them
constexpr unsigned year_max = 9999;
constexpr std::size_t part_size_bytes_max = 16;

struct Parts {
    std::array<std::string, 5> typed;  // by DatePart

    [[nodiscard]] std::string& operator[](DatePart part) { return typed[static_cast<std::size_t>(part)]; }
    [[nodiscard]] const std::string& operator[](DatePart part) const { return typed[static_cast<std::size_t>(part)]; }
};

// Takes what stands before `end` off the text, and `end` too.
std::string take_until(std::string_view& text, char end) {
    const auto at = std::min(text.find(end), text.size());
    std::string taken(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

// "14:30:00.000+00:00", or as far as it is typed.
void read_time(std::string_view text, Parts& parts) {
    parts[DatePart::hour] = take_until(text, ':');
    parts[DatePart::minute] = std::string(text.substr(0, text.find_first_of(":Z+-")));
}

Parts parts_of_answer(const form::Node& question, std::string_view answer) {
    Parts parts;
    if (question.type == NodeType::time) {
        read_time(answer, parts);
        return parts;
    }
    const std::string day = take_until(answer, 'T');
    std::string_view rest = day;
    parts[DatePart::year] = take_until(rest, '-');
    parts[DatePart::month] = take_until(rest, '-');
    parts[DatePart::day] = take_until(rest, '-');
    if (question.type == NodeType::date_time)
        read_time(answer, parts);
    return parts;
}

std::optional<unsigned> number_in(std::string_view text) {
    constexpr std::size_t figures_max = 6;
    const bool figures =
        std::ranges::all_of(text, [](char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; });
    if (text.empty() || text.size() > figures_max || !figures)
        return std::nullopt;
    return static_cast<unsigned>(std::stoul(std::string(text)));
}

std::string without_leading_zeros(std::string_view text) {
    while (text.size() > 1 && text.front() == '0')
        text.remove_prefix(1);
    return std::string(text);
}

bool asks(const form::Node& question, DatePart part) {
    return std::ranges::count(parts_asked(question), part) > 0;
}

unsigned days_in(const Parts& parts) {
    const auto year = number_in(parts[DatePart::year]);
    const auto month = number_in(parts[DatePart::month]);
    if (!month || *month < 1 || *month > 12)
        return 31;
    // Without a year, February gets the day that it sometimes has.
    const std::chrono::year_month_day_last last(std::chrono::year(static_cast<int>(year.value_or(2000))),
                                                std::chrono::month_day_last(std::chrono::month(*month)));
    return static_cast<unsigned>(last.day());
}

bool is_sound(const Parts& parts, DatePart part) {
    const auto number = number_in(parts[part]);
    if (!number)
        return false;
    switch (part) {
        case DatePart::day:
            return *number >= 1 && *number <= days_in(parts);
        case DatePart::month:
            return *number >= 1 && *number <= 12;
        case DatePart::year:
            return *number >= year_min && *number <= year_max;
        case DatePart::hour:
            return *number <= 23;
        case DatePart::minute:
            return *number <= 59;
    }
    return false;
}

// Of the date that a sound answer names.
base::Day day_of(const Parts& parts) {
    const auto number = [&](DatePart part) { return number_in(parts[part]).value_or(1); };
    return std::chrono::year_month_day(std::chrono::year(static_cast<int>(number(DatePart::year))),
                                       std::chrono::month(number(DatePart::month)),
                                       std::chrono::day(number(DatePart::day)));
}

std::string joined(const form::Node& question, const Parts& parts) {
    const auto wanted = parts_asked(question);
    if (std::ranges::all_of(wanted, [&](DatePart part) { return parts[part].empty(); }))
        return {};
    const bool sound = std::ranges::all_of(wanted, [&](DatePart part) { return is_sound(parts, part); });
    std::string answer;
    if (question.type != NodeType::time)
        answer = sound ? base::format_day(day_of(parts))
                       : parts[DatePart::year] + "-" + parts[DatePart::month] + "-" + parts[DatePart::day];
    if (question.type == NodeType::date_time)
        answer += 'T';
    if (question.type == NodeType::date)
        return answer;
    if (!sound)
        return answer + parts[DatePart::hour] + ":" + parts[DatePart::minute];
    return answer + fmt::format("{:02}:{:02}:00.000+00:00", *number_in(parts[DatePart::hour]),
                                *number_in(parts[DatePart::minute]));
}

Text missing_text(DatePart part) {
    switch (part) {
        case DatePart::day:
            return message("Enter the day.");
        case DatePart::month:
            return message("Enter the month.");
        case DatePart::year:
            return message("Enter the year.");
        case DatePart::hour:
            return message("Enter the hour.");
        case DatePart::minute:
            return message("Enter the minutes. Enter 0 for a full hour.");
    }
    return {};
}

Text wrong_text(const Parts& parts, DatePart part) {
    switch (part) {
        case DatePart::day:
            return message("The day must be a number from 1 to {last}.",
                           {{"last", static_cast<std::uint64_t>(days_in(parts))}});
        case DatePart::month:
            return message("The month must be a number from 1 to 12.");
        case DatePart::year:
            return message("The year must have 4 figures, for example 2023.");
        case DatePart::hour:
            return message("The hour must be a number from 0 to 23.");
        case DatePart::minute:
            return message("The minutes must be a number from 0 to 59.");
    }
    return {};
}

Text clock_text(const Parts& parts) {
    return written(
        Decimal{fmt::format("{:02}:{:02}", *number_in(parts[DatePart::hour]), *number_in(parts[DatePart::minute]))});
}

}  // namespace

std::vector<DatePart> parts_asked(const form::Node& question) {
    using enum DatePart;
    if (question.type == NodeType::time)
        return {hour, minute};
    if (question.type == NodeType::date_time)
        return {day, month, year, hour, minute};
    if (question.type != NodeType::date)
        return {};
    if (question.has_appearance("year"))
        return {year};
    return question.has_appearance("month-year") ? std::vector{month, year} : std::vector{day, month, year};
}

std::string part_of(const form::Node& question, std::string_view answer, DatePart part) {
    const Parts parts = parts_of_answer(question, answer);
    const bool two_figures = part == DatePart::minute || part == DatePart::hour;
    return two_figures ? parts[part] : without_leading_zeros(parts[part]);
}

std::string with_part(const form::Node& question, std::string_view answer, DatePart part, std::string_view typed) {
    Parts parts = parts_of_answer(question, answer);
    std::string& text = parts[part];
    text.clear();
    for (const char letter : with_ascii_digits(typed)) {
        // The marks that the answer is read by can be no part of a part.
        if (std::string_view(" -:+TZ").find(letter) == std::string_view::npos && text.size() < part_size_bytes_max)
            text += letter;
    }
    for (const DatePart unasked : {DatePart::day, DatePart::month})
        if (question.type == NodeType::date && !asks(question, unasked))
            parts[unasked] = "01";  // as ODK fills them in
    return joined(question, parts);
}

bool same_part(std::string_view typed, std::string_view shown) {
    return without_leading_zeros(with_ascii_digits(typed)) == without_leading_zeros(shown);
}

DateProblem problem_of_date(const form::Node& question, std::string_view answer) {
    const Parts parts = parts_of_answer(question, answer);
    DateProblem problem;
    for (const DatePart part : parts_asked(question)) {
        if (is_sound(parts, part))
            continue;
        if (problem.parts.empty())
            problem.text = parts[part].empty() ? missing_text(part) : wrong_text(parts, part);
        problem.parts.push_back(part);
    }
    return problem;
}

std::vector<Text> date_texts(const form::Node& question, std::string_view answer) {
    if (answer.empty())
        return {};
    const Parts parts = parts_of_answer(question, answer);
    const auto wanted = parts_asked(question);
    if (!std::ranges::all_of(wanted, [&](DatePart part) { return is_sound(parts, part); })) {
        std::string typed;
        for (const DatePart part : wanted)
            if (!parts[part].empty())
                typed += (typed.empty() ? "" : " ") + parts[part];
        return {ready(typed)};
    }
    if (question.type == NodeType::time)
        return {clock_text(parts)};
    if (question.has_appearance("year") && question.type == NodeType::date)
        return {written(Decimal{parts[DatePart::year]})};
    if (question.has_appearance("month-year") && question.type == NodeType::date)
        return {written(Month{day_of(parts)})};
    if (question.type == NodeType::date)
        return {written(day_of(parts))};
    return {written(day_of(parts)), clock_text(parts)};
}

}  // namespace pillarbox::flow
