// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/screens/key_walk.hpp"

#include <algorithm>
#include <vector>

namespace pillarbox::tests {
namespace {

using platform::Key;
using semantics::Node;
using semantics::Role;

bool goes_back(WalkKey by) {
    return by.shift == platform::Shift::held || by.key == Key::up || by.key == Key::previous_item;
}

// Comes and goes as the page scrolls, or with the field that has the focus.
bool is_passing(std::string_view key) {
    return key == "show-more" || key == "show-back" || key == "keyboard";
}

// Tab stops at one option of a group; all others at each.
std::vector<std::string> stops_of(const semantics::Tree& tree, WalkKey by) {
    std::vector<std::string> keys;
    for (const auto id : by.key == Key::tab ? semantics::tab_stops(tree) : semantics::arrow_stops(tree)) {
        const Node* node = semantics::find(tree, id);
        if (node->role != Role::key && !is_passing(node->key)) {
            keys.push_back(node->key);
        }
    }
    if (goes_back(by)) {
        std::ranges::reverse(keys);
    }
    return keys;
}

std::string joined(const std::vector<std::string>& keys) {
    std::string text;
    for (const auto& key : keys) {
        text += " " + key;
    }
    return text;
}

class Walker {
  public:
    Walker(Screen& screen, WalkKey by) : screen_(screen), by_(by), expected_(stops_of(screen.tree(), by)) {}

    Walk go() {
        if (expected_.empty()) {
            return {};  // a screen that goes by itself
        }
        // A field's lines and a keyboard's rows take a press each.
        const std::size_t presses_max = 12 * expected_.size() + 60;
        for (std::size_t press = 0; press < presses_max && !closed_; ++press) {
            screen_.press(by_.key, by_.shift);
            step();
        }
        if (!closed_) {
            tell("It does not come round: a trap at " + screen_.focused_key() + ".");
        }
        compare();
        return {findings_, expected_.size()};
    }

  private:
    void tell(const std::string& what) { findings_ += what + "\n"; }

    void step() {
        const Node* focused = semantics::find(screen_.tree(), screen_.tree().focus);
        if (focused == nullptr) {
            tell("After " + (visited_.empty() ? "the start" : visited_.back()) + " the focus is on nothing.");
            return;
        }
        check_seen(*focused);
        const std::string key = focused->role == Role::key ? "keyboard" : focused->key;
        if (!visited_.empty() && key == visited_.back()) {
            closed_ = expected_.size() <= 1;
            return;  // the next line of a field, or the next row of keys
        }
        if (!visited_.empty() && key == visited_.front()) {
            closed_ = true;
            return;
        }
        visited_.push_back(key);
    }

    void check_seen(const Node& node) {
        const auto seen = node.rect.intersected(node.clip);
        // Of a long text, the part around the caret.
        const float least = node.role == Role::text_field ? node.visual.font_px : node.rect.height;
        const bool whole = seen.height >= std::min(least, node.clip.height) - 1;
        if (!node.visual.focus_ring) {
            tell(node.key + " has the focus and no ring.");
        } else if (seen.width <= 0 || !whole) {
            tell(node.key + " has the focus and is not seen.");
        }
    }

    void compare() {
        std::vector<std::string> lasting;
        std::ranges::copy_if(visited_, std::back_inserter(lasting),
                             [](const std::string& key) { return !is_passing(key); });
        for (const std::string& key : expected_) {
            const auto times = std::ranges::count(visited_, key);
            if (times != 1) {
                tell(key + " is reached " + std::to_string(times) + " times.");
            }
        }
        // The walk starts at the focus of the new page, and the round somewhere in the middle.
        const auto start = lasting.empty() ? expected_.begin() : std::ranges::find(expected_, lasting.front());
        std::rotate(expected_.begin(), start == expected_.end() ? expected_.begin() : start, expected_.end());
        if (lasting != expected_) {
            tell("The order is" + joined(lasting) + "\ninstead of  " + joined(expected_));
        }
    }

    Screen& screen_;
    WalkKey by_;
    std::vector<std::string> expected_;
    std::vector<std::string> visited_;
    std::string findings_;
    bool closed_ = false;
};

}  // namespace

Walk walk_round(Screen& screen, WalkKey by) {
    return Walker(screen, by).go();
}

}  // namespace pillarbox::tests
