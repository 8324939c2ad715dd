// SPDX-License-Identifier: GPL-3.0-or-later
//
// Putting things in order: a list with the place of each, and a button up and a button down on it. Nothing is
// dragged, so that it works with a shaking hand, a key or a switch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct RankItem {
    std::string key{};  // stable: the choice's name in the form
    std::string label{};
    std::string number{};     // "2", in the language's digits
    std::string place{};      // "2 of 5", for speech
    std::string up_name{};    // "Move up: buses"
    std::string down_name{};  // "Move down: buses"
};

enum class RankState { untouched, ordered };

struct RankingSpec {
    std::string key{};
    std::string label{};  // shown above in bold; may be empty where the heading is the question
    std::string name{};   // for speech, where `label` is empty
    std::string hint{};
    std::string error{};
    RankState state = RankState::untouched;  // untouched: no place is shown, since none was given
    std::vector<RankItem> items{};
    std::string confirm_label{};  // while untouched: takes the order as it stands
    std::string clear_label{};    // once ordered: takes the answer away; empty: no button
};

enum class RankPress { up, down, confirm, clear };
struct RankChange {
    RankPress press{};
    std::size_t index = 0;  // of up and down
};

[[nodiscard]] std::optional<RankChange> ranking(Ui& ui, const RankingSpec& spec);

}  // namespace pillarbox::widgets
