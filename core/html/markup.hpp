// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes HTML that is well formed and in which every text and attribute is escaped: what a person, a kiosk or a
// respondent has typed can't become markup. Names of elements and attributes are literals of the caller's; there are
// no scripts and no styles in it, which come from files of their own (the pages' Content-Security-Policy allows no
// others). Threading: one thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pillarbox::html {

class Markup {
  public:
    // An attribute of an empty value is written without one (`required`).
    using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    Markup& open(std::string_view element, Attributes attributes = {});
    Markup& close();  // the innermost
    Markup& text(std::string_view text);
    Markup& leaf(std::string_view element, std::string_view text, Attributes attributes = {});
    Markup& lone(std::string_view element, Attributes attributes = {});  // <input>, which has no end
    Markup& link(std::string_view target, std::string_view text);

    [[nodiscard]] std::string take();  // once, when all is closed (checked)

  private:
    void tag(std::string_view element, Attributes attributes);

    std::string out_;
    std::vector<std::string_view> open_;
};

[[nodiscard]] std::string escape(std::string_view text);

}  // namespace pillarbox::html
