// SPDX-License-Identifier: GPL-3.0-or-later
//
// One of several things that a person has added: its name, what is known of it, and buttons to change it and to take
// it away.
#pragma once

#include <string>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct ListRowSpec {
    std::string key{};
    std::string name{};    // "Person 2"
    std::string answer{};  // "Ada"; may be empty
    Reveal reveal = Reveal::shown;
    std::string change_label{}, change_name{};
    std::string remove_label{}, remove_name{};
};

enum class ListRowPress { none, change, remove };
[[nodiscard]] ListRowPress list_row(Ui& ui, const ListRowSpec& spec);

}  // namespace pillarbox::widgets
