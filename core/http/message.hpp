// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an HTTP server is asked and answers, and what a client gets back: plain values, free of any library's types.
// Only what the project uses of RFC 9110: two methods, a path without a query, one content type, a whole body, and
// what says who asks.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.hpp"

namespace pillarbox::http {

enum class Method { get, post, other };

struct Request {
    Method method = Method::get;
    std::string path;  // the target as sent, "/v1/enrol"; never decoded, so that one resource has one spelling
    std::string content_type;
    base::Bytes body;
    std::string cookie{};         // the field as sent (core/http/forms.hpp)
    std::string authorization{};  // the field as sent
    std::string host{};           // the field as sent, "127.0.0.1:41234"
    std::string origin{};         // the field as sent; empty where there is none
};

struct Header {
    std::string name;
    std::string value;
};

struct Response {
    unsigned status = 200;
    std::string content_type;
    base::Bytes body;
    std::vector<Header> headers{};  // besides those that the server sets; their values are ours, never a client's
};

}  // namespace pillarbox::http
