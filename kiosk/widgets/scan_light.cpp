// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/scan_light.hpp"

#include <algorithm>
#include <string>

namespace pillarbox::widgets {

using semantics::Node;

namespace {

Rect together(const Rect& first, const Rect& second) {
    if (first.width <= 0 || first.height <= 0) {
        return second;
    }
    const float x = std::min(first.x, second.x);
    const float y = std::min(first.y, second.y);
    return {x, y, std::max(first.right(), second.right()) - x, std::max(first.bottom(), second.bottom()) - y};
}

// "Very well … Don't know" for a group: enough to know whether it is the one.
std::string name_of(const std::vector<const Node*>& nodes) {
    const std::string& first = nodes.front()->name;
    return nodes.size() == 1 ? first : first + " … " + nodes.back()->name;
}

// Two rings, one light and one dark, so that it shows on any ground; thicker than the focus ring and in no other
// ring's colour.
void draw_ring(Ui& ui, const Rect& place) {
    const Tokens& tokens = ui.tokens();
    const float width = 1.6F * tokens.focus_ring;
    const auto grown = [&place](float by) {
        return Rect{place.x - by, place.y - by, place.width + 2 * by, place.height + 2 * by};
    };
    ui.painter().stroke(grown(width / 2), ui.palette().surface, tokens.radius + width / 2, width / 2 + 1);
    ui.painter().stroke(grown(1.5F * width), ui.palette().ink, tokens.radius + 1.5F * width, width);
}

}  // namespace

void scan_light(Ui& ui, std::span<const NodeId> lit) {
    std::vector<const Node*> nodes;
    Rect seen;
    for (const NodeId id : lit) {
        if (const Node* node = ui.builder().find(id); node != nullptr) {
            nodes.push_back(node);
            const Rect part = node->rect.intersected(node->clip);
            seen = part.width > 0 && part.height > 0 ? together(seen, part) : seen;
        }
    }
    if (nodes.empty() || seen.width <= 0 || seen.height <= 0) {
        return;  // scrolled to in the next frame
    }
    const std::string name = name_of(nodes);
    const NodeId only = nodes.size() == 1 ? nodes.front()->id : NodeId::none;
    const Rect window{0, 0, static_cast<float>(ui.frame().width), static_cast<float>(ui.frame().height)};
    const Rect place = ui.painter().mirrored(seen);
    draw_ring(ui, place);
    Node& node = ui.add_node("scan-light", semantics::Role::status, ui.painter().mirrored(seen.intersected(window)));
    node.name = name;
    node.live = semantics::Live::polite;
    node.controls = only;
    node.visual.border = ui.palette().ink;
    node.visual.page = ui.palette().surface;
}

}  // namespace pillarbox::widgets
