// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the parts of Site share among its source files.
#pragma once

#include "desk/page/site.hpp"

namespace pillarbox::page {

struct Site::Asked {
    workspace::Editor editor;
    std::string_view path;              // without the query
    workspace::ResponseId response{0};  // what stood for * in the route's path
    http::Form query;
    http::Form form;  // of a POST: its token has been checked

    [[nodiscard]] static std::string value(const http::Form& fields, std::string_view name) {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
    [[nodiscard]] std::string field(std::string_view name) const { return value(form, name); }
    [[nodiscard]] std::int64_t number(std::string_view name) const;
};

// One * stands for a response's number.
struct Site::Route {
    http::Method method;
    std::string_view path;
    Handler handler;
};

// The rows of a list: one response each, linked so that its page knows the list it is of.
[[nodiscard]] base::Result<void> write_list(Markup& markup, workspace::Workspace& workspace, const Search& search,
                                            const workspace::Listing& listing);

}  // namespace pillarbox::page
