// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every page behind the door: what there is to know, then what can be done.
#include "kiosk/screens/staff_canvas.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::screens {

namespace {

widgets::ButtonKind kind_of(staff::Weight weight) {
    switch (weight) {
        case staff::Weight::main:
            return widgets::ButtonKind::primary;
        case staff::Weight::other:
            return widgets::ButtonKind::secondary;
        case staff::Weight::danger:
            return widgets::ButtonKind::danger;
    }
    return widgets::ButtonKind::secondary;
}

}  // namespace

void draw_staff_page(const StaffCanvas& canvas) {
    const auto& view = canvas.view;
    for (std::size_t index = 0; index < view.blocks.size(); ++index) {
        const bool after_figures = index > 0 && view.blocks[index - 1].kind == staff::BlockKind::figure &&
                                   view.blocks[index].kind != staff::BlockKind::figure;
        if (after_figures) {
            widgets::large_gap(canvas.ui);
        }
        staff_block(canvas, view.blocks[index], "block_" + std::to_string(index));
    }
    widgets::large_gap(canvas.ui);
    for (const auto& action : view.actions) {
        const widgets::ButtonSpec button{.key = action.key,
                                         .label = canvas.say(action.label),
                                         .kind = kind_of(action.weight),
                                         .hint = canvas.say(action.hint)};
        if (widgets::button(canvas.ui, button) == widgets::Press::activated) {
            canvas.emit(action.event);
        }
    }
}

}  // namespace pillarbox::screens
