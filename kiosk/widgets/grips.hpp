// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fingers that take hold of something: the handle of a selection, the caret after a long press, a key with variants.
// A widget offers its grips while it is drawn; from the moment a finger has taken one, what it does belongs to the
// grip alone: it taps nothing and scrolls nothing. One finger at a time; the others go on to InputState as they are,
// and so does every finger until it has held long enough. Whatever a grip does can be done by taps and keys too.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "accessibility/semantics/geometry.hpp"
#include "accessibility/semantics/node.hpp"
#include "kiosk/platform/event.hpp"

namespace pillarbox::widgets {

struct Grip {
    enum class Takes { at_once, after_hold };
    semantics::NodeId owner = semantics::NodeId::none;
    int part = 0;          // the owner's own business
    semantics::Rect area;  // physical px
    Takes takes = Takes::at_once;
};

// The grip that a finger has, in each frame in which something became of it, and while it lasts.
struct Gripped {
    enum class Phase { took, holds, let_go, lost };  // lost: the system took the touch away
    semantics::NodeId owner = semantics::NodeId::none;
    int part = 0;
    platform::Point from;
    platform::Point at;
    std::chrono::milliseconds since{0};  // when it was taken, at the frames' clock
    Phase phase = Phase::took;
};

struct GripRules {
    std::chrono::milliseconds hold{500};
    float slop_px = 24;   // a finger that wanders further does not hold
    float palm_px = 100;  // 25 mm: a hand, not a finger
};

class Grips {
  public:
    // Once a frame, before InputState: the events that are not a grip's, and a cancellation where a held finger has
    // become one. `events` may be given back as they are; the result lives until the next call.
    [[nodiscard]] std::span<const platform::Event> read(std::span<const platform::Event> events,
                                                        std::chrono::milliseconds now, const GripRules& rules);

    // For the next frame; the last one offered lies on top.
    void offer(const Grip& grip) { offers_.push_back(grip); }
    // Takes this frame's offers back but those of owners that may still be touched: a dialog lies over the others.
    void withdraw_unless(const std::function<bool(semantics::NodeId)>& may_stay);
    void forget();  // the page changed

    [[nodiscard]] const std::optional<Gripped>& gripped() const { return gripped_; }
    [[nodiscard]] std::optional<Gripped> gripped_by(semantics::NodeId owner, int part = 0) const;
    [[nodiscard]] bool took_input() const { return took_input_; }
    // A finger lies on a grip, and holds it once it has lain there long enough.
    [[nodiscard]] bool waits() const { return waiting_.has_value(); }

  private:
    struct Waiting {
        Grip grip;
        platform::Contact contact{};
        platform::Point from;
        std::chrono::milliseconds since{0};
    };
    enum class Goes { on, to_grip };
    [[nodiscard]] Goes read_event(const platform::Event& event, std::chrono::milliseconds now,
                                  const GripRules& rules);
    [[nodiscard]] Goes come_down(const platform::Event& event, std::chrono::milliseconds now, const GripRules& rules);
    void take(const Grip& grip, platform::Contact contact, platform::Point from, std::chrono::milliseconds now);

    std::vector<Grip> offers_;
    std::vector<Grip> known_;  // as last drawn
    std::vector<platform::Event> passed_on_;
    std::optional<Waiting> waiting_;
    std::optional<Gripped> gripped_;
    platform::Contact contact_{};  // of gripped_
    bool took_input_ = false;
};

}  // namespace pillarbox::widgets
