// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/reference_geometry.hpp"

#include <algorithm>

#include "core/form/binder.hpp"
#include "core/form/cell_text.hpp"

namespace pillarbox::form {
namespace {

constexpr std::string_view parameter = "reference-geometry";

}  // namespace

const Node* reference_repeat(const Node& node, const Outline& outline) {
    const auto source = node.parameters.find(parameter);
    const std::string_view text = source == node.parameters.end() ? std::string_view() : source->second;
    if (!text.starts_with("${") || !text.ends_with('}')) {
        return nullptr;
    }
    const auto repeat = resolve_name(trimmed(text.substr(2, text.size() - 3)), outline);
    const bool has_geometry =
        repeat && (*repeat)->type == NodeType::repeat &&
        std::ranges::find((*repeat)->children, "geometry", &Node::name) != (*repeat)->children.end();
    return has_geometry ? *repeat : nullptr;
}

void resolve_reference_geometry(std::vector<Node>& nodes, const Outline& outline, const GeometrySources& sources,
                                Problems& problems) {
    for (Node& node : nodes) {
        const auto source = node.parameters.find(parameter);
        if (source != node.parameters.end()) {
            const bool is_list = sources.choices.lists.contains(source->second);
            node.list_name = is_list ? source->second : std::string();
            if (!is_list && !sources.files.contains(source->second) &&
                !sources.entity_lists.contains(source->second) && reference_repeat(node, outline) == nullptr) {
                problems.malformed({"survey", node.row, "parameters"},
                                   "reference-geometry names neither a list, a file nor a repeat with a geometry.",
                                   "Correct it.");
            }
        }
        resolve_reference_geometry(node.children, outline, sources, problems);
    }
}

}  // namespace pillarbox::form
