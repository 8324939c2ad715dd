// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include <catch2/catch.hpp>

#include "kiosk/platform/event.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/platform/opaque_fill.hpp"
#include "kiosk/platform/picture.hpp"
#include "kiosk/platform/window.hpp"
#include "tests/kiosk/platform/open_screen.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::platform {
namespace {

using namespace std::chrono_literals;

void draw_box(Window& window, ImU32 colour) {
    ImDrawList& list = window.begin_frame(window.texture(), {0, 0});
    list.AddRectFilled({100, 200}, {300, 400}, colour);
    window.present({1, 1, 1});
}

std::vector<std::uint8_t> pixel_at(const Picture& picture, int x, int y) {
    const auto at = static_cast<std::ptrdiff_t>((y * picture.width + x) * 4);
    return {picture.rgba.begin() + at, picture.rgba.begin() + at + 4};
}

}  // namespace

TEST_CASE("a frame takes one button change and all that led to it") {
    EventQueue queue;
    queue.push({.kind = EventKind::pointer_move, .position = {1, 1}});
    queue.tap({2, 2}, 5ms);
    queue.push({.kind = EventKind::wake});
    const auto first = queue.take_frame();
    REQUIRE(first.size() == 2);
    CHECK(first[1].kind == EventKind::pointer_down);
    const auto second = queue.take_frame();
    REQUIRE(second.size() == 1);
    CHECK(second[0].kind == EventKind::pointer_up);
    CHECK(queue.take_frame().size() == 1);
    CHECK(queue.empty());
}

TEST_CASE("typed characters come together and a key ends the frame") {
    EventQueue queue;
    queue.type(U"ab", 0ms);
    queue.press(Key::enter, 0ms);
    queue.type(U"c", 0ms);
    CHECK(queue.take_frame().size() == 3);
    CHECK(queue.take_frame().size() == 1);
}

TEST_CASE("a queue that forgets keeps a close and nothing else") {
    EventQueue queue;
    queue.type(U"ab", 0ms);
    queue.push({.kind = EventKind::close});
    queue.tap({1, 1}, 0ms);
    queue.forget();
    const auto frame = queue.take_frame();
    REQUIRE(frame.size() == 1);
    CHECK(frame[0].kind == EventKind::close);
    queue.type(U"ab", 0ms);
    queue.forget();
    CHECK(queue.empty());
}

TEST_CASE("pushing an event wakes the window") {
    EventQueue queue;
    int woken = 0;
    queue.on_push([&woken] { ++woken; });
    queue.tap({0, 0}, 0ms);
    CHECK(woken == 2);
}

TEST_CASE("equal pictures have equal hashes and others do not") {
    const auto drawn = [](float x) {
        FrameContext context;
        ImDrawList& list = context.begin({.width = 100, .height = 100});
        list.AddRectFilled({x, 0}, {50, 50}, IM_COL32(1, 2, 3, 255));
        return hash_of(context.end());
    };
    CHECK(drawn(1) == drawn(1));
    CHECK(drawn(1) != drawn(2));
}

TEST_CASE("opaque fills of two colours make two pictures") {
    const auto filled = [](ImU32 colour) {
        FrameContext context;
        fill_opaque(context.begin({.width = 100, .height = 100}), {10, 10, 50, 50}, colour);
        return hash_of(context.end());
    };
    CHECK(filled(IM_COL32(1, 2, 3, 255)) == filled(IM_COL32(1, 2, 3, 255)));
    CHECK(filled(IM_COL32(1, 2, 3, 255)) != filled(IM_COL32(1, 2, 4, 255)));
}

TEST_CASE("a frame that is begun again holds nothing of its first drawing") {
    FrameContext context;
    const FrameSettings settings{.width = 100, .height = 100};
    static_cast<void>(context.begin(settings));
    const std::uint64_t empty = hash_of(context.end());
    context.begin(settings).AddRectFilled({10, 10}, {50, 50}, 0xFF0000FFU);
    static_cast<void>(context.begin(settings));
    CHECK(hash_of(context.end()) == empty);
}

TEST_CASE("a picture survives its PNG file and a wrong one is refused") {
    const tests::TemporaryFolder folder;
    const Picture picture{2, 1, {10, 20, 30, 255, 40, 50, 60, 128}};
    REQUIRE(write_png(folder / "a.png", picture.view()).has_value());
    const auto back = read_png(folder / "a.png");
    REQUIRE(back.has_value());
    CHECK(back->rgba == picture.rgba);
    CHECK(write_png(folder / "b.png", {2, 2, picture.rgba}).error().code == base::ErrorCode::malformed);
    CHECK(read_png(folder / "missing.png").error().code == base::ErrorCode::malformed);
}

TEST_CASE("a window draws and is read back and draws nothing twice") {
    const auto screen = OpenScreen::open("window", 640, 480);
    if (!screen) {
        return;
    }
    auto& [display, events, window] = *screen;
    const std::vector<std::uint8_t> white(16, 255);
    static_cast<void>(window->upload({2, 2, white}, std::nullopt));
    draw_box(*window, IM_COL32(0, 60, 105, 255));
    const Picture picture = window->capture();
    CHECK(pixel_at(picture, 200, 300) == std::vector<std::uint8_t>{0, 60, 105, 255});
    CHECK(pixel_at(picture, 50, 50) == std::vector<std::uint8_t>{255, 255, 255, 255});
    window->wait(1ms);
    while (!events.take_frame().empty()) {
    }
    draw_box(*window, IM_COL32(0, 60, 105, 255));
    const std::uint64_t drawn = window->frames_drawn();
    draw_box(*window, IM_COL32(0, 60, 105, 255));
    CHECK(window->frames_drawn() == drawn);
    draw_box(*window, IM_COL32(200, 60, 105, 255));
    CHECK(window->frames_drawn() == drawn + 1);
    window->renew_context();
    draw_box(*window, IM_COL32(200, 60, 105, 255));
    CHECK(pixel_at(window->capture(), 200, 300) == std::vector<std::uint8_t>{200, 60, 105, 255});
}

