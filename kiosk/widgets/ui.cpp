// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/ui.hpp"

#include <utility>

#include "core/base/check.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

constexpr float palm_mm = 25;  // a fingertip is 8 to 16 wide

// Of the window, above what low reach leaves: a kiosk's upright display, 476 mm high with its lower edge at 750 mm,
// then asks for no reach above 1,036 mm (EN 301 549, 8.3: 1,200 mm at most).
constexpr float upright_share_above = 0.4F;
constexpr float lying_share_above = 0.25F;

// A display that is lower than this is within reach as a whole, and has no room to give away.
constexpr double low_reach_height_min_mm = 250;

bool moves_down(const UiFrame& frame) {
    return frame.reach == Reach::low && frame.height >= low_reach_height_min_mm * frame.px_per_mm;
}

GestureRules gestures_of(const UiFrame& frame, const Tokens& tokens) {
    GestureRules rules;
    rules.slop_px = tokens.drag_slop;
    rules.bounce_px *= tokens.unit;
    rules.palm_px = palm_mm * static_cast<float>(frame.px_per_mm);
    return rules;
}

// A clip is a viewport that was cut to the window, which may round it.
bool is_same_place(const Rect& viewport, const Rect& clip) {
    constexpr float slack_px = 0.5F;
    return viewport.holds(clip, slack_px) && clip.holds(viewport, slack_px);
}

}  // namespace

Ui::Ui(Resources resources) : resources_(resources) {
    PILLARBOX_CHECK(resources_.layouter != nullptr && resources_.icons != nullptr && resources_.style != nullptr);
}

void Ui::begin(ImDrawList& list, const UiFrame& frame) {
    PILLARBOX_CHECK(frame.words != nullptr);
    frame_ = frame;
    tokens_ = make_tokens(*resources_.style, {.width = frame.width,
                                              .height = frame.height,
                                              .text_scale = frame.text_scale,
                                              .theme = frame.theme,
                                              .px_per_mm = frame.px_per_mm});
    painter_.emplace(list, *resources_.layouter, *resources_.icons, static_cast<float>(frame.width), frame.direction);
    generation_ = layouter().atlas().generation();
    const Reading reading =
        frame.direction == text::Direction::right_to_left ? Reading::right_to_left : Reading::left_to_right;
    const auto events = grips_.read(frame.events, frame.now, {.slop_px = tokens_.drag_slop});
    input_.read({tree_, regions_, events, frame.requests, gestures_of(frame, tokens_), reading, frame.now});
    if (frame.page_key != page_key_) {
        change_page();
    }
    frames_to_settle_ = std::max(0, frames_to_settle_ - 1);
    run_scrolls();
    follow_field();

    const auto width = static_cast<float>(frame.width);
    const auto height = static_cast<float>(frame.height);
    builder_.begin({.page_key = frame.page_key,
                    .name = frame.title,
                    .lang = frame.lang,
                    .window = Rect{0, 0, width, height},
                    .px_per_mm = frame.px_per_mm,
                    .theme = frame.theme,
                    .text_scale = frame.text_scale,
                    .motion = frame.motion,
                    .reach = moves_down(frame) ? semantics::Reach::low : semantics::Reach::whole,
                    .focus_mark = input_.modality() == Modality::keys ? semantics::FocusMark::drawn
                                                                      : semantics::FocusMark::on_demand});
    flow_ = {(width - tokens_.column) / 2, tokens_.margin, tokens_.column};
    next_regions_.clear();
    overlays_.clear();
    for (Arrived& arrived : arrived_) {
        arrived.drawn = false;
    }
}

// A tap that was meant for the page before hits nothing here, because ids carry the page's key.
void Ui::change_page() {
    page_key_ = frame_.page_key;
    constexpr float measured_px = 100;
    capital_height_ = lay_out("H", {.size_px = measured_px}, std::nullopt)->ink_rect().height / measured_px;
    scrolls_.clear();
    regions_.clear();
    arrived_.clear();
    open_select_.reset();
    pending_reveal_.reset();
    pending_reveal_node_ = NodeId::none;
    pending_part_.reset();
    keyboard_ = KeyboardState{};
    grips_.forget();
    field_touch_ = FieldTouch{};
    input_.set_focus(NodeId::none);
    settle();
}

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

// The keyboard belongs to the text field that has the focus, and stays while its own keys have it.
void Ui::follow_field() {
    const Node* focused = semantics::find(tree_, input_.focus());
    if (focused != nullptr && focused->role == Role::text_field) {
        if (keyboard_.field != focused->id) {
            const std::size_t layout = keyboard_.layout;  // whoever changed it writes on in it
            keyboard_ = KeyboardState{.field = focused->id, .field_key = focused->key, .layout = layout};
        }
        if (input_.tapped_at(focused->id) || input_.was_activated(focused->id)) {
            keyboard_.visibility = KeyboardVisibility::shown;
            keyboard_.place = KeyboardState::Place::new_field;
        }
    } else if (focused == nullptr || focused->role != Role::key) {
        keyboard_.field = NodeId::none;
    }
    if (input_.typed_on_hardware()) {
        keyboard_.visibility = KeyboardVisibility::hidden;
    }
    follow_passage();
}

