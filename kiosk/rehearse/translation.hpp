// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scenario's names in another language. Scenarios are written once, with the English texts of the interface and of
// the campaign; this finds what the screen says instead, through the same catalogue and the same form:
//
//     translation.name_of("Next")                                      "Dalej"
//     translation.name_of("Change: Which borough do you live in?")     "Zmień: W której dzielnicy ...?"
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "accessibility/messages/messages.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"

namespace pillarbox::rehearse {

class Translation {
  public:
    Translation(const campaign::Campaign& campaign, const messages::Messages& interface, std::string language);

    [[nodiscard]] const std::string& language() const { return language_; }

    // Also where the text holds others: "Error: ..." and messages with {placeholders}. `not_found` where neither the
    // interface nor the campaign says that, `conflict` where they translate it in different ways.
    [[nodiscard]] base::Result<std::string> name_of(std::string_view english) const;

  private:
    void add(const form::LocalizedText& text, const std::string& default_language);
    void add(const form::Node& node, const std::string& default_language);
    [[nodiscard]] std::optional<std::string> value_of(std::string_view english) const;
    [[nodiscard]] base::Result<std::string> by_pattern(std::string_view english) const;

    std::string language_;
    std::map<std::string, std::set<std::string>, std::less<>> translations_;  // by the English text
};

}  // namespace pillarbox::rehearse
