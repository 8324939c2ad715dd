// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/pages.hpp"

#include <algorithm>

namespace pillarbox::flow {

namespace {

bool holds_repeat(const form::Node& node) {
    return std::ranges::any_of(node.children, [](const form::Node& child) {
        return child.type == form::NodeType::repeat || holds_repeat(child);
    });
}

bool is_one_page(const form::Node& node) {
    return node.has_appearance("field-list") && !holds_repeat(node);
}

bool is_seen(const form::Node& node) {
    return is_visible_type(node.type) && !node.is_silent();
}

bool shows_anything(const form::Node& node) {
    return node.is_container() ? std::ranges::any_of(node.children, shows_anything) : is_seen(node);
}

// Walks the form beside the answers, since repetitions are there as often as the answers say.
class PageCollector {
  public:
    explicit PageCollector(const form::Instance& answers) : answers_(answers) {}

    std::vector<Page> collect() {
        // The root's name is in every path, and in no node.
        for (const auto& node : answers_.form().nodes)
            add_node(node, node.path.substr(0, node.path.rfind('/')));
        return std::move(pages_);
    }

  private:
    void add_node(const form::Node& node, const std::string& parent) {
        const std::string path = parent + "/" + node.name;
        if (node.type == form::NodeType::repeat)
            add_repeat(node, path);
        else if (node.type == form::NodeType::group && !is_one_page(node))
            add_children(node, path);
        else
            add_page(node, path);
    }

    void add_children(const form::Node& node, const std::string& path) {
        for (const auto& child : node.children)
            add_node(child, path);
    }

    void add_repeat(const form::Node& repeat, const std::string& place) {
        if (!shows_anything(repeat))
            return;
        const auto total = answers_.repetitions(place);
        for (std::size_t number = 1; number <= total; ++number) {
            within_.push_back({&repeat, place, number, total});
            const auto path = within_.back().path();
            is_one_page(repeat) ? add_page(repeat, path) : add_children(repeat, path);
            within_.pop_back();
        }
        if (repeat.repeat_count == nullptr)
            pages_.push_back({PageKind::repetitions, &repeat, place, {}, within_});
    }

    void add_page(const form::Node& node, const std::string& path) {
        Page page{PageKind::questions, &node, path, {}, within_};
        add_questions(node, path, page.questions);
        if (!page.questions.empty())
            pages_.push_back(std::move(page));
    }

    static void add_questions(const form::Node& node, const std::string& path, std::vector<Question>& questions) {
        if (!node.is_container()) {
            if (is_seen(node))
                questions.push_back({&node, path});
            return;
        }
        for (const auto& child : node.children)
            add_questions(child, path + "/" + child.name, questions);
    }

    const form::Instance& answers_;
    std::vector<Page> pages_;
    std::vector<Repetition> within_;
};

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

bool is_only_shown(const form::Node& node) {
    const bool chooses = node.type == form::NodeType::select_one || node.type == form::NodeType::select_multiple;
    return node.type == form::NodeType::note || (chooses && node.has_appearance("label"));
}

std::vector<Page> pages_of(const form::Instance& answers) {
    return PageCollector(answers).collect();
}

bool is_relevant(const Page& page, const form::Instance& answers) {
    if (page.kind == PageKind::repetitions)
        return answers.is_relevant(page.path);
    return std::ranges::any_of(page.questions,
                               [&](const Question& question) { return answers.is_relevant(question.path); });
}

std::vector<Page> relevant_pages(const form::Instance& answers) {
    auto pages = pages_of(answers);
    std::erase_if(pages, [&](const Page& page) { return !is_relevant(page, answers); });
    return pages;
}

bool is_inside(std::string_view path, std::string_view whole) {
    return path.starts_with(whole) && (path.size() == whole.size() || path[whole.size()] == '/');
}

const Page* page_of(const std::vector<Page>& pages, std::string_view path) {
    auto found = std::ranges::find_if(pages, [&](const Page& page) {
        return page.path == path || std::ranges::find(page.questions, path, &Question::path) != page.questions.end();
    });
    if (found == pages.end())
        found = std::ranges::find_if(pages, [&](const Page& page) { return is_inside(page.path, path); });
    return found == pages.end() ? nullptr : &*found;
}

std::vector<form::Problem> problems_of(const form::Instance& answers, const Page& page) {
    if (page.kind == PageKind::repetitions)
        return {};
    auto problems = answers.problems_in(page.path);
    std::erase_if(problems, [&](const form::Problem& problem) {
        const auto question = std::ranges::find(page.questions, problem.path, &Question::path);
        return question == page.questions.end() || is_only_shown(*question->node) ||
               answers.is_read_only(problem.path);
    });
    return problems;
}

std::string path_of_name(const form::Form& form, std::string_view name) {
    const auto* node = find_name(form.nodes, name);
    return node == nullptr ? std::string{} : node->path;
}

}  // namespace pillarbox::flow
