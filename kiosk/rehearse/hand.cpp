// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/hand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "accessibility/semantics/tree.hpp"
#include "kiosk/rehearse/key_search.hpp"
#include "kiosk/rehearse/player.hpp"

namespace pillarbox::rehearse {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using input::Command;
using semantics::Node;
using semantics::NodeId;
using semantics::Role;
using std::chrono::milliseconds;

// A page comes to rest within a few frames; a screen that never does is a defect worth failing on.
constexpr int frames_to_settle_max = 600;
// More than the longest page has controls and a keyboard has keys, three times round.
constexpr int strikes_max = 400;

std::unexpected<base::Error> not_reached(const semantics::Tree& tree, NodeId id, std::string_view by) {
    const Node* node = semantics::find(tree, id);
    return fail(ErrorCode::conflict, {},
                node == nullptr
                    ? fmt::format("It went while {} were on the way to it.", by)
                    : fmt::format("{} don't reach the {} \"{}\".", by, semantics::name_of(node->role), node->name));
}

const Node* focused_in(const semantics::Tree& tree) {
    return semantics::find(tree, tree.focus);
}

}  // namespace

Result<void> settle(app::Kiosk& kiosk) {
    for (int frame = 0; frame < frames_to_settle_max; ++frame) {
        if (!kiosk.run_frame(milliseconds{0})) {
            return fail(ErrorCode::conflict, {}, "The window was closed.");
        }
        if (frame >= 2 && kiosk.stage().is_settled()) {
            return {};
        }
    }
    return fail(ErrorCode::conflict, {}, "The screen does not come to rest.");
}

Result<void> Hand::settle() {
    return rehearse::settle(kiosk_);
}

Result<void> Hand::frame() {
    if (!kiosk_.run_frame(milliseconds{0})) {
        return fail(ErrorCode::conflict, {}, "The window was closed.");
    }
    return {};
}

Result<void> Hand::strike(Command command) {
    const auto& bindings = kiosk_.stage().key_bindings();
    const auto key = bindings.key_of(command);
    if (!key.has_value()) {
        return fail(ErrorCode::not_found, {},
                    fmt::format("No key of \"{}\" means {}.", bindings.name(), input::name_of(command)),
                    "Rehearse with another --keypad.");
    }
    platform::Event event{.time = clock_.monotonic(), .code = key->code, .scancode = key->scancode};
    event.kind = input::writes_text(key->code) ? platform::EventKind::character : platform::EventKind::key_down;
    event.character = event.kind == platform::EventKind::character ? static_cast<char32_t>(key->code) : U'\0';
    events_.push(event);
    return {};
}

Result<void> Hand::press(NodeId node) {
    return hands_ == Hands::keys ? press_by_keys(node) : press_by_switch(node);
}

Result<void> Hand::press_by_keys(NodeId target) {
    const Node* node = semantics::find(*kiosk_.stage().tree(), target);
    if (node != nullptr && node->role == Role::key) {
        return press_on_screen_key(target);
    }
    const auto& bindings = kiosk_.stage().key_bindings();
    const Command onward = bindings.key_of(Command::next) ? Command::next : Command::down;
    for (int strikes = 0; strikes < strikes_max; ++strikes) {
        const auto tree = kiosk_.stage().tree();
        const Node* focused = focused_in(*tree);
        if (tree->focus == target) {
            // A field is where it was wanted: pressing it leads on to the keys.
            if (focused != nullptr && focused->role != Role::text_field) {
                TRY(strike(Command::activate));
            }
            return settle();
        }
        const bool on_keys = focused != nullptr && focused->role == Role::key;
        TRY(strike(on_keys && bindings.key_of(Command::back) ? Command::back : onward));
        TRY(frame());
    }
    return not_reached(*kiosk_.stage().tree(), target, "The keys");
}

