// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text fields over accessibility/text's editor. They grow with the text: nothing scrolls inside. A tap places the
// caret; hardware keys and the on-screen keyboard type.
#pragma once

#include <string>

#include "accessibility/text/text_editor.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

enum class FieldLines { single, multiple };
enum class FieldChange { none, changed, entered };  // entered: Enter in a single-line field
enum class Marking { none, wrong };                 // wrong: the error stands above, with the group it is in
enum class Direct { by_content, left_to_right };    // left to right: e-mail addresses, codes

struct FieldSpec {
    std::string key{};
    std::string label{};  // shown above in bold; may be empty where the heading is the question
    std::string name{};   // for speech, where `label` is empty
    std::string hint{};
    std::string error{};
    std::string counter{};  // "You have 120 characters left"; shown below, announced politely
    FieldLines lines = FieldLines::multiple;
    int rows_min = 4;
    Reveal reveal = Reveal::shown;
    Direct direct = Direct::by_content;
    Marking marking = Marking::none;
    FieldKeys keys = FieldKeys::letters;
    int figures = 0;  // as wide as so many; 0: as the column
};

[[nodiscard]] FieldChange text_field(Ui& ui, const FieldSpec& spec, text::TextEditor& editor);

}  // namespace pillarbox::widgets
