// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.hpp"
#include "kiosk/widgets/dialog.hpp"
#include "kiosk/widgets/page.hpp"

using namespace pillarbox;
using namespace pillarbox::widgets;
using tests::Screen;

TEST_CASE("a dialog's buttons stay in sight and its words scroll when large text fills the window") {
    std::string words = "Your answers go.";
    Screen screen([&](Ui& ui) {
        begin_page(ui, {.brand = "Pillarbox"});
        static_cast<void>(
            dialog(ui, {.key = "stop",
                        .title = "Stop and erase?",
                        .text = words,
                        .buttons = {{.key = "yes", .label = "Erase"}, {.key = "no", .label = "Go on"}}}));
        static_cast<void>(end_page(ui));
    });
    screen.frame.text_scale = 2.0;
    for (int sentences = 1; sentences < 40; ++sentences) {
        words += " Nobody can bring them back.";
    }
    for (const auto& [width, height] : {std::pair(1080, 1920), std::pair(1920, 1080)}) {
        screen.frame.width = width;
        screen.frame.height = height;
        screen.settle();
        for (const char* key : {"yes", "no"}) {
            const auto& node = screen.node(key);
            CAPTURE(width, key, node.rect.y, node.rect.bottom());
            CHECK(node.rect.y >= 0);
            CHECK(node.rect.bottom() <= static_cast<float>(height));
            CHECK(node.clip.bottom() >= node.rect.bottom());
        }
        CHECK(screen.node("stop.text").rect.bottom() > screen.node("stop.text").clip.bottom());
    }
}