Result<void> Hand::press_on_screen_key(NodeId target) {
    for (int strikes = 0; strikes < strikes_max; ++strikes) {
        const auto tree = kiosk_.stage().tree();
        const Node* node = semantics::find(*tree, target);
        const Node* focused = focused_in(*tree);
        if (node == nullptr) {
            break;
        }
        Command command = Command::activate;  // from the field to its keys
        if (focused != nullptr && focused->role == Role::key && focused->id != target) {
            const float down = node->rect.y - focused->rect.y;
            const bool in_row = std::abs(down) < focused->rect.height / 2 || focused->parent != node->parent;
            const auto& bindings = kiosk_.stage().key_bindings();
            const bool arrows = bindings.key_of(Command::down).has_value();
            command = in_row     ? Command::right
                      : down > 0 ? (arrows ? Command::down : Command::next)
                                 : (arrows ? Command::up : Command::previous);
        }
        TRY(strike(command));
        TRY(frame());
        if (focused != nullptr && focused->id == target) {
            return settle();
        }
    }
    return not_reached(*kiosk_.stage().tree(), target, "The keys");
}

// The first press sets the scan going; then as a person does: waits, or moves, until the light is on it.
Result<void> Hand::press_by_switch(NodeId target) {
    const auto& stage = kiosk_.stage();
    const Command chooses = hands_ == Hands::one_switch ? Command::switch_1 : Command::switch_2;
    for (int turns = 0; turns < strikes_max; ++turns) {
        const auto lit = stage.lit();
        const bool on_it = std::ranges::find(lit, target) != lit.end();
        if (lit.empty() || on_it) {
            TRY(strike(chooses));
            if (lit.size() == 1) {
                return settle();
            }
            TRY(lit.empty() ? settle() : frame());
        } else if (hands_ == Hands::two_switches) {
            TRY(strike(Command::switch_1));
            TRY(frame());
        } else if (const auto due = stage.scan_due()) {
            clock_.advance(std::max(milliseconds{0}, *due - clock_.monotonic()));
            TRY(frame());
        } else {
            TRY(strike(chooses));  // it rests
            TRY(frame());
        }
    }
    return not_reached(*stage.tree(), target, "The switches");
}

Result<void> Hand::show_keys() {
    const auto tree = kiosk_.stage().tree();
    const Node* focused = focused_in(*tree);
    if (hands_ == Hands::keys && focused != nullptr && focused->role == Role::text_field) {
        TRY(strike(Command::activate));
        TRY(settle());
    }
    return {};
}

Result<void> Hand::press_named(const std::string& key) {
    const Node* node = semantics::find_key(*kiosk_.stage().tree(), key);
    if (node == nullptr) {
        return fail(ErrorCode::conflict, {}, fmt::format("There is no key \"{}\".", key));
    }
    return press(node->id);
}

// The space bar names the layout that is on the screen; names and postcodes may need the next one.
Result<KeysForLetter> Hand::keys_on_some_layout(std::string_view text,
                                                std::span<const input::KeyboardLayout> layouts) {
    for (std::size_t turns = 0; turns < layouts.size(); ++turns) {
        const auto tree = kiosk_.stage().tree();
        const Node* space = semantics::find_key(*tree, "keyboard/space");
        const auto shown = std::ranges::find_if(layouts, [space](const input::KeyboardLayout& layout) {
            return space != nullptr && space->name.ends_with(", " + layout.label);
        });
        if (shown == layouts.end()) {
            return fail(ErrorCode::conflict, {}, "There is no on-screen keyboard to write with.");
        }
        if (auto keys = keys_for(*shown, text); keys.has_value() || turns + 1 == layouts.size()) {
            return keys;
        }
        TRY(press_named("keyboard/layout"));
    }
    return fail(ErrorCode::conflict, {}, "The language has no keyboard.");
}

Result<void> Hand::write(std::string_view text, std::string_view language) {
    std::vector<input::KeyboardLayout> layouts;
    for (const auto& name : input::layouts_of_language(language)) {
        layouts.push_back(TRY(input::KeyboardLayout::load(name)));
    }
    TRY(show_keys());
    while (!text.empty()) {
        const auto next = TRY(keys_on_some_layout(text, layouts));
        for (const auto& key : next.keys) {
            TRY(press_named(key));
        }
        text.remove_prefix(next.size_bytes);
    }
    return {};
}

}  // namespace pillarbox::rehearse
