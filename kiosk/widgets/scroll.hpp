// SPDX-License-Identifier: GPL-3.0-or-later
//
// A body that can be longer than its place. It follows a finger, rolls on when let go, and can always be scrolled
// without dragging (buttons, keys, focus). Pure arithmetic, in px and milliseconds.
#pragma once

#include <chrono>

#include <optional>
#include "accessibility/semantics/tree.hpp"

namespace pillarbox::widgets {

using semantics::Motion;  // reduced: nothing rolls on

class ScrollState {
  public:
    void set_extent(float content_height, float viewport_height);
    void scroll_by(float distance);  // positive: towards the end
    // What a finger does, at the time of its event, because one frame may bring several.
    void hold(std::chrono::milliseconds time);  // came down: stop
    void drag_by(float distance, std::chrono::milliseconds time);
    void let_go(std::chrono::milliseconds time, Motion motion);
    void advance(std::chrono::milliseconds now);  // rolls on, frame by frame

    // Moves as little as possible so that [top, bottom], px from the viewport's top as last drawn, is inside with
    // `margin`.
    void reveal(float top, float bottom, float margin);

    [[nodiscard]] float offset() const { return offset_; }
    [[nodiscard]] float offset_max() const;
    [[nodiscard]] float viewport_height() const { return viewport_height_; }
    [[nodiscard]] float content_height() const { return content_height_; }
    [[nodiscard]] bool overflows() const { return offset_max() > 0.5F; }
    [[nodiscard]] bool at_start() const { return offset_ <= 0.5F; }
    [[nodiscard]] bool at_end() const { return offset_ >= offset_max() - 0.5F; }
    [[nodiscard]] bool moving() const { return velocity_ != 0; }

  private:
    float offset_ = 0;
    float content_height_ = 0;
    float viewport_height_ = 0;
    float velocity_ = 0;       // px a ms, once let go
    float drag_velocity_ = 0;  // of the finger
    std::chrono::milliseconds dragged_{0};
    std::optional<std::chrono::milliseconds> rolled_;  // none: not since it was let go
};

}  // namespace pillarbox::widgets
