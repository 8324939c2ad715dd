// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/triggers.hpp"

#include <fmt/format.h>

#include "core/form/binder.hpp"
#include "core/form/cell_text.hpp"
#include "core/form/question_type.hpp"

namespace pillarbox::form {
namespace {

constexpr std::string_view column = "trigger";

base::Result<std::string> path_of_trigger(const std::string& name, const Outline& outline) {
    const Node* question = TRY(resolve_name(name, outline));
    const bool changed_by_hand =
        (is_asked(question->type) || question->type == NodeType::note) && !question->is_silent();
    if (!changed_by_hand) {
        return base::fail(base::ErrorCode::malformed, {},
                          fmt::format("{} is not shown, so that no person can trigger anything with it.", name),
                          "Name a question that is asked.");
    }
    return question->path;
}

}  // namespace

std::vector<std::string> read_triggers(std::string_view text, const Place& place, Problems& problems) {
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::string_view part = trimmed(text.substr(0, text.find(',')));
        text.remove_prefix(std::min(text.find(','), text.size() - 1) + 1);
        if (part.empty()) {
            continue;
        }
        if (!part.starts_with("${") || part.find('}') != part.size() - 1) {
            problems.malformed(place, "The trigger is not of the form ${name}, ${name}.", "Correct it.");
            return {};
        }
        names.emplace_back(trimmed(part.substr(2, part.size() - 3)));
    }
    return names;
}

void resolve_triggers(std::vector<Node>& nodes, const Outline& outline, Problems& problems) {
    for (Node& node : nodes) {
        for (std::string& trigger : node.triggers) {
            base::Result<std::string> path = path_of_trigger(trigger, outline);
            if (path) {
                trigger = *std::move(path);
            } else {
                problems.add(std::move(path).error(), {"survey", node.row, column});
            }
        }
        resolve_triggers(node.children, outline, problems);
    }
}

}  // namespace pillarbox::form
