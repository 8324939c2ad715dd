// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/drawing.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

Node& line(Ui& ui, const std::string& key, Role role, std::string_view text, const TextSpec& spec, Colour colour) {
    const auto layout = ui.lay_out(text, spec, ui.flow().width);
    const Rect rect = ui.take(layout->height());
    ui.painter().text(*layout, rect, colour);
    Node& node = ui.add_node(key, role, rect);
    node.name = text;
    ui.note_text(node, *layout, rect, spec, colour, ui.palette().page);
    ui.space(ui.tokens().gap_small);
    return node;
}

std::string sub_key(std::string_view key, std::string_view part) {
    return std::string(key) + "." + std::string(part);
}

}  // namespace

void draw_label(Ui& ui, const LabelSpec& spec) {
    const Tokens& tokens = ui.tokens();
    if (!spec.label.empty()) {
        line(ui, sub_key(spec.key, "label"), Role::paragraph, spec.label,
             {.size_px = tokens.option_px, .weight = text::Weight::bold}, ui.palette().ink);
    }
    if (!spec.hint.empty()) {
        line(ui, sub_key(spec.key, "hint"), Role::paragraph, spec.hint,
             {.size_px = tokens.help_px, .line_height = 1.3F}, ui.palette().ink_soft);
    }
    if (!spec.error.empty()) {
        const std::string text = ui.words().error_prefix + " " + std::string(spec.error);
        Node& error = line(ui, sub_key(spec.key, "error"), Role::paragraph, text,
                           {.size_px = tokens.help_px, .weight = text::Weight::bold}, ui.palette().danger);
        // The summary at the top of a page tells of all its errors. One that comes while a person answers has none.
        if (!ui.builder().has(Role::alert)) {
            error.live = semantics::Live::polite;
        }
    }
    if (!spec.label.empty() || !spec.hint.empty() || !spec.error.empty()) {
        ui.space(tokens.gap_small);
    }
}

void refer_to_label(Ui& ui, Node& node, const LabelSpec& spec) {
    const Node* heading = ui.builder().find(ui.builder().id_of("heading"));
    if (!spec.label.empty()) {
        node.labelled_by = ui.builder().id_of(sub_key(spec.key, "label"));
    } else if (heading != nullptr && heading->name == node.name) {
        node.labelled_by = heading->id;  // the page's heading is the question
    }
    if (!spec.hint.empty()) {
        node.hint = spec.hint;
        node.described_by = ui.builder().id_of(sub_key(spec.key, "hint"));
    }
    if (!spec.error.empty()) {
        node.error = spec.error;
        node.error_of = ui.builder().id_of(sub_key(spec.key, "error"));
        node.flags.add(semantics::Flag::invalid);
    }
}

}  // namespace pillarbox::widgets
