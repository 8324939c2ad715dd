// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/screens/speaker.hpp"

#include "accessibility/messages/languages.hpp"
#include "accessibility/messages/numbers.hpp"

namespace pillarbox::screens {

std::string Speaker::say(const flow::Text& text) const {
    if (text.message.empty())
        return text.values.empty() ? text.ready : write(text.values.front().second);
    auto words = messages_.text(language_, text.message);
    for (const auto& [name, value] : text.values)
        words = messages::fill(words, {{name, write(value)}});
    return words;
}

std::string Speaker::say_count(std::string_view one, std::string_view many, std::uint64_t count) const {
    const auto number = messages::format_number(language_, count);
    return messages::fill(messages_.plural(language_, one, many, count), {{"count", number}});
}

std::string Speaker::write(const flow::TextValue& value) const {
    if (const auto* number = std::get_if<std::uint64_t>(&value))
        return messages::format_number(language_, *number);
    if (const auto* day = std::get_if<base::Day>(&value))
        return messages::format_date(language_, *day);
    if (const auto* number = std::get_if<flow::Decimal>(&value))
        return messages::format_decimal(language_, number->number);
    if (const auto* month = std::get_if<flow::Month>(&value))
        return messages::format_month(language_, month->day);
    return std::get<std::string>(value);
}

}  // namespace pillarbox::screens
