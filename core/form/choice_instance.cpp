// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/choice_instance.hpp"

namespace pillarbox::form {

void add_choice_instance(const ChoiceList& list, Tree& tree) {
    const ElementId root = tree.add_child(tree.add_instance(list.name), "root");
    for (const Choice& choice : list.choices) {
        const ElementId item = tree.add_child(root, "item");
        const auto add = [&](const std::string& column, const std::string& text) {
            tree[tree.add_child(item, column)].text = text;
        };
        add("name", choice.name);
        if (choice.label.all().size() == 1) {
            add("label", choice.label.all().begin()->second);
        }
        for (const auto& [column, text] : choice.columns) {
            if (!text.empty()) {
                add(column, text);
            }
        }
    }
}

}  // namespace pillarbox::form
