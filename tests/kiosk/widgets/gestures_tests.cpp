// SPDX-License-Identifier: GPL-3.0-or-later
//
// The recogniser on lists of events alone: what single hands do, then what must hold for any number of them.
#include "kiosk/widgets/gestures.hpp"

#include <rapidcheck/catch.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

namespace pillarbox::widgets {
namespace {

using namespace std::chrono_literals;
using platform::Contact;
using platform::Event;
using platform::EventKind;
using platform::Point;
using Kind = Gesture::Kind;
using Time = std::chrono::milliseconds;

constexpr Contact palm{100};

// One hand's way over the glass, as a list of events; every place is the same ground.
class Glass {
  public:
    explicit Glass(Ground ground = Ground::scrolls) : ground_(ground) {}

    Glass& down(Contact contact, Point at, Time time, float size = 0) {
        return add({.kind = EventKind::pointer_down, .time = time, .contact = contact, .position = at, .size = size});
    }
    Glass& move(Contact contact, Point at, Time time, float size = 0) {
        return add({.kind = EventKind::pointer_move, .time = time, .contact = contact, .position = at, .size = size});
    }
    Glass& up(Contact contact, Point at, Time time) {
        return add({.kind = EventKind::pointer_up, .time = time, .contact = contact, .position = at});
    }
    Glass& tap(Contact contact, Point at, Time time) { return down(contact, at, time).up(contact, at, time + 40ms); }
    Glass& add(const Event& event) {
        std::ranges::move(recogniser.read(event, ground_, {}), std::back_inserter(gestures));
        return *this;
    }
    [[nodiscard]] long count(Kind kind) const { return std::ranges::count(gestures, kind, &Gesture::kind); }
    [[nodiscard]] float dragged() const {
        float sum = 0;
        for (const Gesture& gesture : gestures) {
            sum += gesture.step_y;
        }
        return sum;
    }

    GestureRecogniser recogniser;
    std::vector<Gesture> gestures;

