// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a form becomes pages: a group or repeat with the appearance "field-list" is one page, every other group is only
// a bracket, and a question outside such a group is a page by itself (the XLSForm standard's own rule). A field-list
// that holds a repeat is a bracket too, because each repetition has pages of its own. After the repetitions of a
// repeat that the form doesn't count comes a page that lists them, to add and remove some.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/form/instance.hpp"

namespace pillarbox::flow {

struct Question {
    const form::Node* node = nullptr;
    std::string path;  // of the instance: "/data/person[2]/name"
};

// A repetition that a page stands in.
struct Repetition {
    const form::Node* repeat = nullptr;
    std::string place;  // of the repeat: "/data/person"
    std::size_t number = 0, total = 0;

    [[nodiscard]] std::string path() const { return place + "[" + std::to_string(number) + "]"; }
};

enum class PageKind { questions, repetitions };
struct Page {
    PageKind kind = PageKind::questions;
    const form::Node* node = nullptr;     // the group, the repeat, or the single question
    std::string path;                     // unique: of the list of a repeat, without a position at its end
    std::vector<Question> questions;      // that can be seen, those of inner groups as well, in form order
    std::vector<Repetition> repetitions;  // that it stands in, the outermost first
};

// All pages that there are now, relevant or not.
[[nodiscard]] std::vector<Page> pages_of(const form::Instance& answers);

// Those with at least one relevant question.
[[nodiscard]] std::vector<Page> relevant_pages(const form::Instance& answers);
[[nodiscard]] bool is_relevant(const Page& page, const form::Instance& answers);

// The page that is `path`, asks it, or else is the first inside it; nullptr where there is none.
[[nodiscard]] const Page* page_of(const std::vector<Page>& pages, std::string_view path);

// Whether `path` is `whole` or lies inside it.
[[nodiscard]] bool is_inside(std::string_view path, std::string_view whole);

// The path of the first node with this name, whatever group it stands in; empty where there is none. Some names have
// a meaning for the kiosk: see conventions.hpp.
[[nodiscard]] std::string path_of_name(const form::Form& form, std::string_view name);

[[nodiscard]] bool is_visible_type(form::NodeType type);

// Shown and not answered: notes, and the row of labels above a table of choices (appearance "label").
[[nodiscard]] bool is_only_shown(const form::Node& node);

// What stands in the way of leaving a page. Not what nobody can put right: read-only questions.
[[nodiscard]] std::vector<form::Problem> problems_of(const form::Instance& answers, const Page& page);

}  // namespace pillarbox::flow
