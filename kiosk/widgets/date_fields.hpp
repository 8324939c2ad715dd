// SPDX-License-Identifier: GPL-3.0-or-later
//
// A date or a time in parts: a short field for each, side by side, or below each other where large text needs the
// room. Each is a text field of its own, typed with the keypad.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accessibility/text/text_editor.hpp"
#include "kiosk/widgets/field.hpp"

namespace pillarbox::widgets {

// A time stands in a row of its own below its date.
enum class RowStart { where_full, here };

struct DateFieldSpec {
    std::string key{};    // of the whole node: "<question>/day"
    std::string label{};  // "Day"
    int figures = 2;      // how wide it is
    Marking marking = Marking::none;
    RowStart row = RowStart::where_full;
    Reveal reveal = Reveal::shown;
};

struct DateFieldsSpec {
    std::string key{};
    std::string label{};  // shown above in bold; may be empty where the heading is the question
    std::string name{};   // for speech, where `label` is empty
    std::string hint{};
    std::string error{};
    std::vector<DateFieldSpec> fields{};
};

// The index of the field that was typed in this frame. `editors` are as many as the fields.
[[nodiscard]] std::optional<std::size_t> date_fields(Ui& ui, const DateFieldsSpec& spec,
                                                     const std::vector<text::TextEditor*>& editors);

}  // namespace pillarbox::widgets
