// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/scroll.hpp"

#include <catch2/catch.hpp>

namespace pillarbox::widgets {
namespace {

using namespace std::chrono_literals;

ScrollState long_page() {
    ScrollState scroll;
    scroll.set_extent(20'000, 1000);
    scroll.scroll_by(8000);
    return scroll;
}

// Rolls until it rests, frame by frame from `now` on; how far.
float roll_out(ScrollState& scroll, std::chrono::milliseconds now, std::chrono::milliseconds frame) {
    const float start = scroll.offset();
    for (int frames = 0; scroll.moving() && frames < 1000; ++frames) {
        now += frame;
        scroll.advance(now);
    }
    CHECK(!scroll.moving());
    return scroll.offset() - start;
}

float fling(float step_px, std::chrono::milliseconds step, std::chrono::milliseconds frame) {
    ScrollState scroll = long_page();
    std::chrono::milliseconds time = 1s;
    scroll.hold(time);
    for (int index = 0; index < 12; ++index) {
        time += step;
        scroll.drag_by(step_px, time);
    }
    scroll.let_go(time + 5ms, Motion::full);
    return roll_out(scroll, time, frame);
}

}  // namespace

TEST_CASE("a page rolls on as fast as it was thrown however many events and frames that made") {
    const float rolled = fling(16, 16ms, 16ms);
    CHECK(rolled > 150);
    CHECK(rolled < 300);  // 1 px a ms, halved every 154 ms
    CHECK(fling(4, 4ms, 16ms) == Approx(rolled).epsilon(0.1));
    CHECK(fling(16, 16ms, 33ms) == Approx(rolled).epsilon(0.1));
    CHECK(fling(-16, 16ms, 16ms) == Approx(-rolled).epsilon(0.1));
}

TEST_CASE("a finger that lay still before it left throws nothing") {
    ScrollState scroll = long_page();
    scroll.hold(0ms);
    scroll.drag_by(200, 100ms);
    scroll.let_go(200ms, Motion::full);
    CHECK(!scroll.moving());
}

TEST_CASE("what nearly fills the viewport is shown in its middle and what is higher from its start") {
    ScrollState scroll;
    scroll.set_extent(3'000, 600);
    scroll.reveal(900, 1'480, 44);  // 580 px: 10 are left above and below, and not 44
    CHECK(scroll.offset() == Approx(890));
    scroll.scroll_by(-890);
    scroll.reveal(900, 1'800, 44);
    CHECK(scroll.offset() == Approx(900));
    scroll.scroll_by(-900);
    scroll.reveal(900, 1'000, 44);
    CHECK(scroll.offset() == Approx(1'000 + 44 - 600));
}

TEST_CASE("nothing rolls on where motion is reduced") {
    ScrollState scroll = long_page();
    scroll.hold(0ms);
    scroll.drag_by(200, 20ms);
    scroll.let_go(25ms, Motion::reduced);
    CHECK(!scroll.moving());
}

TEST_CASE("a finger stops a rolling page at once and a page stops at its ends") {
    ScrollState scroll = long_page();
    scroll.hold(0ms);
    scroll.drag_by(400, 20ms);
    scroll.let_go(21ms, Motion::full);
    scroll.advance(30ms);
    scroll.advance(46ms);
    CHECK(scroll.moving());
    scroll.hold(50ms);
    const float stopped = scroll.offset();
    scroll.advance(66ms);
    CHECK(scroll.offset() == stopped);
    scroll.scroll_by(20'000);
    scroll.hold(100ms);
    scroll.drag_by(300, 110ms);
    scroll.let_go(111ms, Motion::full);
    CHECK(roll_out(scroll, 111ms, 16ms) == 0);
    CHECK(scroll.at_end());
}

}  // namespace pillarbox::widgets
