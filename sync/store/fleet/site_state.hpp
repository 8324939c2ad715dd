// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the parts of Site share among its source files.
#pragma once

#include "sync/store/fleet/site.hpp"

namespace pillarbox::fleet {

struct Site::Asked {
    const http::Request& request;
    const Session& session;
    std::string_view subject;  // what stood for * in the route's path; empty where there is none
    http::Form form;           // of a POST: its form token has been checked

    [[nodiscard]] std::string field(std::string_view name) const {
        const auto found = form.find(name);
        return found == form.end() ? std::string() : found->second;
    }
};

enum class Access { everyone, managers };

// One * stands for one part of a path.
struct Site::Route {
    http::Method method;
    std::string_view path;
    Access access;
    Handler handler;
};

}  // namespace pillarbox::fleet
