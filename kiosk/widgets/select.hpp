// SPDX-License-Identifier: GPL-3.0-or-later
//
// Choosing one of many (34 boroughs): a button that shows what is chosen and opens a full page with a scrolling list.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/widgets/choices.hpp"

namespace pillarbox::widgets {

struct SelectSpec {
    std::string key{};
    std::string label{};
    std::string hint{};
    std::string error{};
    std::string placeholder{};  // "Choose a borough"
    std::vector<Option> options{};
    Reveal reveal = Reveal::shown;  // of what is chosen, while the list is closed
};

// The index chosen in the list, once. Option nodes have the key "<key>.options/<option key>".
[[nodiscard]] std::optional<std::size_t> select(Ui& ui, const SelectSpec& spec);

}  // namespace pillarbox::widgets
