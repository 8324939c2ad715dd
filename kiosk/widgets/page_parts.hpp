// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a page that page.cpp puts together, their heights in pixels, and the measures that they share.
#pragma once

#include <string_view>

#include "kiosk/widgets/page.hpp"

namespace pillarbox::widgets {

inline constexpr std::string_view body_key = "body";

[[nodiscard]] float window_width(const Ui& ui);
[[nodiscard]] float column_width(Ui& ui);
[[nodiscard]] float column_x(Ui& ui);

// Header, footer and scroll buttons stand in the same places whatever column a page has.
[[nodiscard]] float frame_width(const Ui& ui);
[[nodiscard]] float frame_x(const Ui& ui);

// What a focus ring needs around a button, so that nothing else lies on it.
[[nodiscard]] float ring_room(const Ui& ui);

[[nodiscard]] float header_height(Ui& ui);
void draw_header(Ui& ui, float top);

[[nodiscard]] float progress_height(Ui& ui);
void draw_progress(Ui& ui, float top, float height);

[[nodiscard]] float footer_height(Ui& ui);
void draw_footer(Ui& ui, const Rect& place);

// Two buttons that scroll, for those who can't drag.
[[nodiscard]] float scroll_hint_height(Ui& ui);
void draw_scroll_hint(Ui& ui, const Rect& place);

}  // namespace pillarbox::widgets
