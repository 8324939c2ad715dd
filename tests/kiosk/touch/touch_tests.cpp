// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fingers on a real X server: what is injected into Xorg's driver goes through the server, our own connection, the
// event queue and the widgets, and is counted where a person would see it.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "accessibility/semantics/tree.hpp"
#include "kiosk/app/kiosk.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/platform/touch_source.hpp"
#include "kiosk/platform/window.hpp"
#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/choices.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/ui.hpp"
#include "tests/kiosk/widgets/harness.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/touch_server.hpp"

namespace pillarbox::tests {
namespace {

using namespace std::chrono_literals;
using namespace widgets;
using platform::Contact;
using platform::Event;
using platform::EventKind;
using platform::Point;
using Button = TouchServer::Button;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int width = 720;
constexpr int height = 1280;

milliseconds now() {
    return std::chrono::duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
}

// A page with two buttons and more options than the window is high. The window brings the input; what it leads to is
// drawn headless.
class Hand {
  public:
    Hand() : screen([this](Ui& ui) { draw_page(ui); }) {
        for (int index = 0; index < 30; ++index) {
            options_.options.push_back({.key = std::to_string(index), .label = "Option " + std::to_string(index)});
        }
    }
    ~Hand() { ImGui::SetCurrentContext(windows_context_); }
    Hand(const Hand&) = delete;
    Hand& operator=(const Hand&) = delete;
    static std::unique_ptr<Hand> start() {
        auto hand = std::make_unique<Hand>();
        auto server = TouchServer::start(hand->folder_.path(), width, height);
        if (!server.has_value()) {
            WARN("SKIPPED: touch: " << server.error().describe());
            return nullptr;
        }
        hand->server = *std::move(server);
        auto window = platform::Window::open({.width = width, .height = height}, hand->screen.events);
        if (!window.has_value()) {
            WARN("SKIPPED: touch: " << window.error().describe());
            return nullptr;
        }
        hand->window = *std::move(window);
        hand->windows_context_ = ImGui::GetCurrentContext();
        REQUIRE(!hand->window->without_touch());
        hand->draw_for(300ms);
        return hand;
    }

    // Draws as the kiosk does: sleeps until something happens.
    void draw_for(milliseconds time) {
        const auto end = now() + time;
        for (auto left = time; left > 0ms; left = end - now()) {
            window->wait(std::min(left, screen.ui().wait_max()));
            draw();
        }
    }
    // Injects on a second thread, as the fingers of a person are not ours, and draws meanwhile.
    void play(const std::function<void(TouchServer&)>& fingers) {
        std::jthread person([&] {
            fingers(*server);
            screen.events.push({.kind = EventKind::wake, .time = now()});
            done_ = true;
        });
        while (!done_.exchange(false)) {
            draw_for(20ms);
        }
        draw_for(200ms);
    }
    [[nodiscard]] semantics::Rect place_of(std::string_view key) const { return screen.node(key).rect; }
    [[nodiscard]] Point middle_of(std::string_view key) const { return screen.middle_of(key); }
    [[nodiscard]] long count(EventKind kind) const { return std::ranges::count(seen, kind, &Event::kind); }

    int first_presses = 0;
    int second_presses = 0;
    int chosen = 0;
    int frames = 0;
    std::vector<Event> seen;  // all that came to the queue
    Screen screen;
    std::unique_ptr<TouchServer> server;
    std::unique_ptr<platform::Window> window;

  private:
    void draw_page(Ui& ui) {
        seen.insert(seen.end(), ui.frame().events.begin(), ui.frame().events.end());
        begin_page(ui, {.brand = "Pillarbox", .help_label = "Help", .back_label = "Back", .next_label = "Next"});
        first_presses += button(ui, {.key = "first", .label = "First"}) == Press::activated ? 1 : 0;
        second_presses += button(ui, {.key = "second", .label = "Second"}) == Press::activated ? 1 : 0;
        chosen += choices(ui, options_).has_value() ? 1 : 0;
        static_cast<void>(end_page(ui));
    }
    void draw() {
        ImGui::SetCurrentContext(windows_context_);  // the screen has one of its own
        static_cast<void>(window->begin_frame(window->texture(), {0, 0}));
        window->present({1, 1, 1});  // nothing: pays off the frames that the window owes
        screen.frame.width = window->width();
        screen.frame.height = window->height();
        screen.frame.now = now();
        screen.draw_once();
        ++frames;
    }

