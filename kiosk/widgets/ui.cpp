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

}  // namespace pillarbox::widgets
