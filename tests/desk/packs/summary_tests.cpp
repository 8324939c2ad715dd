// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/packs/summary.hpp"

#include <catch2/catch.hpp>

namespace pillarbox {
namespace {

form::Node node_of(form::NodeType type, std::vector<form::Node> children = {},
                   std::vector<std::string> appearance = {}) {
    form::Node node;
    node.type = type;
    node.name = "n";
    node.label.set("en", "Label");
    node.children = std::move(children);
    node.appearance = std::move(appearance);
    return node;
}

}  // namespace

TEST_CASE("Questions are counted at every depth and notes and hidden fields are not") {
    using enum form::NodeType;
    form::Form form;
    form.nodes = {node_of(group, {node_of(text), node_of(note), node_of(hidden)}, {"field-list"}),
                  node_of(group, {node_of(select_one), node_of(repeat, {node_of(integer)})}), node_of(calculate)};
    const packs::FormFigures figures = packs::figures_of(form);
    CHECK(figures.questions == 3);
    CHECK(figures.pages == 3);
}

TEST_CASE("A group that shows nothing is no page and a group of notes is one") {
    using enum form::NodeType;
    form::Form form;
    form.nodes = {node_of(group, {node_of(hidden)}, {"field-list"}), node_of(group, {node_of(note)}, {"field-list"})};
    CHECK(packs::figures_of(form).pages == 1);
}

TEST_CASE("Missing labels are told for each language") {
    form::Form form;
    form.languages = {"en", "ar"};
    form.nodes = {node_of(form::NodeType::text), node_of(form::NodeType::text)};
    form.nodes[0].label.set("ar", "سؤال");
    const std::string text = packs::describe_form(form);
    CHECK(text.find("questions without a label in ar: 1") != std::string::npos);
    CHECK(text.find("a label in en") == std::string::npos);
}

}  // namespace pillarbox
