// SPDX-License-Identifier: GPL-3.0-or-later
//
// XML parts of a workbook, parsed by pugixml without DTDs: a document type is refused, so that no entity is ever
// defined. Workbook parts may carry any namespace prefix ("x:row"), so elements are compared by local name.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace pillarbox::form {

// `document` holds the tree. `where` names the file and its part. malformed: not well-formed, or with a document
// type.
[[nodiscard]] base::Result<void> parse_xml(std::string_view text, const std::string& where,
                                           pugi::xml_document& document);

// The same, but keeps every node of the document: white space, comments, processing instructions, and the document
// type as a node. Its entities stay undefined: a reference to one stands in the text as it is written.
[[nodiscard]] base::Result<void> parse_whole_xml(std::string_view text, const std::string& where,
                                                 pugi::xml_document& document);

[[nodiscard]] std::string_view local_name(const pugi::xml_node& node);
[[nodiscard]] pugi::xml_node child_of(const pugi::xml_node& node,
                                      std::string_view name);  // the first, or a null node

}  // namespace pillarbox::form
