// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small page that has something of everything and nothing wrong with it: the soil in which audit tests plant one
// defect at a time.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string_view>

#include "accessibility/semantics/audit.hpp"
#include "accessibility/semantics/builder.hpp"

namespace pillarbox::semantics {

inline constexpr Colour black{0, 0, 0, 255};
inline constexpr Colour white{255, 255, 255, 255};
inline constexpr Colour grey{0xBB, 0xBB, 0xBB, 255};

class GoodPage {
  public:
    // Of a window of 1080 x 1920 px, 4 to the millimetre, at the largest text.
    static Tree make() { return GoodPage().build(); }

  private:
    Tree build() {
        builder_.begin({.page_key = "page",
                        .name = "About you",
                        .lang = "en",
                        .window = {0, 0, 1080, 1920},
                        .text_scale = 2.0,
                        .focus_mark = FocusMark::drawn});
        builder_.open("header", Role::header).rect = {0, 0, 1080, 120};
        pressable("help", Role::button, "Help", {800, 20, 200, 80});
        builder_.close();
        builder_.open("main", Role::main).rect = {0, 120, 1080, 1600};
        text("heading", Role::heading, "About you", {60, 160, 900, 90}).level = 1;
        question();
        builder_.close();
        builder_.open("footer", Role::footer).rect = {0, 1720, 1080, 200};
        pressable("back", Role::button, "Back", {60, 1760, 300, 120});
        pressable("next", Role::button, "Next", {720, 1760, 300, 120});
        builder_.close();
        return builder_.finish(builder_.id_of("next"));
    }

    void question() {
        text("link.label", Role::paragraph, "Your link", {60, 300, 900, 60});
        Node& group = builder_.open("link", Role::radio_group);
        group.name = "Your link";
        group.rect = {60, 380, 900, 300};
        group.labelled_by = builder_.id_of("link.label");
        option("link/staff", "Staff", Checked::on, 1, {60, 380, 900, 130});
        option("link/patient", "Patient", Checked::off, 2, {60, 540, 900, 130});
        builder_.close();
        Node& slider = pressable("age", Role::slider, "Your age", {60, 720, 900, 130});
        slider.range = Range{30, 0, 120, 1};
        text("note", Role::note, "Leave out what only you could know.", {60, 900, 900, 60});
    }

    Node& text(std::string_view key, Role role, std::string_view name, Rect rect) {
        Node& node = builder_.add(key, role);
        node.name = name;
        node.rect = rect;
        node.visual.foreground = black;
        node.visual.background = white;
        node.visual.font_px = 60;
        node.visual.capital_px = 43;
        node.visual.text = Rect{rect.x + 4, rect.y + 4, rect.width - 8, rect.height - 8};
        return node;
    }
    Node& pressable(std::string_view key, Role role, std::string_view name, Rect rect) {
        Node& node = text(key, role, name, rect);
        node.flags.add(Flag::focusable);
        node.actions.add(Action::click).add(Action::focus);
        node.visual.label = name;
        node.visual.border = black;
        node.visual.page = white;
        if (key == "next") {
            node.visual.focus_ring = black;
            node.visual.ring = Rect{rect.x - 9, rect.y - 9, rect.width + 18, rect.height + 18};
        }
        return node;
    }
    void option(std::string_view key, std::string_view name, Checked checked, int position, Rect rect) {
        Node& node = pressable(key, Role::radio, name, rect);
        node.checked = node.visual.mark = checked;
        node.position = position;
        node.set_size = 2;
    }

    TreeBuilder builder_;
};

inline Node& node_of(Tree& tree, std::string_view key) {
    const auto found = std::ranges::find(tree.nodes, key, &Node::key);
    REQUIRE(found != tree.nodes.end());
    return *found;
}

}  // namespace pillarbox::semantics
