// SPDX-License-Identifier: GPL-3.0-or-later
//
// A page of the kiosk as a tree, without drawing: a question with options, a question in words, Back and Next.
#pragma once

#include <functional>
#include <string>

#include "accessibility/semantics/builder.hpp"

namespace pillarbox::tests {

struct ExamplePage {
    std::string key = "page";
    std::string heading = "Your link";
    std::string lang = "en";
    std::string focus = "heading";
    semantics::Checked carer = semantics::Checked::off;
    std::string answer{};
    std::string option_error{};
    semantics::BitSet<semantics::Flag> answer_flags =
        semantics::BitSet<semantics::Flag>{}.add(semantics::Flag::focusable).add(semantics::Flag::private_text);
    std::function<void(semantics::TreeBuilder&)> above{};  // in main, before the heading
    std::function<void(semantics::TreeBuilder&)> below{};  // after the footer: dialogs

    [[nodiscard]] semantics::Tree tree() const;
};

inline semantics::Node& add_focusable(semantics::TreeBuilder& builder, std::string_view key, semantics::Role role,
                                      std::string name) {
    auto& node = builder.add(key, role);
    node.name = std::move(name);
    node.flags.add(semantics::Flag::focusable);
    return node;
}

inline void add_text(semantics::TreeBuilder& builder, std::string_view key, semantics::Role role, std::string name) {
    builder.add(key, role).name = std::move(name);
}

inline semantics::Tree ExamplePage::tree() const {
    using semantics::Role;
    semantics::TreeBuilder builder;
    builder.begin({.page_key = key, .name = heading, .lang = lang});
    builder.open("header", Role::header);
    add_focusable(builder, "help", Role::button, "Help");
    builder.close();
    add_text(builder, "progress", Role::progress, "Step 2 of 9");
    builder.open("main", Role::main);
    if (above) {
        above(builder);
    }
    builder.add("heading", Role::heading).name = heading;
    add_text(builder, "intro", Role::paragraph, "Take your time.");
    add_text(builder, "link.label", Role::paragraph, "What is your link?");
    add_text(builder, "link.hint", Role::paragraph, "Choose any.");
    auto& group = builder.open("link", Role::group);
    group.name = "What is your link?";
    group.hint = "Choose any.";
    group.labelled_by = builder.id_of("link.label");
    group.described_by = builder.id_of("link.hint");
    group.error = option_error;
    add_focusable(builder, "link/999", Role::checkbox, "I have used 999").checked = semantics::Checked::off;
    add_focusable(builder, "link/carer", Role::checkbox, "Carer").checked = carer;
    builder.close();
    add_text(builder, "between", Role::note, "Do not name other people.");
    add_text(builder, "words.label", Role::paragraph, "In your words");
    auto& field = builder.add("words", Role::text_field);
    field.name = "In your words";
    field.labelled_by = builder.id_of("words.label");
    field.value = answer;
    field.caret = answer.size();
    field.flags = answer_flags;
    builder.close();
    builder.open("footer", Role::footer);
    add_focusable(builder, "next", Role::button, "Next");
    builder.close();
    if (below) {
        below(builder);
    }
    return builder.finish(builder.id_of(focus));
}

}  // namespace pillarbox::tests
