// SPDX-License-Identifier: GPL-3.0-or-later
//
// A screen under test, without a display: draws frames into an ImGui context and answers from the semantic tree, the
// way a person with assistive technology meets it.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "accessibility/semantics/tree.hpp"
#include "accessibility/text/text_layouter.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::tests {

// Fonts and icons are read once for all tests of the program.
struct Assets {
    std::shared_ptr<text::FontLibrary> fonts;
    std::shared_ptr<text::GlyphAtlas> atlas;
    std::shared_ptr<text::TextLayouter> layouter;
    widgets::IconSet icons;
    widgets::Style style;
};
[[nodiscard]] Assets& assets();

class Screen {
  public:
    using Draw = std::function<void(widgets::Ui&)>;
    explicit Screen(Draw draw);

    widgets::UiFrame frame;  // to change size, language, text scale
    platform::EventQueue events;

    // Draws until no event waits and nothing moves. At most `frames_max`.
    void settle(int frames_max = 200);
    void draw_once();

    [[nodiscard]] const semantics::Tree& tree() const { return ui_.tree(); }
    [[nodiscard]] const semantics::Node& node(std::string_view key) const;
    [[nodiscard]] platform::Point middle_of(std::string_view key) const;
    [[nodiscard]] std::string focused_key() const;
    [[nodiscard]] widgets::Ui& ui() { return ui_; }

    void tap(std::string_view key);
    void press(platform::Key key, platform::Shift shift = platform::Shift::up);
    void type(std::u32string_view text);
    void request(std::string_view key, semantics::Action action, std::string text = {});

  private:
    Draw draw_;
    platform::FrameContext context_;
    widgets::Ui ui_;
    widgets::Words words_;
    std::vector<input::KeyboardLayout> keyboards_;
    std::vector<semantics::Request> requests_;
};

}  // namespace pillarbox::tests
