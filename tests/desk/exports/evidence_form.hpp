// SPDX-License-Identifier: GPL-3.0-or-later
//
// A form with the questions that decide what may be told of a response: consent, names, borough, equality, contact.
#pragma once

#include "example_form.hpp"

namespace pillarbox::tests {

inline form::Node choosing(form::NodeType type, std::string name, std::string list, std::string label = {}) {
    form::Node node = node_of(type, std::move(name), std::move(label));
    node.list_name = std::move(list);
    return node;
}

inline form::Node own_words(std::string name, std::string label) {
    form::Node node = node_of(form::NodeType::text, std::move(name), std::move(label));
    node.appearance = {"multiline"};
    return node;
}

inline form::Form evidence_form() {
    using form::NodeType;
    form::Form form;
    form.title = "A call";
    form.id = "call";
    form.version = "1";
    form.default_language = "en";
    form.languages = {"en"};
    const auto list = [&form](const std::string& name, const std::vector<std::string>& choices) {
        form.choice_lists[name].name = name;
        for (const std::string& choice : choices) {
            form.choice_lists[name].choices.push_back(choice_of(choice, "Label of " + choice, choice));
        }
    };
    list("respondents", {"myself", "organisation", "helping"});
    list("links", {"used_999", "las_staff"});
    list("boroughs", {"camden", "lambeth", "sutton"});
    list("ratings", {"well", "badly"});
    list("ages", {"under_16", "16_17", "18_24"});
    list("quotations", {"by_name", "without_name", "do_not_quote"});
    form.nodes.push_back(choosing(NodeType::select_one, "respondent", "respondents", "I am answering"));
    form.nodes.push_back(node_of(NodeType::text, "organisation_name", "Organisation"));
    form.nodes.push_back(node_of(NodeType::hidden, "under_18"));
    form.nodes.push_back(choosing(NodeType::select_multiple, "link", "links", "Your link"));
    form.nodes.push_back(choosing(NodeType::select_one, "borough", "boroughs", "Your borough"));
    form.nodes.push_back(choosing(NodeType::select_one, "rating", "ratings", "How well?"));
    form.nodes.push_back(own_words("story", "Your evidence"));
    form::Node about = node_of(NodeType::group, "about_you", "About you");
    about.children.push_back(choosing(NodeType::select_one, "age_band", "ages", "Your age"));
    form.nodes.push_back(about);
    form::Node contact = node_of(NodeType::group, "contact", "Contact");
    contact.children.push_back(node_of(NodeType::text, "contact_name", "Your name"));
    contact.children.push_back(node_of(NodeType::text, "email_or_phone", "E-mail or phone"));
    form.nodes.push_back(contact);
    form.nodes.push_back(choosing(NodeType::select_one, "quote", "quotations", "May we quote you?"));
    form.nodes.push_back(node_of(NodeType::text, "quote_name", "By which name?"));
    set_paths(form.nodes, "/data");
    return form;
}

}  // namespace pillarbox::tests
