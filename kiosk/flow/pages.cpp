// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/pages.hpp"

#include <algorithm>

namespace pillarbox::flow {

namespace {

void collect_questions(const form::Node& node, std::vector<const form::Node*>& questions) {
    if (!node.is_container()) {
        if (is_visible_type(node.type) && !node.is_silent())
            questions.push_back(&node);
        return;
    }
    for (const auto& child : node.children)
        collect_questions(child, questions);
}

void collect_pages(const std::vector<form::Node>& nodes, std::vector<Page>& pages) {
    for (const auto& node : nodes) {
        if (node.is_container() && !node.has_appearance("field-list")) {
            collect_pages(node.children, pages);
            continue;
        }
        Page page{&node, {}};
        collect_questions(node, page.questions);
        if (!page.questions.empty())
            pages.push_back(std::move(page));
    }
}

const form::Node* find_name(const std::vector<form::Node>& nodes, std::string_view name) {
    for (const auto& node : nodes) {
        if (!node.is_container() && node.name == name)
            return &node;
        if (const auto* found = find_name(node.children, name))
            return found;
    }
    return nullptr;
}

}  // namespace

bool is_visible_type(form::NodeType type) {
    using enum form::NodeType;
    switch (type) {
        case calculate:
        case hidden:
        case start:
        case end:
        case today:
        case group:
        case repeat:
        case start_geopoint:
        case background_geopoint:
        case background_audio:
        case device_property:
        case audit:
            return false;
        case text:
        case integer:
        case decimal:
        case date:
        case time:
        case date_time:
        case select_one:
        case select_multiple:
        case rank:
        case range:
        case note:
        case acknowledge:
        case audio:
        case image:
        case geopoint:
        case geotrace:
        case geoshape:
        case barcode:
        case video:
        case file:
            return true;
    }
    return false;
}

std::vector<Page> pages_of(const form::Form& form) {
    std::vector<Page> pages;
    collect_pages(form.nodes, pages);
    return pages;
}

std::vector<Page> relevant_pages(const form::Instance& answers) {
    auto pages = pages_of(answers.form());
    std::erase_if(pages, [&](const Page& page) {
        return std::ranges::none_of(page.questions,
                                    [&](const form::Node* question) { return answers.is_relevant(question->path); });
    });
    return pages;
}

const Page* page_of(const std::vector<Page>& pages, std::string_view path) {
    const auto found = std::ranges::find_if(pages, [&](const Page& page) {
        return page.node->path == path || std::ranges::any_of(page.questions, [&](const form::Node* question) {
                   return question->path == path;
               });
    });
    return found == pages.end() ? nullptr : &*found;
}

std::string path_of_name(const form::Form& form, std::string_view name) {
    const auto* node = find_name(form.nodes, name);
    return node == nullptr ? std::string{} : node->path;
}

}  // namespace pillarbox::flow