TEST_CASE("a blank window is black from edge to edge and shows its picture again") {
    const auto screen = OpenScreen::open("window", 640, 480);
    if (!screen) {
        return;
    }
    auto& [display, events, window] = *screen;
    static_cast<void>(window->upload({2, 2, std::vector<std::uint8_t>(16, 255)}, std::nullopt));
    const auto is_black = [](const Picture& picture) {
        for (std::size_t at = 0; at < picture.rgba.size(); ++at) {
            if (picture.rgba[at] != (at % 4 == 3 ? 255 : 0)) {
                return false;
            }
        }
        return true;
    };
    draw_box(*window, IM_COL32(0, 60, 105, 255));
    CHECK_FALSE(is_black(window->capture()));
    window->begin_frame(window->texture(), {0, 0}).AddRectFilled({0, 0}, {640, 480}, IM_COL32(0, 60, 105, 255));
    const auto drawn = window->frames_drawn();
    window->present_nothing();
    CHECK(window->frames_drawn() == drawn + 1);
    CHECK(is_black(window->capture()));
    draw_box(*window, IM_COL32(0, 60, 105, 255));
    CHECK_FALSE(is_black(window->capture()));
}

TEST_CASE("an opaque fill covers its clip and no more and what is drawn later lies on it") {
    const auto screen = OpenScreen::open("window", 640, 480);
    if (!screen) {
        return;
    }
    auto& [display, events, window] = *screen;
    static_cast<void>(window->upload({2, 2, std::vector<std::uint8_t>(16, 255)}, std::nullopt));
    ImDrawList& list = window->begin_frame(window->texture(), {0, 0});
    list.PushClipRect({0, 0}, {300, 480});
    fill_opaque(list, {100, 200, 400, 300}, IM_COL32(0, 60, 105, 255));
    list.PopClipRect();
    list.AddRectFilled({150, 220}, {160, 230}, IM_COL32(250, 0, 0, 255));
    list.AddRectFilled({450, 220}, {460, 230}, IM_COL32(250, 0, 0, 255));
    window->present({1, 1, 1});
    const Picture picture = window->capture();
    const std::vector<std::uint8_t> blue{0, 60, 105, 255};
    const std::vector<std::uint8_t> red{250, 0, 0, 255};
    const std::vector<std::uint8_t> white{255, 255, 255, 255};
    CHECK(pixel_at(picture, 100, 200) == blue);
    CHECK(pixel_at(picture, 299, 299) == blue);
    CHECK(pixel_at(picture, 99, 200) == white);
    CHECK(pixel_at(picture, 100, 199) == white);
    CHECK(pixel_at(picture, 300, 250) == white);  // outside the clip
    CHECK(pixel_at(picture, 200, 300) == white);
    CHECK(pixel_at(picture, 155, 225) == red);
    CHECK(pixel_at(picture, 455, 225) == red);
}

TEST_CASE("a layout that still settles is not shown") {
    const auto screen = OpenScreen::open("window", 320, 240);
    if (!screen) {
        return;
    }
    auto& [display, events, window] = *screen;
    window->wait(1ms);
    static_cast<void>(events.take_frame());
    const std::uint64_t before = window->frames_drawn();
    static_cast<void>(window->begin_frame(window->texture(), {0, 0}));
    window->present({1, 1, 1}, Layout::settling);
    CHECK(window->frames_drawn() == before);
    static_cast<void>(window->begin_frame(window->texture(), {0, 0}));
    window->present({1, 1, 1}, Layout::at_rest);
    CHECK(window->frames_drawn() == before + 1);
}

TEST_CASE("an injected event ends a wait at once") {
    const auto screen = OpenScreen::open("window", 320, 240);
    if (!screen) {
        return;
    }
    auto& [display, events, window] = *screen;
    for (int frame = 0; frame < 10; ++frame) {
        window->wait(1ms);
        static_cast<void>(events.take_frame());
        draw_box(*window, IM_COL32(0, 0, 0, 255));
    }
    events.tap({10, 10}, 0ms);
    const auto start = std::chrono::steady_clock::now();
    window->wait(10s);
    CHECK(std::chrono::steady_clock::now() - start < 1s);
    CHECK(!events.empty());
}

TEST_CASE("a machine without a display says so") {
    const char* before = ::getenv("DISPLAY");
    const std::string kept = before == nullptr ? "" : before;
    ::unsetenv("DISPLAY");
    EventQueue events;
    const auto window = Window::open({}, events);
    REQUIRE(!window.has_value());
    CHECK(window.error().code == base::ErrorCode::unavailable);
    CHECK(!window.error().remedy.empty());
    if (before != nullptr) {
        ::setenv("DISPLAY", kept.c_str(), 1);
    }
}

}  // namespace pillarbox::platform