  private:
    Ground ground_;
};

Contact finger(unsigned number) {
    return Contact{number + 1};
}

}  // namespace

TEST_CASE("twenty quick taps are twenty while a palm rests") {
    Glass glass;
    glass.down(palm, {900, 1500}, 0ms);
    for (unsigned tap = 0; tap < 20; ++tap) {
        glass.tap(finger(tap), {300, 400}, 1000ms + tap * 125ms);
    }
    glass.up(palm, {900, 1500}, 10s);
    CHECK(glass.count(Kind::tap) == 20);
    CHECK(glass.recogniser.fingers() == 0);
}

TEST_CASE("two fingers at once tap twice") {
    Glass glass;
    glass.down(finger(0), {100, 100}, 0ms).down(finger(1), {800, 900}, 5ms);
    glass.up(finger(1), {800, 900}, 60ms).up(finger(0), {100, 100}, 70ms);
    REQUIRE(glass.count(Kind::tap) == 2);
    CHECK(glass.gestures[2].contact == finger(1));
    CHECK(glass.gestures[3].contact == finger(0));
}

TEST_CASE("a touch of more than 1.2 s is no tap and the mouse's is") {
    Glass glass;
    glass.down(finger(0), {100, 100}, 0ms).up(finger(0), {100, 100}, 1200ms);
    CHECK(glass.count(Kind::tap) == 1);
    glass.down(finger(1), {100, 100}, 2000ms).up(finger(1), {100, 100}, 3201ms);
    CHECK(glass.count(Kind::tap) == 1);
    glass.down(Contact::mouse, {100, 100}, 5s).up(Contact::mouse, {100, 100}, 9s);
    CHECK(glass.count(Kind::tap) == 2);
}

TEST_CASE("what is wider than a fingertip does nothing") {
    Glass glass;
    glass.down(palm, {100, 100}, 0ms, 130).up(palm, {100, 100}, 50ms);
    glass.down(palm, {100, 100}, 1s, 40).move(palm, {101, 101}, 1020ms, 130).up(palm, {101, 101}, 1050ms);
    glass.down(palm, {100, 100}, 2s, 130).move(palm, {100, 400}, 2020ms, 130).up(palm, {100, 400}, 2050ms);
    CHECK(glass.count(Kind::tap) == 0);
    CHECK(glass.count(Kind::drag) == 0);
}

TEST_CASE("a finger that trembles within the slop taps and one beyond it drags") {
    Glass glass;
    glass.down(finger(0), {100, 100}, 0ms).move(finger(0), {110, 123}, 20ms).up(finger(0), {95, 80}, 40ms);
    CHECK(glass.count(Kind::tap) == 1);
    glass.down(finger(1), {100, 100}, 1s).move(finger(1), {100, 130}, 1020ms).up(finger(1), {100, 150}, 1040ms);
    CHECK(glass.count(Kind::tap) == 1);
    CHECK(glass.count(Kind::let_go) == 1);
    CHECK(glass.dragged() == 50);
}

TEST_CASE("a flick without a move between is a drag and no tap") {
    Glass glass;
    glass.down(finger(0), {100, 900}, 0ms).up(finger(0), {100, 300}, 30ms);
    CHECK(glass.count(Kind::tap) == 0);
    CHECK(glass.count(Kind::drag) == 1);
    CHECK(glass.gestures.back().kind == Kind::let_go);
}

TEST_CASE("nothing is dragged where nothing scrolls") {
    Glass glass(Ground::still);
    glass.down(finger(0), {100, 100}, 0ms).move(finger(0), {100, 300}, 20ms).up(finger(0), {100, 300}, 40ms);
    CHECK(glass.count(Kind::drag) == 0);
    CHECK(glass.count(Kind::tap) == 1);  // whoever asks sees whether it is still on the same button
}

TEST_CASE("a finger that stops a rolling page chooses nothing") {
    Glass glass(Ground::rolls);
    glass.tap(finger(0), {100, 100}, 0ms);
    CHECK(glass.count(Kind::tap) == 0);
    glass.down(finger(1), {100, 900}, 1s).move(finger(1), {100, 700}, 1020ms);
    CHECK(glass.count(Kind::drag) == 1);
}

TEST_CASE("one finger scrolls and the second can't but may tap") {
    Glass glass;
    glass.down(finger(0), {100, 900}, 0ms).move(finger(0), {100, 800}, 20ms);
    glass.down(finger(1), {800, 900}, 30ms).move(finger(1), {800, 800}, 50ms);
    CHECK(glass.recogniser.scroll_owner() == finger(0));
    CHECK(glass.dragged() == -100);
    glass.up(finger(1), {800, 800}, 60ms);
    CHECK(glass.count(Kind::tap) == 0);
    glass.move(finger(0), {100, 700}, 100ms);
    glass.tap(finger(2), {800, 400}, 200ms);
    CHECK(glass.count(Kind::tap) == 1);
    CHECK(glass.dragged() == -200);
}

TEST_CASE("a hand that slid once and rests since gives the scroll up") {
    Glass glass;
    glass.down(palm, {900, 1500}, 0ms).move(palm, {900, 1540}, 50ms);
    CHECK(glass.recogniser.scroll_owner() == palm);
    glass.down(finger(0), {100, 900}, 2s).move(finger(0), {100, 700}, 2050ms);
    CHECK(glass.recogniser.scroll_owner() == finger(0));
    glass.move(palm, {900, 1600}, 2100ms);
    CHECK(glass.dragged() == 40 - 200);
}

TEST_CASE("a hand that has rested can't start to scroll") {
    Glass glass;
    glass.down(palm, {900, 1500}, 0ms).move(palm, {905, 1503}, 1300ms).move(palm, {900, 1700}, 1400ms);
    CHECK(glass.count(Kind::drag) == 0);
}

TEST_CASE("the same strike again is one tap") {
    Glass glass;
    glass.tap(finger(0), {100, 100}, 0ms).tap(finger(1), {110, 105}, 119ms);
    CHECK(glass.count(Kind::tap) == 1);
    glass.tap(finger(2), {110, 105}, 120ms);
    CHECK(glass.count(Kind::tap) == 2);
    glass.tap(finger(3), {145, 105}, 200ms);  // as soon, but 35 px beside
    CHECK(glass.count(Kind::tap) == 3);
    glass.down(finger(4), {500, 500}, 1s).down(finger(5), {510, 500}, 1010ms);
    glass.up(finger(5), {510, 500}, 1050ms).up(finger(4), {500, 500}, 1060ms);
    CHECK(glass.count(Kind::tap) == 4);
}

TEST_CASE("a touch that is taken away does nothing whatever comes after") {
    Glass glass;
    glass.down(finger(0), {100, 100}, 0ms).down(finger(1), {500, 100}, 10ms).move(finger(1), {500, 200}, 20ms);
    glass.add({.kind = EventKind::pointer_cancel, .time = 30ms});
    glass.up(finger(0), {100, 100}, 40ms).up(finger(1), {500, 200}, 50ms);
    CHECK(glass.count(Kind::tap) == 0);
    CHECK(glass.count(Kind::let_go) == 0);
    CHECK(!glass.recogniser.scroll_owner());
}

namespace {

// Any hands: overlapping, repeated, lost and impossible events among them, on a clock that never goes back.
std::vector<Event> any_hands() {
    const auto kinds = rc::gen::weightedElement<EventKind>({{5, EventKind::pointer_down},
                                                            {9, EventKind::pointer_move},
                                                            {5, EventKind::pointer_up},
                                                            {1, EventKind::pointer_cancel}});
    auto events = *rc::gen::container<std::vector<Event>>(rc::gen::build<Event>(
        rc::gen::set(&Event::kind, kinds),
        rc::gen::set(&Event::time, rc::gen::map(rc::gen::inRange(0, 500), [](int step) { return Time(step); })),
        rc::gen::set(&Event::contact,
                     rc::gen::map(rc::gen::inRange(0, 6), [](int number) { return Contact(number); })),
        rc::gen::set(&Event::position, rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 4), rc::gen::inRange(0, 100)),
                                                    [](std::pair<int, int> at) {
                                                        return Point{static_cast<float>(at.first) * 200,
                                                                     static_cast<float>(at.second) * 4};
                                                    })),
        rc::gen::set(&Event::size, rc::gen::element(0.0F, 40.0F, 40.0F, 120.0F))));
    Time now{0};
    for (Event& event : events) {
        now += event.time;
        event.time = now;
    }
    return events;
}

