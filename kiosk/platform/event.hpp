// SPDX-License-Identifier: GPL-3.0-or-later
//
// What comes in from people and the window system, as plain data with the position and time of each event. The same
// queue takes real input, the scenario player's and the tests'.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

namespace pillarbox::platform {

struct Point {
    float x = 0;  // px from the left of the window
    float y = 0;  // px from its top
    bool operator==(const Point&) const = default;
};

enum class EventKind {
    pointer_down,
    pointer_move,
    pointer_up,
    pointer_cancel,  // the system took all touches away: nothing may be activated
    key_down,        // a key that writes nothing; a held key comes once
    character,
    scroll,
    resize,
    close,
    wake,  // another thread has something for the drawing thread
};

// Keys with a meaning of their own; text comes as characters.
enum class Key {
    none,
    tab,
    enter,
    space,
    escape,
    backspace,
    delete_forward,
    left,
    right,
    up,
    down,
    home,
    end,
    page_up,
    page_down,
    // Ctrl with a letter. There is no clipboard: Ctrl+C, X and V are nothing.
    select_all,
    undo,
    redo,
    // Of keypads for people who don't touch; which of their keys these are is data (input::KeyBindings).
    next_item,      // out of a text field too
    previous_item,  // the same
    activate,       // presses what has the focus; in a text field, goes to the keys on the screen
    go_back,        // closes what lies over the page, else presses its Back
    open_help,
};

enum class Shift { up, held };
enum class Control { up, held };

// One finger from its coming down to its going: those on the glass at a time differ. Any number but the mouse's.
enum class Contact : std::uint64_t { mouse = 0 };

struct Event {
    EventKind kind = EventKind::wake;
    std::chrono::milliseconds time{0};  // steady_clock, since its epoch; a finger's is the X server's, brought to it
    Contact contact = Contact::mouse;   // of pointer events
    Point position{};                   // of pointer events and scroll
    float size = 0;  // of a finger: how long it is where it is longest, px; 0: the screen can't tell
    Key key = Key::none;
    Shift shift = Shift::up;
    Control control = Control::up;
    char32_t character = 0;
    int code = 0;            // of key_down and character: the key's place, as GLFW numbers it; 0: not known
    int scancode = 0;        // the same as X11 numbers it, for keys that have no code
    float scroll_lines = 0;  // positive: towards the end
    int width = 0;           // of a resize, px
    int height = 0;
};

// Thread-safe. A frame takes events up to and including one button or key change, so that however slow the frames
// are, every tap is seen down in one and up in another: applying a whole batch at once loses 15 of 20 quick taps.
class EventQueue {
  public:
    void push(const Event& event);
    [[nodiscard]] std::vector<Event> take_frame();
    [[nodiscard]] bool empty() const;
    // Drops what waits: it was meant for a screen, and a person, that are gone. A close stays.
    void forget();
    // Called after each push, on the pushing thread: wakes a sleeping window.
    void on_push(std::function<void()> wake);

    // Shorthands for scenarios and tests.
    void tap(Point at, std::chrono::milliseconds time);
    void press(Key key, std::chrono::milliseconds time, Shift shift = Shift::up, Control control = Control::up);
    void type(std::u32string_view text, std::chrono::milliseconds time);

  private:
    mutable std::mutex mutex_;
    std::deque<Event> events_;
    std::function<void()> wake_;
};

}  // namespace pillarbox::platform
