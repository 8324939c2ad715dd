// SPDX-License-Identifier: GPL-3.0-or-later
//
// What fingers on the glass mean: taps, each finger's on its own, and one drag that scrolls. A public touchscreen is
// touched by hands that rest on it, strike twice and slip; nothing of that may answer a question, and nothing of it
// may keep another finger from answering.
//
//     comes down, leaves within 24 px and 1.2 s            a tap
//     goes further up or down where something scrolls      drags, unless another finger does: then nothing
//     lies longer, or is wider than a fingertip            a resting hand: nothing
//     comes down where one was less than 80 ms ago         the same strike again: nothing
//     comes down on what rolls                             stops it, may drag it, never a tap
//     is taken away by the system                          nothing
//
// The mouse is a finger that neither rests nor bounces. Where there is nothing to scroll, a tap may wander: whoever
// asks decides whether it is still on what it came down on. Pure: the times are those of the events, and equal events
// give equal gestures. One thread.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "kiosk/platform/event.hpp"

namespace pillarbox::widgets {

struct GestureRules {
    float slop_px = 24;
    float palm_px = 100;  // 25 mm; a fingertip is 8 to 16 wide
    float bounce_px = 30;
    std::chrono::milliseconds bounce{80};
    std::chrono::milliseconds press_max{1200};
};

// What a finger comes down on.
enum class Ground { still, scrolls, rolls };

struct Gesture {
    enum class Kind {
        press,   // came down
        move,    // and drags nothing
        tap,     // left, and may act
        drag,    // scrolls: by how far `at` is from the last
        let_go,  // a drag's end
        drop,    // nothing will come of it
    };
    Kind kind = Kind::drop;
    platform::Contact contact = platform::Contact::mouse;
    platform::Point at{};
    std::chrono::milliseconds time{0};
    float step_y = 0;  // px, of a drag
};

class GestureRecogniser {
  public:
    // More fingers than people have hands for are not followed.
    static constexpr std::size_t fingers_max = 20;

    // In order; each finger's begin with a press and end with one of tap, let_go and drop. None for what is no
    // pointer event, or of a finger that is not followed. `ground` matters for pointer_down.
    [[nodiscard]] std::vector<Gesture> read(const platform::Event& event, Ground ground, const GestureRules& rules);

    [[nodiscard]] std::size_t fingers() const { return fingers_.size(); }
    [[nodiscard]] std::optional<platform::Contact> scroll_owner() const;
    // Until when, at the events' clock, the finger may still tap: milliseconds::max() for the mouse; none where it
    // can't, or is not followed.
    [[nodiscard]] std::optional<std::chrono::milliseconds> may_tap_until(platform::Contact contact,
                                                                         const GestureRules& rules) const;

  private:
    // caught: may drag, and never tap; rests: is followed, for what is held down, and does nothing.
    enum class Part { may_tap, caught, rests, scrolls, spent };
    struct Finger {
        platform::Contact contact{};
        platform::Point from{};
        platform::Point at{};
        std::chrono::milliseconds down{0};
        std::chrono::milliseconds moved{0};
        Ground ground = Ground::still;
        Part part = Part::may_tap;
    };
    struct Strike {
        platform::Point at{};
        std::chrono::milliseconds time{0};
    };

    [[nodiscard]] Finger* find(platform::Contact contact);
    [[nodiscard]] bool bounces(const platform::Event& event, const GestureRules& rules) const;
    [[nodiscard]] bool take_the_scroll(const Finger& finger, const GestureRules& rules, std::vector<Gesture>& out);
    void spend(Finger& finger, std::chrono::milliseconds time, std::vector<Gesture>& out);
    void forget(platform::Contact contact, std::chrono::milliseconds time, std::vector<Gesture>& out);
    void come_down(const platform::Event& event, Ground ground, const GestureRules& rules, std::vector<Gesture>& out);
    void move(Finger& finger, const platform::Event& event, const GestureRules& rules, std::vector<Gesture>& out);
    void leave(Finger& finger, const platform::Event& event, const GestureRules& rules, std::vector<Gesture>& out);

    std::vector<Finger> fingers_;
    std::vector<Strike> strikes_;  // that ended lately
};

}  // namespace pillarbox::widgets
