// SPDX-License-Identifier: GPL-3.0-or-later
//
// A label or hint with what is computed in it: ${name}, and paths into lists of choices such as
// instance('towns')/root/item[name = ${town}]/label. https://xlsform.org/en/#label-references
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pillarbox::form {

struct TextPart {
    enum class Kind { words, reference, path };
    Kind kind{};
    std::string text;  // of a reference the name, of a path all of it
};

// In order; together they are the text. A ${ that is not closed belongs to the words around it.
[[nodiscard]] std::vector<TextPart> parts_of_text(std::string_view text);

// By what Form::text_paths holds the expression of a path in a text of the node.
[[nodiscard]] std::string text_path_key(std::string_view node_path, std::string_view path);

}  // namespace pillarbox::form
