// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a form becomes pages: a group with the appearance "field-list" is one page, every other group is only a
// bracket, and a question outside such a group is a page by itself (the XLSForm standard's own rule).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/form/instance.hpp"

namespace pillarbox::flow {

struct Page {
    const form::Node* node;                    // the group, or the single question
    std::vector<const form::Node*> questions;  // that can be seen, those of inner groups as well, in form order
};

[[nodiscard]] std::vector<Page> pages_of(const form::Form& form);

// Those with at least one relevant question.
[[nodiscard]] std::vector<Page> relevant_pages(const form::Instance& answers);

// The page that is `path` or asks it; nullptr where there is none.
[[nodiscard]] const Page* page_of(const std::vector<Page>& pages, std::string_view path);

// The path of the first node with this name, whatever group it stands in; empty where there is none. Some names have
// a meaning for the kiosk: see conventions.hpp.
[[nodiscard]] std::string path_of_name(const form::Form& form, std::string_view name);

[[nodiscard]] bool is_visible_type(form::NodeType type);

}  // namespace pillarbox::flow
