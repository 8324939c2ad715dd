// SPDX-License-Identifier: GPL-3.0-or-later
//
// One node of the semantic tree: what a widget is, says and can do, beside what it looks like. Every widget's one
// call draws and emits its node, so the two cannot drift apart. Speech, scanning, the audit, the test driver and
// AT-SPI read only this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/semantics/geometry.hpp"

namespace pillarbox::semantics {

// A hash of stable keys (page and widget), never of text or position: it survives a change of language and of order.
enum class NodeId : std::uint64_t { none = 0 };

[[nodiscard]] NodeId id_of(std::string_view page_key, std::string_view widget_key);

enum class Role {
    window,
    header,
    main,
    footer,
    group,
    heading,
    paragraph,
    note,
    list,
    list_item,
    button,
    link,
    radio_group,
    radio,
    checkbox,
    text_field,
    select,  // a button that opens a full-page list
    slider,  // a value on a scale: Node::range
    progress,
    image,
    dialog,
    alert,   // an error summary or a warning, spoken at once
    status,  // a change spoken without moving the focus
    keyboard,
    key,
};
[[nodiscard]] std::string_view name_of(Role role);

enum class Flag : std::uint32_t {
    focusable = 1U << 0U,
    disabled = 1U << 1U,
    required = 1U << 2U,
    invalid = 1U << 3U,
    busy = 1U << 4U,
    modal = 1U << 5U,
    read_only = 1U << 6U,
    private_text = 1U << 7U,  // never on a loudspeaker unless chosen
    masked = 1U << 8U,
    expanded = 1U << 9U,
    hidden = 1U << 10U,
    decorative = 1U << 11U,
    multiline = 1U << 12U,
    animated = 1U << 13U,
};

enum class Action : std::uint32_t {
    click = 1U << 0U,
    focus = 1U << 1U,
    set_text = 1U << 2U,
    set_value = 1U << 3U,
    increment = 1U << 4U,
    decrement = 1U << 5U,
    scroll_into_view = 1U << 6U,
};

// A set of flags or actions.
template <typename Bit>
struct BitSet {
    std::uint32_t bits = 0;
    [[nodiscard]] bool has(Bit bit) const { return (bits & static_cast<std::uint32_t>(bit)) != 0; }
    BitSet& add(Bit bit) {
        bits |= static_cast<std::uint32_t>(bit);
        return *this;
    }
    bool operator==(const BitSet&) const = default;
};

enum class Checked { none, off, on, mixed };
enum class Live { off, polite, assertive };
enum class Weight { regular, bold };

// One kind of thing that difference() may find changed in a node: what a reader has to tell, or to look up again.
enum class Property : std::uint32_t {
    role = 1U << 0U,
    name = 1U << 1U,         // or what is said instead of it, or its language
    description = 1U << 2U,  // description, hint, placeholder, error
    value = 1U << 3U,        // value or range
    caret = 1U << 4U,        // caret or selection
    state = 1U << 5U,        // flags or checked
    set = 1U << 6U,          // level, position, set size
    children = 1U << 7U,
    relations = 1U << 8U,  // labelled_by, described_by, error_of, controls
    actions = 1U << 9U,
    live = 1U << 10U,
    geometry = 1U << 11U,
    appearance = 1U << 12U,
};

struct Range {
    double value = 0;
    double min = 0;
    double max = 0;
    double step = 0;
    bool operator==(const Range&) const = default;
};

// In code points of `value`.
struct Selection {
    std::size_t start = 0;
    std::size_t end = 0;
    bool operator==(const Selection&) const = default;
};

// What was drawn, for the audit. Colours are those behind and in front of the node's text.
struct Visual {
    std::optional<Colour> foreground;
    std::optional<Colour> background;
    std::optional<Colour> border;      // of an interactive node, against the page
    std::optional<Colour> page;        // what surrounds the node
    std::optional<Colour> focus_ring;  // only while drawn
    std::optional<Rect> ring;          // its outer edge
    float font_px = 0;                 // of the smallest text in the node
    float capital_px = 0;              // the height of a capital H in it
    Weight weight = Weight::regular;
    std::optional<Rect> text;      // the box of the laid-out text: outside `rect` means it was cut or overlaps
    std::string label;             // what is written on a node that can be pressed; never an answer
    Checked mark = Checked::none;  // the state that is drawn, by a shape and not by colour alone
    bool operator==(const Visual&) const = default;
};

struct Node {
    NodeId id = NodeId::none;
    NodeId parent = NodeId::none;
    std::vector<NodeId> children;
    std::string key;  // the stable key that `id` was hashed from, for tests and scenario files
    Role role = Role::group;
    std::string name;
    std::string description;
    std::string value;
    std::string placeholder;
    std::string error;
    std::string hint;
    std::string lang;             // BCP 47
    std::string speech_override;  // said instead of name and value, e.g. a code letter by letter
    BitSet<Flag> flags;
    Checked checked = Checked::none;
    std::optional<Range> range;
    std::optional<std::size_t> caret;  // in code points of `value`
    std::optional<Selection> selection;
    int level = 0;     // of a heading
    int position = 0;  // 1-based within its set, 0 where it has none
    int set_size = 0;
    Live live = Live::off;
    NodeId labelled_by = NodeId::none;
    NodeId described_by = NodeId::none;
    NodeId error_of = NodeId::none;
    NodeId controls = NodeId::none;
    BitSet<Action> actions;
    Rect rect;
    Rect clip;  // the visible part of the window that the node may draw in
    Visual visual;
    bool operator==(const Node&) const = default;
};

}  // namespace pillarbox::semantics
