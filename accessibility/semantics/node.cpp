// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/node.hpp"

namespace pillarbox::semantics {

NodeId id_of(std::string_view page_key, std::string_view widget_key) {
    // FNV-1a, 64 bits. The separator keeps ("ab", "c") apart from ("a", "bc").
    std::uint64_t hash = 14695981039346656037ULL;
    const auto mix = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
    for (const char letter : page_key) {
        mix(static_cast<unsigned char>(letter));
    }
    mix(0);
    for (const char letter : widget_key) {
        mix(static_cast<unsigned char>(letter));
    }
    return hash == 0 ? NodeId{1} : NodeId{hash};
}

std::string_view name_of(Role role) {
    switch (role) {
        case Role::window:
            return "window";
        case Role::header:
            return "header";
        case Role::main:
            return "main";
        case Role::footer:
            return "footer";
        case Role::group:
            return "group";
        case Role::heading:
            return "heading";
        case Role::paragraph:
            return "paragraph";
        case Role::note:
            return "note";
        case Role::list:
            return "list";
        case Role::list_item:
            return "list item";
        case Role::button:
            return "button";
        case Role::link:
            return "link";
        case Role::radio_group:
            return "radio group";
        case Role::radio:
            return "radio";
        case Role::checkbox:
            return "checkbox";
        case Role::text_field:
            return "text field";
        case Role::select:
            return "select";
        case Role::slider:
            return "slider";
        case Role::progress:
            return "progress";
        case Role::image:
            return "image";
        case Role::dialog:
            return "dialog";
        case Role::alert:
            return "alert";
        case Role::status:
            return "status";
        case Role::keyboard:
            return "keyboard";
        case Role::key:
            return "key";
    }
    return "";
}

}  // namespace pillarbox::semantics
