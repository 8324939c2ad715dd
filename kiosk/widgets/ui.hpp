// SPDX-License-Identifier: GPL-3.0-or-later
//
// One screen, built anew each frame from the top down. Each widget is one call (button.hpp, choices.hpp, field.hpp,
// ...) that draws and emits its semantic node; what happened to it comes back from the same call.
//
// Input is resolved once, at begin(), against the tree that the person was looking at: a tap goes to the topmost node
// under the finger, a key to the focused one, a request to the node it names. So whatever can be tapped can also be
// reached by key, by switch and by a test, and nothing is hit that was not on the screen. The focus is ours, not
// ImGui's.
//
//     ui.begin(list, frame);
//     begin_page(ui, {...});  heading(ui, ...);  choices(ui, ...);
//     const PageAction action = end_page(ui);
//     ui.end();                      // then publish ui.tree()
//
// One thread. Lives for one person; make a new one for the next.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/input/keyboard_layout.hpp"
#include "accessibility/semantics/builder.hpp"
#include "accessibility/semantics/request.hpp"
#include "accessibility/semantics/tree.hpp"
#include "accessibility/text/text_layouter.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/widgets/field_touch.hpp"
#include "kiosk/widgets/grips.hpp"
#include "kiosk/widgets/icons.hpp"
#include "kiosk/widgets/input_state.hpp"
#include "kiosk/widgets/page_spec.hpp"
#include "kiosk/widgets/painter.hpp"
#include "kiosk/widgets/scroll.hpp"
#include "kiosk/widgets/tokens.hpp"
#include "kiosk/widgets/words.hpp"

struct ImDrawList;

namespace pillarbox::widgets {

// What lives longer than a person: not owned.
struct Resources {
    text::TextLayouter* layouter = nullptr;
    const IconSet* icons = nullptr;
    const Style* style = nullptr;
};

// low: everything that can be touched is in the lower part of the window, within reach of somebody who sits.
enum class Reach { whole_screen, low };

struct UiFrame {
    int width = 1080;  // px
    int height = 1920;
    std::chrono::milliseconds now{0};
    std::span<const platform::Event> events{};       // EventQueue::take_frame()
    std::span<const semantics::Request> requests{};  // RequestQueue::take()
    std::string page_key{};  // stable; a change of it is a change of page: focus goes to the heading
    std::string title{};     // the window's name
    std::string lang = "en";
    text::Direction direction = text::Direction::left_to_right;
    double text_scale = 1.0;  // 1.0 to 2.0
    semantics::Theme theme = semantics::Theme::light;
    Motion motion = Motion::full;
    text::Face face = text::Face::standard;
    Reach reach = Reach::whole_screen;
    double px_per_mm = 4.03;                             // 1080 px over 268 mm
    const Words* words = nullptr;                        // never null
    std::span<const input::KeyboardLayout> keyboards{};  // the language's first; none: no on-screen keyboard
};

// What a widget that can be pressed was told this frame.
enum class Press { none, activated };

struct TextSpec {
    float size_px = 42;
    text::Weight weight = text::Weight::regular;
    text::Alignment alignment = text::Alignment::start;
    text::DirectionSource direction_source = text::DirectionSource::style;
    float line_height = 1.2F;
    std::string_view lang{};           // where it is not the page's
    std::optional<text::Face> face{};  // where it is not the person's
};

class Ui {
  public:
    explicit Ui(Resources resources);

    void begin(ImDrawList& list, const UiFrame& frame);
    void end();

    [[nodiscard]] const semantics::Tree& tree() const { return tree_; }  // of the last finished frame
    [[nodiscard]] bool wants_frame() const;  // something moves or settles: draw again soon
    [[nodiscard]] bool is_settling() const { return frames_to_settle_ > 0; }  // what is drawn now is not the last word
    // How long the picture stays as it is without input: 0 while something moves, else until a finger that lies on
    // a button is one that rests.
    [[nodiscard]] std::chrono::milliseconds wait_max() const;
    [[nodiscard]] bool atlas_changed() const;  // glyphs moved while drawing: draw this frame again before presenting
    [[nodiscard]] bool saw_input() const;      // a person did something this frame (for the idle clock)
    // Puts the focus on a widget of this page when it is next drawn.
    void focus(std::string_view key);

    // --- for widgets ---
    [[nodiscard]] const Tokens& tokens() const { return tokens_; }
    [[nodiscard]] const Palette& palette() const { return tokens_.palette; }
    [[nodiscard]] const Style& style() const { return *resources_.style; }
    [[nodiscard]] const UiFrame& frame() const { return frame_; }
    [[nodiscard]] const Words& words() const { return *frame_.words; }
    // The part of the window that pages and dialogs may use, logical.
    [[nodiscard]] Rect area() const;
    [[nodiscard]] Painter& painter() { return *painter_; }
    [[nodiscard]] text::TextLayouter& layouter() { return *resources_.layouter; }
    [[nodiscard]] semantics::TreeBuilder& builder() { return builder_; }
    [[nodiscard]] InputState& input() { return input_; }
    [[nodiscard]] Grips& grips() { return grips_; }
    [[nodiscard]] FieldTouch& field_touch() { return field_touch_; }

    // The flow: a column with a cursor that runs down.
    struct Flow {
        float x = 0;
        float y = 0;
        float width = 0;
    };
    [[nodiscard]] Flow& flow() { return flow_; }
    [[nodiscard]] Rect take(float height);  // the next `height` px of the column
    void space(float height) { flow_.y += height; }