Ground ground_at(const Event& event) {
    return event.position.x < 200 ? Ground::still : event.position.x < 600 ? Ground::scrolls : Ground::rolls;
}

}  // namespace

TEST_CASE("whatever hands do a touch ends once and taps or drags but never both") {
    rc::prop("", [] {
        GestureRecogniser recogniser;
        std::map<Contact, std::set<Kind>> since_press;
        for (const Event& event : any_hands()) {
            for (const Gesture& gesture : recogniser.read(event, ground_at(event), {})) {
                auto& seen = since_press[gesture.contact];
                if (gesture.kind == Kind::press) {
                    RC_ASSERT(seen.empty() || seen.contains(Kind::tap) || seen.contains(Kind::let_go) ||
                              seen.contains(Kind::drop));
                    seen = {Kind::press};
                    continue;
                }
                RC_ASSERT(seen.contains(Kind::press));
                RC_ASSERT(!seen.contains(Kind::tap) && !seen.contains(Kind::let_go) && !seen.contains(Kind::drop));
                RC_ASSERT(gesture.kind != Kind::tap || !seen.contains(Kind::drag));
                seen.insert(gesture.kind);
            }
            RC_ASSERT(recogniser.fingers() <= GestureRecogniser::fingers_max);
        }
    });
}

TEST_CASE("whatever hands do only the owner scrolls") {
    rc::prop("", [] {
        GestureRecogniser recogniser;
        for (const Event& event : any_hands()) {
            const auto before = recogniser.scroll_owner();
            for (const Gesture& gesture : recogniser.read(event, ground_at(event), {})) {
                const auto owner = recogniser.scroll_owner();
                RC_ASSERT(gesture.kind != Kind::drag || owner == gesture.contact ||
                          event.kind == EventKind::pointer_up);
                RC_ASSERT(gesture.kind != Kind::let_go || !owner);
            }
            RC_ASSERT(!before || event.kind != EventKind::pointer_cancel || !recogniser.scroll_owner());
        }
    });
}

TEST_CASE("whatever hands do a palm that rests elsewhere changes nothing") {
    rc::prop("", [] {
        const auto events = any_hands();
        GestureRecogniser alone;
        GestureRecogniser beside_palm;
        static_cast<void>(beside_palm.read(
            {.kind = EventKind::pointer_down, .contact = palm, .position = {5000, 5000}}, Ground::scrolls, {}));
        for (const Event& event : events) {
            if (event.kind == EventKind::pointer_cancel) {
                continue;  // takes the palm too
            }
            const auto one = alone.read(event, ground_at(event), {});
            const auto other = beside_palm.read(event, ground_at(event), {});
            RC_ASSERT(one.size() == other.size());
            for (std::size_t index = 0; index < one.size(); ++index) {
                RC_ASSERT(one[index].kind == other[index].kind && one[index].contact == other[index].contact);
                RC_ASSERT(one[index].step_y == other[index].step_y);
            }
        }
    });
}

TEST_CASE("whatever hands do nothing is followed once all have gone") {
    rc::prop("", [] {
        GestureRecogniser recogniser;
        Time now{0};
        for (const Event& event : any_hands()) {
            static_cast<void>(recogniser.read(event, ground_at(event), {}));
            now = event.time;
        }
        for (int number = 0; number < 6; ++number) {
            static_cast<void>(recogniser.read(
                {.kind = EventKind::pointer_up, .time = now, .contact = Contact(number)}, Ground::still, {}));
        }
        RC_ASSERT(recogniser.fingers() == 0);
        RC_ASSERT(!recogniser.scroll_owner());
    });
}

}  // namespace pillarbox::widgets