    TemporaryFolder folder_;
    std::atomic<bool> done_ = false;
    ImGuiContext* windows_context_ = nullptr;
    ChoicesSpec options_{.key = "options", .name = "Options"};
};

}  // namespace

TEST_CASE("twenty of twenty quick taps are counted while a palm rests on another button") {
    const auto hand = Hand::start();
    if (!hand) {
        return;
    }
    const Point tapped = hand->middle_of("first");
    const Point rested = hand->middle_of("second");
    hand->play([&](TouchServer& server) {
        server.touch(TouchPart::begin, 1, rested.x, rested.y);
        for (std::uint32_t tap = 0; tap < 20; ++tap) {
            server.tap(2 + tap, tapped.x, tapped.y);
            std::this_thread::sleep_for(95ms);
        }
        server.touch(TouchPart::end, 1, rested.x, rested.y);
    });
    CHECK(hand->first_presses == 20);
    CHECK(hand->second_presses == 0);
    CHECK(hand->count(EventKind::pointer_down) == 21);  // and none that X made of a finger
    CHECK(std::ranges::none_of(hand->seen, [](const Event& event) {
        return event.kind == EventKind::pointer_down && event.contact == Contact::mouse;
    }));
}

TEST_CASE("two fingers at once tap two things") {
    const auto hand = Hand::start();
    if (!hand) {
        return;
    }
    const Point one = hand->middle_of("first");
    const Point other = hand->middle_of("second");
    hand->play([&](TouchServer& server) {
        server.touch(TouchPart::begin, 1, one.x, one.y);
        server.touch(TouchPart::begin, 2, other.x, other.y);
        std::this_thread::sleep_for(60ms);
        server.touch(TouchPart::end, 1, one.x, one.y);
        server.touch(TouchPart::end, 2, other.x, other.y);
    });
    CHECK(hand->first_presses == 1);
    CHECK(hand->second_presses == 1);
}

TEST_CASE("a drag scrolls and rolls on and chooses nothing") {
    const auto hand = Hand::start();
    if (!hand) {
        return;
    }
    const Point from = hand->middle_of("options/3");
    const float before = hand->place_of("options/3").y;
    hand->play([&](TouchServer& server) {
        server.touch(TouchPart::begin, 1, from.x, from.y);
        for (float moved = 10; moved <= 200; moved += 10) {
            server.touch(TouchPart::update, 1, from.x, from.y - moved);
            std::this_thread::sleep_for(8ms);
        }
        server.touch(TouchPart::end, 1, from.x, from.y - 200);
    });
    hand->draw_for(1500ms);
    const float scrolled = before - hand->place_of("options/3").y;
    CHECK(scrolled > 230);  // the finger's way from the slop on, and some more
    CHECK(hand->chosen == 0);
    CHECK(hand->first_presses + hand->second_presses == 0);
}

TEST_CASE("a resting hand presses nothing and is drawn pressed for no longer than it may tap") {
    const auto hand = Hand::start();
    if (!hand) {
        return;
    }
    const Point at = hand->middle_of("first");
    hand->play([&](TouchServer& server) {
        server.touch(TouchPart::begin, 1, at.x, at.y);
        std::this_thread::sleep_for(100ms);
    });
    CHECK(hand->screen.ui().is_held("first"));
    const int frames = hand->frames;
    hand->draw_for(1300ms);
    CHECK_FALSE(hand->screen.ui().is_held("first"));
    CHECK(hand->frames <= frames + 6);  // woken once, and at the end
    hand->play([&](TouchServer& server) { server.touch(TouchPart::end, 1, at.x, at.y); });
    CHECK(hand->first_presses == 0);
}

TEST_CASE("the mouse works before and after and beside a finger") {
    const auto hand = Hand::start();
    if (!hand) {
        return;
    }
    const Point first = hand->middle_of("first");
    const Point second = hand->middle_of("second");
    hand->play([&](TouchServer& server) {
        const auto click = [&] {
            server.move_mouse(first.x, first.y);
            server.mouse_button(Button::pressed);
            server.mouse_button(Button::released);
        };
        click();
        server.tap(1, second.x, second.y);
        click();
        click();
        std::this_thread::sleep_for(100ms);  // sooner, it is the same strike again
        server.touch(TouchPart::begin, 2, second.x, second.y);
        click();
        server.touch(TouchPart::end, 2, second.x, second.y);
    });
    CHECK(hand->first_presses == 4);
    CHECK(hand->second_presses == 2);
}

TEST_CASE("a finger's time is the server's and an idle window costs nothing") {
    const auto hand = Hand::start();
    if (!hand) {
        return;
    }
    const auto before = now();
    hand->play([&](TouchServer& server) {
        server.touch(TouchPart::begin, 1, 10, 10);
        std::this_thread::sleep_for(500ms);
        server.touch(TouchPart::end, 1, 10, 10);
    });
    const auto down = std::ranges::find(hand->seen, EventKind::pointer_down, &Event::kind);
    const auto up = std::ranges::find(hand->seen, EventKind::pointer_up, &Event::kind);
    REQUIRE((down != hand->seen.end() && up != hand->seen.end()));
    CHECK(down->time >= before);
    CHECK(up->time <= now());
    CHECK((up->time - down->time) / 1.0ms == Approx(500).margin(60));
    const auto cpu_ms = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
               (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
    };
    const auto start = cpu_ms();
    hand->draw_for(2s);  // one frame, at its end
    CHECK(cpu_ms() - start < 60);
}

TEST_CASE("who comes second to a window's touches is told so") {
    const TemporaryFolder folder;
    const auto server = TouchServer::start(folder.path(), width, height);
    if (!server.has_value()) {
        WARN("SKIPPED: touch: " << server.error().describe());
        return;
    }
    platform::EventQueue events;
    constexpr std::uint64_t no_window = 1;
    const auto refused = platform::TouchSource::start(no_window, events);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().code == base::ErrorCode::unavailable);
    CHECK(!refused.error().remedy.empty());
}

