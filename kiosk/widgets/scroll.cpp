// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/scroll.hpp"

#include <algorithm>
#include <cmath>

namespace pillarbox::widgets {
namespace {

constexpr float friction_per_ms = 0.0045F;
constexpr float velocity_min = 0.05F;  // px a ms: slower is rest
constexpr float velocity_max = 6.0F;
constexpr float smoothing_ms = 20;
constexpr float rest_before_release_ms = 60;  // a finger that lay still does not throw

}  // namespace

float ScrollState::offset_max() const {
    return std::max(0.0F, content_height_ - viewport_height_);
}

void ScrollState::set_extent(float content_height, float viewport_height) {
    content_height_ = content_height;
    viewport_height_ = viewport_height;
    offset_ = std::clamp(offset_, 0.0F, offset_max());
}

void ScrollState::scroll_by(float distance) {
    velocity_ = 0;
    offset_ = std::clamp(offset_ + distance, 0.0F, offset_max());
}

void ScrollState::hold(std::chrono::milliseconds time) {
    velocity_ = 0;
    drag_velocity_ = 0;
    dragged_ = time;
}

// Speed is distance over time, smoothed over some 20 ms: a screen reports every 4 to 16, often two reports at once.
void ScrollState::drag_by(float distance, std::chrono::milliseconds time) {
    const auto elapsed = static_cast<float>(std::max<std::int64_t>(1, (time - dragged_).count()));
    const float share = 1.0F - std::exp(-elapsed / smoothing_ms);
    drag_velocity_ += share * (distance / elapsed - drag_velocity_);
    dragged_ = time;
    offset_ = std::clamp(offset_ + distance, 0.0F, offset_max());
}

void ScrollState::let_go(std::chrono::milliseconds time, Motion motion) {
    const bool rested = static_cast<float>((time - dragged_).count()) > rest_before_release_ms;
    velocity_ = motion == Motion::reduced || rested ? 0 : std::clamp(drag_velocity_, -velocity_max, velocity_max);
    drag_velocity_ = 0;
    rolled_.reset();
}

void ScrollState::advance(std::chrono::milliseconds now) {
    if (velocity_ == 0) {
        return;
    }
    const auto elapsed =
        rolled_ ? static_cast<float>(std::clamp<std::int64_t>((now - *rolled_).count(), 0, 100)) : 0.0F;
    rolled_ = now;
    offset_ += velocity_ * elapsed;
    velocity_ *= std::exp(-friction_per_ms * elapsed);
    if (std::abs(velocity_) < velocity_min || offset_ < 0 || offset_ > offset_max()) {
        velocity_ = 0;
    }
    offset_ = std::clamp(offset_, 0.0F, offset_max());
}

void ScrollState::reveal(float top, float bottom, float margin) {
    // What fills the viewport is seen whole rather than with a margin.
    margin = std::min(margin, std::max(0.0F, (viewport_height_ - (bottom - top)) / 2));
    float distance = 0;
    if (bottom + margin > viewport_height_) {
        distance = bottom + margin - viewport_height_;
    }
    if (top - margin - distance < 0) {
        distance = top - margin;  // the start matters more than the end
    }
    scroll_by(distance);
}

}  // namespace pillarbox::widgets
