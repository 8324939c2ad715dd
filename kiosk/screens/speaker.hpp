// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turns the flow's texts into words of one language: looks message ids up, writes numbers and dates the language's
// way.
#pragma once

#include <string>
#include <string_view>

#include "accessibility/messages/messages.hpp"
#include "kiosk/flow/text.hpp"

namespace pillarbox::screens {

class Speaker {
  public:
    Speaker(const messages::Messages& messages, std::string language)
        : messages_(messages), language_(std::move(language)) {}

    [[nodiscard]] std::string say(const flow::Text& text) const;
    [[nodiscard]] std::string say(std::string_view english) const { return messages_.text(language_, english); }
    // {count} is filled in.
    [[nodiscard]] std::string say_count(std::string_view one, std::string_view many, std::uint64_t count) const;
    [[nodiscard]] const std::string& language() const { return language_; }

  private:
    [[nodiscard]] std::string write(const flow::TextValue& value) const;

    const messages::Messages& messages_;
    std::string language_;
};

}  // namespace pillarbox::screens
