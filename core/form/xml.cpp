// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/xml.hpp"

#include <fmt/format.h>

namespace pillarbox::form {

namespace {

base::Result<void> parse(std::string_view text, unsigned flags, const std::string& where,
                         pugi::xml_document& document) {
    const pugi::xml_parse_result parsed = document.load_buffer(text.data(), text.size(), flags);
    if (!parsed) {
        return base::fail(base::ErrorCode::malformed, where,
                          fmt::format("The XML is not well-formed: {}.", parsed.description()),
                          "Open it in a spreadsheet program and save it again.");
    }
    return {};
}

}  // namespace

base::Result<void> parse_xml(std::string_view text, const std::string& where, pugi::xml_document& document) {
    constexpr unsigned flags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_doctype |
                               pugi::parse_ws_pcdata_single;
    TRY(parse(text, flags, where, document));
    for (const pugi::xml_node& node : document.children()) {
        if (node.type() == pugi::node_doctype) {
            return base::fail(base::ErrorCode::malformed, where,
                              "The XML declares a document type, which workbooks never do.",
                              "Don't use this file. Ask its author for another copy.");
        }
    }
    return {};
}

base::Result<void> parse_whole_xml(std::string_view text, const std::string& where, pugi::xml_document& document) {
    return parse(text, pugi::parse_full | pugi::parse_ws_pcdata, where, document);
}

std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_node& child : node.children()) {
        if (local_name(child) == name) {
            return child;
        }
    }
    return {};
}

}  // namespace pillarbox::form
