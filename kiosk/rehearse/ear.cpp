// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/ear.hpp"

#include <algorithm>
#include <ranges>

namespace pillarbox::rehearse {

void Ear::hear(std::string_view utterance) {
    if (lines_.size() < lines_max) {
        lines_.emplace_back(utterance);
    }
}

bool Ear::heard(std::string_view text) const {
    return std::ranges::any_of(lines_ | std::views::drop(moment_),
                               [text](const auto& line) { return line.find(text) != std::string::npos; });
}

bool Ear::heard_thing(std::string_view name, std::string_view role_word) const {
    const auto at_end = std::string(name) + " " + std::string(role_word);  // "Who are you? text box"
    const auto within = std::string(name) + ", " + std::string(role_word);
    return heard(at_end) || heard(within);
}

bool Ear::ever_heard(std::string_view text) const {
    return std::ranges::any_of(lines_, [text](const auto& line) { return line.find(text) != std::string::npos; });
}

std::string Ear::describe() const {
    std::string text;
    for (const auto& line : lines_ | std::views::drop(moment_)) {
        text += "  " + line + "\n";
    }
    return text.empty() ? "  nothing\n" : text;
}

}  // namespace pillarbox::rehearse
