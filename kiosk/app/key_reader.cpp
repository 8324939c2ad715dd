// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/key_reader.hpp"

#include <optional>

namespace pillarbox::app {
namespace {

using input::Command;
using platform::Event;
using platform::EventKind;
using platform::Key;

// The screen's own key for a command; none for those that are the kiosk's.
Key key_for(Command command) {
    switch (command) {
        case Command::next:
            return Key::next_item;
        case Command::previous:
            return Key::previous_item;
        case Command::up:
            return Key::up;
        case Command::down:
            return Key::down;
        case Command::left:
            return Key::left;
        case Command::right:
            return Key::right;
        case Command::activate:
            return Key::activate;
        case Command::back:
            return Key::go_back;
        case Command::help:
            return Key::open_help;
        case Command::repeat:
        case Command::pause:
        case Command::spell:
        case Command::slower:
        case Command::faster:
        case Command::quieter:
        case Command::louder:
        case Command::volume_cycle:
        case Command::speech:
        case Command::blank:
        case Command::switch_1:
        case Command::switch_2:
            return Key::none;
    }
    return Key::none;
}

bool is_switch(Command command) {
    return command == Command::switch_1 || command == Command::switch_2;
}

// A key that writes is a command only where nobody writes with it, except the keys of switches in use.
bool writes_here(const Event& event, Command command, const KeySurroundings& around) {
    if (!input::writes_text(event.code) ||
        (is_switch(command) && around.switches == KeySurroundings::Switches::in_use)) {
        return false;
    }
    const auto* focused = semantics::find(around.tree, around.tree.focus);
    return around.writing == KeySurroundings::Writing::anywhere ||
           (focused != nullptr && focused->role == semantics::Role::text_field);
}

}  // namespace

std::vector<Command> KeyReader::read(std::vector<Event>& events, const KeySurroundings& around) {
    std::vector<Command> commands;
    std::vector<Event> left;
    left.reserve(events.size());
    for (Event& event : events) {
        const bool of_key = event.kind == EventKind::key_down || event.kind == EventKind::character;
        if (of_key && is_second_strike(event, around.strike_span)) {
            continue;
        }
        const auto command = of_key ? bindings_.command_of({event.code, event.scancode}) : std::nullopt;
        if (!command || writes_here(event, *command, around)) {
            left.push_back(event);
            continue;
        }
        if (event.kind == EventKind::key_down && input::writes_text(event.code)) {
            continue;  // its character comes too, and is what counts
        }
        const Key key = key_for(*command);
        if (key == Key::none) {
            commands.push_back(*command);
            continue;
        }
        left.push_back({.kind = EventKind::key_down, .time = event.time, .key = key});
    }
    events = std::move(left);
    return commands;
}

bool KeyReader::is_second_strike(const Event& event, std::chrono::milliseconds span) {
    const input::StruckKey struck{event.code, event.scancode, static_cast<int>(event.key), event.character};
    auto& guard = event.kind == EventKind::key_down ? keys_ : characters_;
    return !guard.accepts(struck, event.time, span);
}

void KeyReader::forget() {
    keys_.forget();
    characters_.forget();
}

}  // namespace pillarbox::app