TEST_CASE("the kiosk's first pages go by touch") {
    const TemporaryFolder folder;
    const auto server = TouchServer::start(folder.path(), width, height);
    if (!server.has_value()) {
        WARN("SKIPPED: touch: " << server.error().describe());
        return;
    }
    const auto demo = make_demo_station(folder / "station");
    app::KioskSettings settings;
    settings.station = demo.folder;
    settings.stage.assets = PILLARBOX_SOURCE_DIR "/assets";
    settings.stage.window = {.width = width, .height = height};
    const auto clock = base::clock_for("2023-01-20").value();
    crypto::SystemRandom random;
    platform::EventQueue events;
    const auto kiosk = app::Kiosk::open(settings, *clock, random, events);
    if (!kiosk.has_value()) {
        WARN("SKIPPED: touch: " << kiosk.error().describe());
        return;
    }
    const auto draw_until = [&](semantics::Role role, std::string_view name) {
        const auto end = now() + 10s;
        const semantics::Node* found = nullptr;
        std::shared_ptr<const semantics::Tree> tree;
        while (found == nullptr && now() < end) {
            REQUIRE((*kiosk)->run_frame(20ms));
            tree = (*kiosk)->stage().tree();
            found = semantics::find(*tree, role, name);
        }
        INFO("no " << name << " in\n" << semantics::describe(*tree));
        REQUIRE(found != nullptr);
        return Point{found->rect.x + found->rect.width / 2, found->rect.y + found->rect.height / 2};
    };
    for (const auto* name : {"Start", "Next", "I understand, continue"}) {
        const Point at = draw_until(semantics::Role::button, name);
        std::this_thread::sleep_for(100ms);  // sooner, at the same place, is the same strike again
        (*server)->tap(1, at.x, at.y);
    }
    static_cast<void>(draw_until(semantics::Role::heading, "Who are you answering as?"));
}

}  // namespace pillarbox::tests

namespace pillarbox::platform {

using namespace std::chrono_literals;

TEST_CASE("the server's time keeps its differences and survives its wrap and a jump") {
    ServerTime time;
    CHECK(time.read(4'294'967'000U, 10'000ms) == 10'000ms);
    CHECK(time.read(4'294'967'250U, 10'300ms) == 10'250ms);  // read 50 ms late
    CHECK(time.read(204, 10'510ms) == 10'500ms);             // 500 ms after the first, past 2^32
    CHECK(time.read(900'000, 10'600ms) == 10'600ms);         // another clock
    CHECK(time.read(900'100, 90'000ms) == 90'000ms);
}

}  // namespace pillarbox::platform
