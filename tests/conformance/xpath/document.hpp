// SPDX-License-Identifier: GPL-3.0-or-later
//
// The XML document of a case as the tree that expressions read, with the nodes and the order of the DOM: that is what
// the cases count in ("/node()[2]/@id").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/form/tree.hpp"

namespace pillarbox::tests {

inline constexpr std::size_t document_depth_max = 100;

[[nodiscard]] base::Result<form::Tree> read_document(std::string_view xml);

// "/" is the document, "node()[n]" the n-th child of any kind, "@name" an attribute or declaration ("@xmlns:a").
[[nodiscard]] std::optional<form::ElementId> find_node(const form::Tree& tree, std::string_view path);
[[nodiscard]] std::string path_of_node(const form::Tree& tree, form::ElementId id);

// In an XForm, "/" means the instance that the context lies in: the document that the form fills in. Elsewhere it is
// the XML document.
[[nodiscard]] form::ElementId root_for(const form::Tree& tree, form::ElementId context);

}  // namespace pillarbox::tests
