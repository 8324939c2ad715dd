// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small form with every shape that exports treat differently: group, select_multiple, number, repeat in a repeat,
// contact.
#pragma once

#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::tests {

inline form::Node node_of(form::NodeType type, std::string name, std::string label = {}) {
    form::Node node;
    node.type = type;
    node.name = std::move(name);
    if (!label.empty()) {
        node.label.set("en", std::move(label));
    }
    return node;
}

inline void set_paths(std::vector<form::Node>& nodes, const std::string& above) {
    for (form::Node& node : nodes) {
        node.path = above + "/" + node.name;
        set_paths(node.children, node.path);
    }
}

inline form::Choice choice_of(std::string name, std::string english, std::string arabic) {
    form::Choice choice;
    choice.name = std::move(name);
    choice.label.set("en", std::move(english));
    choice.label.set("ar", std::move(arabic));
    return choice;
}

inline form::Form example_form() {
    form::Form form;
    form.title = "Example";
    form.id = "example";
    form.version = "1";
    form.default_language = "en";
    form.languages = {"en", "ar"};
    form.choice_lists["links"] = form::ChoiceList{
        "links",
        {choice_of("used_999", "I have used 999", "استخدمت الرقم 999"), choice_of("council", "Council", "مجلس")}};

    form::Node about = node_of(form::NodeType::group, "about", "About");
    about.children.push_back(node_of(form::NodeType::select_multiple, "link", "Your link"));
    about.children.back().label.set("ar", "صلتك");
    about.children.back().list_name = "links";
    about.children.push_back(node_of(form::NodeType::note, "hint", "A note"));
    about.children.push_back(node_of(form::NodeType::integer, "age", "Your age"));
    form.nodes.push_back(about);
    form.nodes.push_back(node_of(form::NodeType::text, "story", "Your\nstory"));

    form::Node trip = node_of(form::NodeType::repeat, "trip", "Trip");
    trip.children.push_back(node_of(form::NodeType::text, "place", "Place"));
    form::Node stop = node_of(form::NodeType::repeat, "stop", "Stop");
    stop.children.push_back(node_of(form::NodeType::decimal, "minutes", "Minutes"));
    trip.children.push_back(stop);
    form.nodes.push_back(trip);

    form::Node contact = node_of(form::NodeType::group, "contact", "Contact");
    contact.children.push_back(node_of(form::NodeType::text, "email", "E-mail"));
    form.nodes.push_back(contact);
    set_paths(form.nodes, "/data");
    return form;
}

// `last` is the last byte of the uuid, so that records can be told apart.
inline exports::Record record_of(std::vector<form::Answer> answers, std::uint8_t last = 1) {
    exports::Record record;
    record.submission.campaign_id = "example";
    record.submission.form_version = "1";
    record.submission.uuid = {0x1b, 0x4e, 0x28, 0xba, 0x2f, 0xa1, 0x41, 0xd2, 0x88, 0x3f, 0, 0, 0, 0, 0, last};
    record.submission.day = base::parse_day("2023-01-20").value();
    record.submission.language = "ar";
    record.submission.answers = std::move(answers);
    record.station = "Brixton Library";
    return record;
}

}  // namespace pillarbox::tests
