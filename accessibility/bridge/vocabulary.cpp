// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/vocabulary.hpp"

#include <array>

namespace pillarbox::bridge {

using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::Role;

std::string_view name_of(BusRole role) {
    switch (role) {
        case BusRole::check_box:
            return "check box";
        case BusRole::combo_box:
            return "combo box";
        case BusRole::dialog:
            return "dialog";
        case BusRole::frame:
            return "frame";
        case BusRole::image:
            return "image";
        case BusRole::list:
            return "list";
        case BusRole::list_item:
            return "list item";
        case BusRole::panel:
            return "panel";
        case BusRole::password_text:
            return "password text";
        case BusRole::progress_bar:
            return "progress bar";
        case BusRole::push_button:
            return "push button";
        case BusRole::radio_button:
            return "radio button";
        case BusRole::slider:
            return "slider";
        case BusRole::tool_bar:
            return "tool bar";
        case BusRole::paragraph:
            return "paragraph";
        case BusRole::application:
            return "application";
        case BusRole::entry:
            return "entry";
        case BusRole::heading:
            return "heading";
        case BusRole::link:
            return "link";
        case BusRole::comment:
            return "comment";
        case BusRole::grouping:
            return "grouping";
        case BusRole::notification:
            return "notification";
        case BusRole::landmark:
            return "landmark";
    }
    return "unknown";
}

BusRole bus_role_of(const Node& node, Answers answers) {
    switch (node.role) {
        case Role::window:
            return BusRole::frame;
        case Role::header:
        case Role::main:
        case Role::footer:
            return BusRole::landmark;
        case Role::group:
            return BusRole::panel;
        case Role::heading:
            return BusRole::heading;
        case Role::paragraph:
            return BusRole::paragraph;
        case Role::note:
            return BusRole::comment;
        case Role::list:
            return BusRole::list;
        case Role::list_item:
            return BusRole::list_item;
        case Role::button:
        case Role::key:
            return BusRole::push_button;
        case Role::link:
            return BusRole::link;
        case Role::radio_group:
            return BusRole::grouping;
        case Role::radio:
            return BusRole::radio_button;
        case Role::checkbox:
            return BusRole::check_box;
        case Role::text_field: {
            const bool hidden =
                node.flags.has(Flag::masked) || (node.flags.has(Flag::private_text) && answers == Answers::guarded);
            return hidden ? BusRole::password_text : BusRole::entry;
        }
        case Role::select:
            return BusRole::combo_box;
        case Role::slider:
            return BusRole::slider;
        case Role::progress:
            return BusRole::progress_bar;
        case Role::image:
            return BusRole::image;
        case Role::dialog:
            return BusRole::dialog;
        case Role::alert:
        case Role::status:
            return BusRole::notification;
        case Role::keyboard:
            return BusRole::tool_bar;
    }
    return BusRole::panel;
}

std::string_view name_of(State state) {
    switch (state) {
        case State::active:
            return "active";
        case State::busy:
            return "busy";
        case State::checked:
            return "checked";
        case State::editable:
            return "editable";
        case State::enabled:
            return "enabled";
        case State::expandable:
            return "expandable";
        case State::expanded:
            return "expanded";
        case State::focusable:
            return "focusable";
        case State::focused:
            return "focused";
        case State::modal:
            return "modal";
        case State::multi_line:
            return "multi-line";
        case State::sensitive:
            return "sensitive";
        case State::showing:
            return "showing";
        case State::single_line:
            return "single-line";
        case State::visible:
            return "visible";
        case State::indeterminate:
            return "indeterminate";
        case State::required:
            return "required";
        case State::animated:
            return "animated";
        case State::invalid_entry:
            return "invalid-entry";
        case State::selectable_text:
            return "selectable-text";
        case State::checkable:
            return "checkable";
        case State::has_popup:
            return "has-popup";
        case State::read_only:
            return "read-only";
    }
    return "";
}

std::pair<std::uint32_t, std::uint32_t> StateSet::words() const {
    constexpr unsigned word_bits = 32;
    return {static_cast<std::uint32_t>(bits_), static_cast<std::uint32_t>(bits_ >> word_bits)};
}

std::vector<State> StateSet::differing(const StateSet& other) const {
    std::vector<State> states;
    for (std::uint32_t index = 0; index < state_count; ++index) {
        const auto state = static_cast<State>(index);
        if (has(state) != other.has(state)) {
            states.push_back(state);
        }
    }
    return states;
}

const char* name_of(Interface interface) {
    switch (interface) {
        case Interface::accessible:
            return "org.a11y.atspi.Accessible";
        case Interface::application:
            return "org.a11y.atspi.Application";
        case Interface::component:
            return "org.a11y.atspi.Component";
        case Interface::action:
            return "org.a11y.atspi.Action";
        case Interface::text:
            return "org.a11y.atspi.Text";
        case Interface::editable_text:
            return "org.a11y.atspi.EditableText";
        case Interface::value:
            return "org.a11y.atspi.Value";
        case Interface::selection:
            return "org.a11y.atspi.Selection";
    }
    return "";
}

std::string_view landmark_of(Role role) {
    if (role == Role::header) {
        return "banner";
    }
    if (role == Role::main) {
        return "main";
    }
    return role == Role::footer ? "contentinfo" : std::string_view();
}

std::vector<NamedAction> named_actions_of(const Node& node) {
    constexpr std::array known{NamedAction{Action::click, "click"}, NamedAction{Action::increment, "increment"},
                               NamedAction{Action::decrement, "decrement"}};
    std::vector<NamedAction> actions;
    for (const auto& action : known) {
        if (node.actions.has(action.action)) {
            actions.push_back(action);
        }
    }
    return actions;
}

}  // namespace pillarbox::bridge
