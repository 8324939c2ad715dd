// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screens/page_view.hpp"

#include "kiosk/screens/screens.hpp"
#include "kiosk/screens/staff_screens.hpp"
#include "tests/kiosk/widgets/harness.hpp"
#include "tests/screens/raster.hpp"

namespace pillarbox::tests {

using namespace std::chrono_literals;

namespace {

constexpr int frames_max = 40;
constexpr int stops_max = 120;  // of Tab on one page, with the on-screen keyboard

platform::FrameSettings settings_of(int width, int height) {
    const text::Point white = assets().atlas->white_pixel();
    return {.width = width, .height = height, .white_pixel = {white.x, white.y}};
}

void dress(widgets::UiFrame& frame, const PageLook& look) {
    frame.width = look.width;
    frame.height = look.height;
    frame.px_per_mm = look.px_per_mm;
    frame.text_scale = look.text_scale;
    frame.theme = look.theme;
    frame.face = look.face;
    frame.reach = look.reach;
    frame.motion = widgets::Motion::reduced;
}

}  // namespace

void PageViewer::read_keyboards(const std::string& language) {
    if (keyboards_of_ == language) {
        return;
    }
    keyboards_of_ = language;
    keyboards_.clear();
    for (const auto& name : input::layouts_of_language(language)) {
        if (auto layout = input::KeyboardLayout::load(name); layout.has_value()) {
            keyboards_.push_back(*std::move(layout));
        }
    }
}

PageViewer::Shown PageViewer::show(const Stop& stop, const PageLook& look) {
    Shown shown;
    with_page(stop, look, [&](widgets::Ui&, widgets::UiFrame& frame, const Draw& draw) {
        shown = settle(frame, look, stop.focus, draw);
    });
    return shown;
}

PageViewer::Shown PageViewer::show(const StaffStop& stop, const PageLook& look) {
    const auto from_view = screens::look_of(stop.view, messages_);
    read_keyboards(from_view.language);
    const auto words = screens::words_of(messages_, from_view.language);
    return settle({.page_key = from_view.page_key,
                   .title = from_view.title,
                   .lang = from_view.language,
                   .direction = from_view.direction,
                   .words = &words,
                   .keyboards = keyboards_},
                  look, {},
                  [&](widgets::Ui& ui) { static_cast<void>(screens::draw_staff(ui, stop.view, messages_)); });
}

void PageViewer::with_page(const Stop& stop, const PageLook& look, const Drawn& then) {
    const auto from_view = screens::look_of(stop.view, messages_);
    read_keyboards(from_view.language);
    const auto words = screens::words_of(messages_, from_view.language);
    screens::Screens screens;
    widgets::Ui ui({assets().layouter.get(), &assets().icons, &assets().style});
    widgets::UiFrame frame{.page_key = from_view.page_key,
                           .title = from_view.title,
                           .lang = from_view.language,
                           .direction = from_view.direction,
                           .words = &words,
                           .keyboards = keyboards_};
    dress(frame, look);
    then(ui, frame, [&](widgets::Ui& drawn) { static_cast<void>(screens.draw(drawn, stop.view, messages_)); });
}

void PageViewer::draw_frame(widgets::Ui& ui, const widgets::UiFrame& frame, const Draw& draw) {
    ImDrawList& list = context_->begin(settings_of(frame.width, frame.height));
    ui.begin(list, frame);
    draw(ui);
    ui.end();
    drawn_ = &context_->end();
}

std::vector<semantics::Tree> PageViewer::walk(const Stop& stop, const PageLook& look) {
    std::vector<semantics::Tree> trees;
    with_page(stop, look, [&](widgets::Ui& ui, widgets::UiFrame& frame, const Draw& draw) {
        const auto rest = [&] {
            for (int frames = 0; frames < frames_max && (frames < 2 || ui.wants_frame()); ++frames) {
                frame.now += 16ms;
                draw_frame(ui, frame, draw);
                frame.events = {};
            }
        };
        rest();
        const std::vector tab{platform::Event{.kind = platform::EventKind::key_down, .key = platform::Key::tab}};
        for (int step = 0; step < stops_max; ++step) {
            frame.events = tab;
            rest();
            if (!trees.empty() && ui.tree().focus == trees.front().focus) {
                return;
            }
            trees.push_back(ui.tree());
        }
    });
    return trees;
}

std::vector<semantics::Tree> PageViewer::frames(const Stop& stop, const PageLook& look,
                                                std::chrono::milliseconds time) {
    std::vector<semantics::Tree> trees;
    with_page(stop, look, [&](widgets::Ui& ui, widgets::UiFrame& frame, const Draw& draw) {
        frame.motion = widgets::Motion::full;
        for (; frame.now < time; frame.now += 16ms) {
            draw_frame(ui, frame, draw);
            trees.push_back(ui.tree());
        }
    });
    return trees;
}

PageViewer::Shown PageViewer::show(const GalleryPage& page, const GalleryLanguage& language, const PageLook& look) {
    const auto words = gallery_words(language.code);
    keyboards_of_.clear();
    keyboards_ = {input::KeyboardLayout::load(language.keyboard).value()};
    return settle({.page_key = page.name,
                   .title = page.name,
                   .lang = language.code,
                   .direction = language.direction,
                   .words = &words,
                   .keyboards = keyboards_},
                  look, page.focus, page.draw);
}

PageViewer::Shown PageViewer::settle(widgets::UiFrame frame, const PageLook& look, const std::string& focus,
                                     const Draw& draw) {
    dress(frame, look);
    widgets::Ui ui({assets().layouter.get(), &assets().icons, &assets().style});
    int frames = 0;
    do {
        frame.now += 16ms;
        if (frames == 1 && !focus.empty()) {
            ui.focus(focus);
        }
        draw_frame(ui, frame, draw);
    } while (++frames < frames_max && (frames < 3 || ui.wants_frame() || ui.atlas_changed()));
    ground_ = ui.palette().page;
    return {ui.tree(), frames < frames_max};
}

platform::Picture PageViewer::picture() {
    return rasterise(*drawn_, *assets().atlas, ground_);
}

platform::Picture PageViewer::caption(const std::string& words, int width, int height) {
    text::TextStyle style;
    style.size_px = static_cast<float>(height) * 0.6F;
    style.weight = text::Weight::semibold;
    const auto layout = assets().layouter->lay_out(words, style, std::nullopt);
    ImDrawList& list = context_->begin(settings_of(width, height));
    widgets::Painter painter(list, *assets().layouter, assets().icons, static_cast<float>(width),
                             text::Direction::left_to_right);
    painter.text(*layout, {4, (static_cast<float>(height) - layout->height()) / 2, layout->width(), layout->height()},
                 {255, 255, 255, 255});
    drawn_ = nullptr;  // the frame before is gone
    return rasterise(context_->end(), *assets().atlas, {70, 76, 82, 255});
}

}  // namespace pillarbox::tests
