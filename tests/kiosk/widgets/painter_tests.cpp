// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/painter.hpp"

#include <imgui.h>

#include <catch2/catch.hpp>
#include <functional>

#include "kiosk/platform/frame.hpp"
#include "tests/kiosk/widgets/harness.hpp"

namespace pillarbox::widgets {
namespace {

constexpr Colour ink{20, 40, 60, 255};
constexpr Rect sight{0, 100, 400, 100};

using Shape = std::function<void(Painter&, const Rect&)>;

struct Named {
    const char* name;
    Shape draw;
};

const Named shapes[] = {
    {"fill", [](Painter& painter, const Rect& at) { painter.fill(at, ink); }},
    {"rounded fill", [](Painter& painter, const Rect& at) { painter.fill(at, ink, 6); }},
    {"physical fill", [](Painter& painter, const Rect& at) { painter.fill_physical(at, ink); }},
    {"stroke", [](Painter& painter, const Rect& at) { painter.stroke(at, ink, 6, 2); }},
    {"circle", [](Painter& painter, const Rect& at) { painter.circle(at, ink); }},
    {"ring", [](Painter& painter, const Rect& at) { painter.ring(at, ink, 2); }},
    {"icon", [](Painter& painter, const Rect& at) { painter.icon(Icon::check, at, ink); }},
};

struct Drawn {
    int vertices;
    int commands;
    bool operator==(const Drawn&) const = default;
};

// What the shape adds to the frame's list, drawn within `sight`.
Drawn drawn_by(const Shape& shape, const Rect& at) {
    platform::FrameContext context;
    ImDrawList& list = context.begin({.width = 400, .height = 800});
    Painter painter(list, *tests::assets().layouter, tests::assets().icons, 400, text::Direction::left_to_right);
    painter.push_clip(sight);
    const Drawn before{list.VtxBuffer.Size, list.CmdBuffer.Size};
    shape(painter, at);
    const Drawn drawn{list.VtxBuffer.Size - before.vertices, list.CmdBuffer.Size - before.commands};
    painter.pop_clip();
    static_cast<void>(context.end());
    return drawn;
}

}  // namespace

TEST_CASE("a shape that is scrolled out of sight adds nothing to the picture and one that is cut by the edge does") {
    for (const auto& [name, shape] : shapes) {
        INFO(name);
        CHECK(drawn_by(shape, {10, 20, 40, 40}) == Drawn{0, 0});   // above
        CHECK(drawn_by(shape, {10, 240, 40, 40}) == Drawn{0, 0});  // below
        CHECK(drawn_by(shape, {10, 120, 40, 40}).vertices > 0);    // within
        CHECK(drawn_by(shape, {10, 80, 40, 40}).vertices > 0);     // half above
        CHECK(drawn_by(shape, {10, 180, 40, 40}).vertices > 0);    // half below
    }
}

TEST_CASE("a ground that is wide enough to be cleared is cleared only where it is in sight") {
    const Shape ground = [](Painter& painter, const Rect& at) { painter.fill(at, ink); };
    CHECK(drawn_by(ground, {0, 300, 400, 200}) == Drawn{0, 0});
    CHECK(drawn_by(ground, {0, 100, 400, 200}).commands > 0);
}

TEST_CASE("a hairline that rounding moves into sight is drawn") {
    const Shape hairline = [](Painter& painter, const Rect& at) { painter.fill(at, ink); };
    CHECK(drawn_by(hairline, {10, 99.7F, 40, 0.2F}).vertices > 0);  // a whole pixel from 100 on
}

}  // namespace pillarbox::widgets
