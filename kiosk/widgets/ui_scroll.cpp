// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

using semantics::Node;

namespace {

// A clip is a viewport that was cut to the window, which may round it.
bool is_same_place(const Rect& viewport, const Rect& clip) {
    constexpr float slack_px = 0.5F;
    return viewport.holds(clip, slack_px) && clip.holds(viewport, slack_px);
}

}  // namespace

void Ui::run_scrolls() {
    for (const ScrollStep& step : input_.scroll_steps()) {
        ScrollState& scroll = scrolls_[step.region];
        switch (step.kind) {
            case ScrollStep::Kind::drag:
                scroll.drag_by(step.amount, step.time);
                break;
            case ScrollStep::Kind::let_go:
                scroll.let_go(step.time, frame_.motion);
                break;
            case ScrollStep::Kind::hold:
                scroll.hold(step.time);
                break;
            case ScrollStep::Kind::lines:
                scroll.scroll_by(step.amount * tokens_.body_px);
                break;
            case ScrollStep::Kind::pages:
                scroll.scroll_by(step.amount * scroll.viewport_height() * 0.85F);
                break;
            case ScrollStep::Kind::start:
                scroll.scroll_by(-scroll.offset_max());
                break;
            case ScrollStep::Kind::end:
                scroll.scroll_by(scroll.offset_max());
                break;
        }
    }
    for (auto& [key, scroll] : scrolls_) {
        scroll.advance(frame_.now);
    }
    if (const auto reveal = std::exchange(pending_reveal_, std::nullopt)) {
        // A caret's place says more than its field's, and both were measured before either scrolled.
        scrolls_[reveal->region].reveal(reveal->top, reveal->bottom, tokens_.gap);
        pending_reveal_node_ = NodeId::none;
        settle();
        return;
    }
    reveal_node(input_.to_reveal());
    reveal_node(std::exchange(pending_reveal_node_, NodeId::none));
}

void Ui::reveal_node(NodeId id) {
    const Node* node = semantics::find(tree_, id);
    if (node == nullptr) {
        return;
    }
    for (const ScrollRegion& region : regions_) {
        if (is_same_place(region.viewport, node->clip)) {
            // With its ring; where that does not fit, as much of the node as can be, and the ring's sides.
            const float around = 2 * tokens_.focus_ring;
            const float ring = region.viewport.height - node->rect.height < 2 * around ? 0 : around;
            const float top = node->rect.y - region.viewport.y - ring;
            scrolls_[region.key].reveal(top, top + node->rect.height + 2 * ring, tokens_.gap_large - ring);
            settle();
        }
    }
}

// The on-screen keyboard goes when Tab leaves its field, and header and footer come back: what has the focus was
// brought into view where there was other room. Who points sees where they point, and the page stays under the
// finger.
void Ui::keep_focus_in_view() {
    const auto has_moved = [this](const ScrollRegion& region) {
        const auto before = std::ranges::find(regions_, region.key, &ScrollRegion::key);
        return before != regions_.end() && !is_same_place(before->viewport, region.viewport);
    };
    if (input_.modality() == Modality::keys && std::ranges::any_of(next_regions_, has_moved)) {
        pending_reveal_node_ = input_.focus();
        settle();
    }
}

void Ui::open_scroll(std::string_view key, const Rect& viewport, const Flow& flow) {
    const ScrollState& scroll = scroll_of(key);
    open_scrolls_.push_back({std::string(key), viewport, flow_});
    next_regions_.push_back({std::string(key), painter_->mirrored(viewport), scroll.overflows(), scroll.moving()});
    painter_->push_clip(viewport);
    flow_ = flow;
    flow_.y -= scroll.offset();
}

void Ui::close_scroll(float space_below) {
    const OpenRegion region = std::move(open_scrolls_.back());
    open_scrolls_.pop_back();
    painter_->pop_clip();
    ScrollState& scroll = scroll_of(region.key);
    const float before = scroll.offset();
    const bool overflowed = scroll.overflows();
    scroll.set_extent(flow_.y + before + space_below - region.viewport.y, region.viewport.height);
    if (scroll.offset() != before || scroll.overflows() != overflowed) {
        settle();
    }
    flow_ = region.outer;
}

void Ui::reveal(const Rect& rect) {
    if (!open_scrolls_.empty()) {
        const float top = rect.y - open_scrolls_.back().viewport.y;
        pending_reveal_ = PendingReveal{open_scrolls_.back().key, top, top + rect.height};
    }
}

}  // namespace pillarbox::widgets
