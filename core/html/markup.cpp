// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/html/markup.hpp"

#include <algorithm>
#include <array>

#include "core/base/check.hpp"

namespace pillarbox::html {
namespace {

// A line break after one of these would be a space within the text around it.
constexpr std::array<std::string_view, 4> within_text{"bdi", "del", "ins", "mark"};

}  // namespace

std::string escape(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char letter : text) {
        switch (letter) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += letter;
        }
    }
    return escaped;
}

void Markup::tag(std::string_view element, Attributes attributes) {
    out_ += '<';
    out_ += element;
    for (const auto& [name, value] : attributes) {
        if (name.empty()) {
            continue;
        }
        out_ += ' ';
        out_ += name;
        if (!value.empty()) {
            out_ += "=\"" + escape(value) + '"';
        }
    }
    out_ += '>';
}

Markup& Markup::open(std::string_view element, Attributes attributes) {
    tag(element, attributes);
    open_.push_back(element);
    return *this;
}

Markup& Markup::close() {
    PILLARBOX_CHECK(!open_.empty());
    out_ += "</";
    out_ += open_.back();
    out_ += std::ranges::find(within_text, open_.back()) != within_text.end() ? ">" : ">\n";
    open_.pop_back();
    return *this;
}

Markup& Markup::text(std::string_view text) {
    out_ += escape(text);
    return *this;
}

Markup& Markup::leaf(std::string_view element, std::string_view text, Attributes attributes) {
    return open(element, attributes).text(text).close();
}

Markup& Markup::lone(std::string_view element, Attributes attributes) {
    tag(element, attributes);
    return *this;
}

Markup& Markup::link(std::string_view target, std::string_view text) {
    return leaf("a", text, {{"href", target}});
}

std::string Markup::take() {
    PILLARBOX_CHECK(open_.empty());
    return std::move(out_);
}

}  // namespace pillarbox::html
