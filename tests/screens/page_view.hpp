// SPDX-License-Identifier: GPL-3.0-or-later
//
// One page of the journey drawn until it rests: its semantic tree, and its picture where one is wanted.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "accessibility/input/keyboard_layout.hpp"
#include "accessibility/messages/messages.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/platform/picture.hpp"
#include "kiosk/widgets/ui.hpp"
#include "tests/kiosk/screens/staff_tour.hpp"
#include "tests/kiosk/screens/tour.hpp"
#include "tests/kiosk/widgets/gallery.hpp"

namespace pillarbox::tests {

struct PageLook {
    std::string name;  // "portrait"
    int width = 1080;
    int height = 1920;
    double px_per_mm = 4.03;
    double text_scale = 1;
    semantics::Theme theme = semantics::Theme::light;
    text::Face face = text::Face::standard;
    widgets::Reach reach = widgets::Reach::whole_screen;
};

class PageViewer {
  public:
    explicit PageViewer(const messages::Messages& messages) : messages_(messages) {}

    // A page that never rests is shown as it is after some frames, and `rests` is false.
    struct Shown {
        semantics::Tree tree;
        bool rests = true;
    };
    [[nodiscard]] Shown show(const Stop& stop, const PageLook& look);
    [[nodiscard]] Shown show(const StaffStop& stop, const PageLook& look);
    // The page as somebody meets it who goes through it with Tab: one tree for each stop, until the focus is back at
    // the first.
    [[nodiscard]] std::vector<semantics::Tree> walk(const Stop& stop, const PageLook& look);
    // Every frame of the page's first `time`, with all the movement that there is.
    [[nodiscard]] std::vector<semantics::Tree> frames(const Stop& stop, const PageLook& look,
                                                      std::chrono::milliseconds time);
    [[nodiscard]] Shown show(const GalleryPage& page, const GalleryLanguage& language, const PageLook& look);
    [[nodiscard]] platform::Picture picture();  // of the page shown last

    // A line of words on grey, for a sheet.
    [[nodiscard]] platform::Picture caption(const std::string& words, int width, int height);

  private:
    using Draw = std::function<void(widgets::Ui&)>;
    [[nodiscard]] Shown settle(widgets::UiFrame frame, const PageLook& look, const std::string& focus,
                               const Draw& draw);
    void read_keyboards(const std::string& language);
    void draw_frame(widgets::Ui& ui, const widgets::UiFrame& frame, const Draw& draw);
    // Calls `then` with what draws the page: its Ui, its frame and its screen.
    using Drawn = std::function<void(widgets::Ui&, widgets::UiFrame&, const Draw&)>;
    void with_page(const Stop& stop, const PageLook& look, const Drawn& then);

    const messages::Messages& messages_;
    std::unique_ptr<platform::FrameContext> context_ = std::make_unique<platform::FrameContext>();
    const ImDrawData* drawn_ = nullptr;
    semantics::Colour ground_;
    std::string keyboards_of_;
    std::vector<input::KeyboardLayout> keyboards_;
};

}  // namespace pillarbox::tests