void Ui::follow_passage() {
    switch (input_.passage()) {
        case InputState::Passage::none:
            break;
        case InputState::Passage::to_keys:
            keyboard_.visibility = KeyboardVisibility::shown;
            pending_part_ = semantics::Role::keyboard;
            break;
        case InputState::Passage::to_field:
            keyboard_.visibility = KeyboardVisibility::hidden;
            focus(keyboard_.field_key);
            break;
        case InputState::Passage::to_footer:
            keyboard_.visibility = KeyboardVisibility::hidden;
            pending_part_ = semantics::Role::footer;
            break;
    }
}

void Ui::focus_first_of(semantics::Role role) {
    const auto parts = semantics::find_all(tree_, role);
    for (const NodeId stop : semantics::tab_stops(tree_)) {
        if (!parts.empty() && semantics::is_within(tree_, stop, parts.front()->id)) {
            input_.set_focus(stop);
            tree_.focus = stop;
            pending_reveal_node_ = stop;
            pending_reveal_.reset();  // the caret's, which was left
            settle();
            return;
        }
    }
}

void Ui::end() {
    PILLARBOX_CHECK(open_scrolls_.empty());
    settle_focus();
    const NodeId before = tree_.focus;
    tree_ = builder_.finish(input_.focus());
    if (const auto part = std::exchange(pending_part_, std::nullopt)) {
        focus_first_of(*part);
    }
    keep_focus_in_view();
    regions_ = next_regions_;
    if (tree_.modal_root != NodeId::none) {
        grips_.withdraw_unless([this](NodeId owner) { return semantics::is_within(tree_, owner, tree_.modal_root); });
    }
    if (before != tree_.focus || input_.types_later() || pending_reveal_) {
        settle();
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

void Ui::settle_focus() {
    for (const Arrived& arrived : arrived_) {
        // Only where the focus went with it: whoever has moved on from an error summary stays where they are.
        const bool lost = builder_.find(input_.focus()) == nullptr;
        if (!arrived.drawn && lost && builder_.find(arrived.focus_before) != nullptr) {
            input_.set_focus(arrived.focus_before);
        }
    }
    std::erase_if(arrived_, [](const Arrived& arrived) { return !arrived.drawn; });
    if (!pending_focus_.empty()) {
        const NodeId wanted = builder_.id_of(pending_focus_);
        if (builder_.find(wanted) != nullptr) {
            input_.set_focus(wanted);
            pending_reveal_node_ = wanted;
            settle();
        }
        pending_focus_.clear();
    }
    if (builder_.find(input_.focus()) == nullptr) {
        input_.set_focus(still_there_near(input_.focus()));
    }
}

// What had the focus is gone, such as "Show more" at the end of the page: whoever goes by keys goes on from where it
// was. What stands before it is preferred, since what stands behind may be the page's Next.
NodeId Ui::still_there_near(NodeId gone) {
    const auto place = std::ranges::find(tree_.nodes, gone, &Node::id);
    if (place == tree_.nodes.end()) {
        return NodeId::none;
    }
    const auto can_have_it = [this](const Node& node) {
        return node.flags.has(semantics::Flag::focusable) && node.role != Role::key &&
               builder_.find(node.id) != nullptr;
    };
    for (auto before = std::make_reverse_iterator(place); before != tree_.nodes.rend(); ++before) {
        if (can_have_it(*before)) {
            return before->id;
        }
    }
    const auto behind = std::find_if(place, tree_.nodes.end(), can_have_it);
    return behind == tree_.nodes.end() ? NodeId::none : behind->id;
}

void Ui::focus(std::string_view key) {
    pending_focus_ = key;
}

void Ui::focus_on_arrival(std::string_view key, Arrival arrival) {
    const NodeId id = builder_.id_of(key);
    const auto known = std::ranges::find(arrived_, id, &Arrived::id);
    if (known != arrived_.end()) {
        known->drawn = true;
        return;
    }
    arrived_.push_back({id, input_.focus(), true, frame_.now});
    if (arrival == Arrival::takes_focus || input_.focus() == NodeId::none) {
        input_.set_focus(id);
        pending_reveal_node_ = id;
        settle();
    }
}

std::chrono::milliseconds Ui::age_of(std::string_view key) const {
    const auto known = std::ranges::find(arrived_, builder_.id_of(key), &Arrived::id);
    return known == arrived_.end() ? std::chrono::milliseconds{0} : frame_.now - known->since;
}

bool Ui::wants_frame() const {
    const bool rolls = std::ranges::any_of(scrolls_, [](const auto& entry) { return entry.second.moving(); });
    return rolls || frames_to_settle_ > 0 || grips_.waits();
}

std::chrono::milliseconds Ui::wait_max() const {
    return wants_frame() ? std::chrono::milliseconds{0}
                         : input_.held_for().value_or(std::chrono::milliseconds::max());
}

bool Ui::atlas_changed() const {
    return resources_.layouter->atlas().generation() != generation_;
}

bool Ui::saw_input() const {
    return input_.saw_input() || grips_.took_input();
}

Rect Ui::area() const {
    const auto width = static_cast<float>(frame_.width);
    const auto height = static_cast<float>(frame_.height);
    if (!moves_down(frame_)) {
        return {0, 0, width, height};
    }
    // A window that lies on its side is not high, and a page needs room.
    const float above = height * (height > width ? upright_share_above : lying_share_above);
    return {0, above, width, height - above};
}

Rect Ui::take(float height) {
    const Rect rect{flow_.x, flow_.y, flow_.width, height};
    flow_.y += height;
    return rect;
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

void Ui::draw_overlays() {
    // An overlay may open another; run them by index.
    for (std::size_t index = 0; index < overlays_.size(); ++index) {
        const auto overlay = overlays_[index];
        overlay(*this);
    }
    overlays_.clear();
}

text::TextStyle Ui::style_of(const TextSpec& spec) const {
    text::TextStyle style;
    style.size_px = spec.size_px;
    style.weight = spec.weight;
    style.face = spec.face.value_or(frame_.face);
    style.line_height = spec.line_height;
    style.language = spec.lang.empty() ? frame_.lang : std::string(spec.lang);
    style.direction = frame_.direction;
    style.alignment = spec.alignment;
    style.direction_source = spec.direction_source;
    return style;
}

std::shared_ptr<const text::TextLayout> Ui::lay_out(std::string_view text, const TextSpec& spec,
                                                    text::ColumnWidth width) {
    return layouter().lay_out(text, style_of(spec), width);
}

Node& Ui::add_node(std::string_view key, Role role, const Rect& rect) {
    Node& node = builder_.add(key, role);
    node.rect = painter_->mirrored(rect);
    node.clip = painter_->mirrored(painter_->clip())
                    .intersected(Rect{0, 0, static_cast<float>(frame_.width), static_cast<float>(frame_.height)});
    if (!open_scrolls_.empty()) {
        node.actions.add(semantics::Action::scroll_into_view);
    }
    return node;
}

Node& Ui::open_node(std::string_view key, Role role, const Rect& rect) {
    Node& node = builder_.open(key, role);
    node.rect = painter_->mirrored(rect);
    node.clip = painter_->mirrored(painter_->clip())
                    .intersected(Rect{0, 0, static_cast<float>(frame_.width), static_cast<float>(frame_.height)});
    if (!open_scrolls_.empty()) {
        node.actions.add(semantics::Action::scroll_into_view);
    }
    return node;
}

void Ui::note_text(Node& node, const text::TextLayout& layout, const Rect& box, const TextSpec& spec,
                   Colour foreground, Colour background) const {
    const Rect at = painter_->mirrored(box);
    const text::Rect text = layout.text_rect();
    const Rect drawn{at.x + text.x, at.y + text.y, text.width, text.height};
    semantics::Visual& visual = node.visual;
    visual.text = visual.text ? visual.text->united(drawn) : drawn;
    note_size(node, spec.size_px);
    const bool weaker = !visual.foreground || !visual.background ||
                        semantics::contrast_ratio(foreground, background) <
                            semantics::contrast_ratio(*visual.foreground, *visual.background);
    if (weaker) {
        visual.foreground = foreground;
        visual.background = background;
        visual.weight = spec.weight == text::Weight::bold || spec.weight == text::Weight::semibold
                            ? semantics::Weight::bold
                            : semantics::Weight::regular;
    }
}

void Ui::note_size(Node& node, float size_px) const {
    semantics::Visual& visual = node.visual;
    visual.font_px = visual.font_px > 0 ? std::min(visual.font_px, size_px) : size_px;
    visual.capital_px = visual.font_px * capital_height_;
}

Press Ui::press_of(std::string_view key) const {
    return input_.was_activated(builder_.id_of(key)) ? Press::activated : Press::none;
}

bool Ui::is_held(std::string_view key) const {
    return input_.is_held(builder_.id_of(key));
}

bool Ui::is_focused(std::string_view key) const {
    return input_.focus() == builder_.id_of(key);
}

void Ui::make_pressable(Node& node) const {
    node.flags.add(semantics::Flag::focusable);
    node.actions.add(semantics::Action::click).add(semantics::Action::focus);
}

void Ui::focus_ring(Node& node, const Rect& rect, float radius) {
    if (input_.focus() != node.id || input_.modality() != Modality::keys) {
        return;
    }
    const float width = tokens_.focus_ring;
    const float gap = width / 2;
    const auto grown = [&rect](float by) {
        return Rect{rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
    };
    painter_->stroke(grown(gap), palette().focus_under, radius + gap, gap + 1);
    painter_->stroke(grown(gap + width), palette().focus, radius + gap + width, width);
    node.visual.focus_ring = palette().focus;
    node.visual.ring = painter_->mirrored(grown(gap + width));
    node.visual.page = palette().page;
}

}  // namespace pillarbox::widgets