    // A part of the window that scrolls; between the two calls the flow runs inside it.
    void open_scroll(std::string_view key, const Rect& viewport, const Flow& flow);
    void close_scroll(float space_below);
    [[nodiscard]] ScrollState& scroll_of(std::string_view key) { return scrolls_[std::string(key)]; }

    // Sets text in the page's language and direction.
    [[nodiscard]] std::shared_ptr<const text::TextLayout> lay_out(std::string_view text, const TextSpec& spec,
                                                                  text::ColumnWidth width);
    [[nodiscard]] text::TextStyle style_of(const TextSpec& spec) const;

    // Adds the node of a widget that occupies `rect` (logical), with the innermost clip. open_node: its children
    // follow.
    semantics::Node& add_node(std::string_view key, semantics::Role role, const Rect& rect);
    semantics::Node& open_node(std::string_view key, semantics::Role role, const Rect& rect);
    void close_node() { builder_.close(); }
    // Records the text as drawn in `node`, for the audit. Of several texts it is the box of all, the smallest size
    // and the weakest contrast that counts.
    void note_text(semantics::Node& node, const text::TextLayout& layout, const Rect& box, const TextSpec& spec,
                   Colour foreground, Colour background) const;
    void note_size(semantics::Node& node, float size_px) const;  // the same for a text that is drawn in other ways

    // True once, in the frame where `key` was tapped, entered or asked to click.
    [[nodiscard]] Press press_of(std::string_view key) const;
    [[nodiscard]] bool is_held(std::string_view key) const;  // the finger is on it: draw it pressed
    [[nodiscard]] bool is_focused(std::string_view key) const;
    // Draws the ring where `key` has the focus and keys are in use, and records it in the node.
    void focus_ring(semantics::Node& node, const Rect& rect, float radius);
    void make_pressable(semantics::Node& node) const;  // focusable, click, scroll into view

    // Drawn over everything, after the page: select lists and dialogs.
    void defer(std::function<void(Ui&)> overlay) { overlays_.push_back(std::move(overlay)); }
    void draw_overlays();

    // Choices made in an overlay, taken by the widget that opened it.
    struct OpenSelect {
        std::string key{};
        std::optional<std::size_t> chosen{};
    };
    [[nodiscard]] std::optional<OpenSelect>& open_select() { return open_select_; }
    [[nodiscard]] KeyboardState& keyboard() { return keyboard_; }
    [[nodiscard]] const KeyboardState& keyboard() const { return keyboard_; }
    [[nodiscard]] std::optional<OpenPage>& page() { return page_; }

    // Focuses `key` in the first frame that it is drawn in. A heading gives way to an error summary above it; when a
    // dialog goes, the focus returns to where it was.
    enum class Arrival { takes_focus, takes_free_focus };
    void focus_on_arrival(std::string_view key, Arrival arrival);

    // Since `key` arrived so; none where it did not.
    [[nodiscard]] std::chrono::milliseconds age_of(std::string_view key) const;

    // Scrolls so that `rect` (logical, of this frame) is seen in the next; the same for a node that is drawn in this.
    void reveal(const Rect& rect);
    void bring_into_view(NodeId id) { pending_reveal_node_ = id; }
    void settle(int frames = 2) { frames_to_settle_ = std::max(frames_to_settle_, frames); }

  private:
    void change_page();
    void run_scrolls();
    void reveal_node(NodeId id);
    void follow_field();
    void follow_passage();
    void keep_focus_in_view();
    void settle_focus();
    [[nodiscard]] NodeId still_there_near(NodeId gone);
    void focus_first_of(semantics::Role role);

    struct OpenRegion {
        std::string key;
        Rect viewport;
        Flow outer;
    };
    struct Arrived {
        NodeId id = NodeId::none;
        NodeId focus_before = NodeId::none;
        bool drawn = false;
        std::chrono::milliseconds since{0};
    };
    struct PendingReveal {
        std::string region;
        float top = 0;  // px from the viewport's top
        float bottom = 0;
    };

    Resources resources_;
    UiFrame frame_;
    Tokens tokens_;
    std::optional<Painter> painter_;
    semantics::TreeBuilder builder_;
    semantics::Tree tree_;
    InputState input_;
    Grips grips_;
    FieldTouch field_touch_;
    KeyboardState keyboard_;
    std::optional<OpenPage> page_;
    Flow flow_;
    std::vector<OpenRegion> open_scrolls_;
    std::vector<ScrollRegion> regions_;       // of the last frame
    std::vector<ScrollRegion> next_regions_;  // of this one
    std::map<std::string, ScrollState> scrolls_;
    std::vector<std::function<void(Ui&)>> overlays_;
    std::optional<OpenSelect> open_select_;
    std::vector<Arrived> arrived_;
    std::optional<PendingReveal> pending_reveal_;
    NodeId pending_reveal_node_ = NodeId::none;
    std::string pending_focus_;
    std::optional<semantics::Role> pending_part_;  // whose first stop gets the focus once it is drawn
    std::string page_key_;
    float capital_height_ = 0.7F;  // of an H, as a part of the font's size
    std::uint64_t generation_ = 0;
    int frames_to_settle_ = 0;
};

}  // namespace pillarbox::widgets
