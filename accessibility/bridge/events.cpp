// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/events.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace pillarbox::bridge {
namespace {

using semantics::Live;
using semantics::Node;
using semantics::NodeId;
using Kind = Event::Kind;

std::u32string letters_of(const std::string& text) {
    return base::from_utf8(text).value_or(std::u32string());
}

std::string text_of(std::u32string_view letters) {
    std::string text;
    for (const char32_t letter : letters) {
        base::append_utf8(text, letter);
    }
    return text;
}

class Comparison {
  public:
    Comparison(const Screen& before, const Screen& after) : before_(before), after_(after) {}

    std::vector<Event> events() {
        compare_window(Leaving::yes);
        compare_structure();
        compare_window(Leaving::no);
        for (const Node* node : after_.nodes()) {
            if (stays(node->id)) {
                compare_node(*before_.find(node->id), *node);
            }
        }
        compare_focus();
        for (const Node* node : after_.nodes()) {
            compare_text(before_.find(node->id), *node);
        }
        announce();
        return std::move(events_);
    }

  private:
    enum class Leaving { no, yes };

    void add(Event event) { events_.push_back(std::move(event)); }

    void compare_window(Leaving leaving) {
        const Screen& here = leaving == Leaving::yes ? before_ : after_;
        const Screen& there = leaving == Leaving::yes ? after_ : before_;
        if (here.window() != nullptr && there.window() == nullptr) {
            add({.kind = Kind::window,
                 .source = here.window()->id,
                 .detail = leaving == Leaving::yes ? "Deactivate" : "Activate",
                 .subject = here.window()->name});
        }
    }

    // The same kind of thing for a client's cache, which keeps role and interfaces for good.
    [[nodiscard]] bool is_same_thing(const Node& old, const Node& node) const {
        return before_.role_of(old) == after_.role_of(node) && old.parent == node.parent &&
               std::ranges::all_of(every_interface, [&](Interface interface) {
                   return before_.has(old, interface) == after_.has(node, interface);
               });
    }

    [[nodiscard]] bool stays(NodeId id) const {
        const Node* old = before_.find(id);
        const Node* node = after_.find(id);
        return old != nullptr && node != nullptr && is_same_thing(*old, *node);
    }

    void compare_structure() {
        for (const Node* old : before_.nodes()) {
            if (!stays(old->id)) {
                tell_parent(*old, "remove", before_);
                add({.kind = Kind::node_removed, .source = old->id});
            }
        }
        for (const Node* node : after_.nodes()) {
            if (!stays(node->id)) {
                // Into a parent that a client knows it is put by the event that follows: with an index here, libatspi
                // would overwrite the sibling that stands there.
                const std::int32_t index = stays(node->parent) ? -1 : after_.index_of(*node);
                add({.kind = Kind::node_added, .source = node->id, .first = index});
                tell_parent(*node, "add", after_);
            }
        }
        for (const Node* node : after_.nodes()) {
            if (stays(node->id)) {
                compare_order(node->id);
            }
        }
    }

    // Only a parent that a client knew before and still knows has something to tell: a new one comes with its
    // children.
    void tell_parent(const Node& node, std::string_view what, const Screen& screen) {
        const bool is_window = screen.window() == &node;
        if (is_window || stays(node.parent)) {
            add({.kind = Kind::children_changed,
                 .source = is_window ? NodeId::none : node.parent,
                 .detail = what,
                 .first = screen.index_of(node),
                 .subject = node.id});
        }
    }

    // Children that stay and changed places, as when somebody puts answers in order, go and come again.
    void compare_order(NodeId parent) {
        const auto staying = [this](const std::vector<NodeId>& children) {
            std::vector<NodeId> left;
            std::ranges::copy_if(children, std::back_inserter(left), [this](NodeId id) { return stays(id); });
            return left;
        };
        const auto old = staying(before_.children_of(parent));
        const auto now = staying(after_.children_of(parent));
        for (std::size_t index = 0; index < std::min(old.size(), now.size()); ++index) {
            if (old[index] != now[index]) {
                const Node* node = after_.find(now[index]);
                add({.kind = Kind::children_changed,
                     .source = parent,
                     .detail = "remove",
                     .first = before_.index_of(*before_.find(now[index])),
                     .subject = now[index]});
                add({.kind = Kind::children_changed,
                     .source = parent,
                     .detail = "add",
                     .first = after_.index_of(*node),
                     .subject = now[index]});
            }
        }
    }

    void add_state(NodeId source, State state, bool on) {
        add({.kind = Kind::state_changed, .source = source, .detail = name_of(state), .first = on ? 1 : 0});
    }

    void compare_focus() {
        const NodeId old = before_.focus();
        const NodeId now = after_.focus();
        // A person who starts over gets the focus anew, though the first screen is the same.
        if (old == now && stays(now)) {
            return;
        }
        if (old != NodeId::none && stays(old)) {
            add_state(old, State::focused, false);
        }
        if (now != NodeId::none) {
            add_state(now, State::focused, true);
        }
    }

    void compare_node(const Node& old, const Node& node) {
        for (const State state : before_.states_of(old).differing(after_.states_of(node))) {
            if (state != State::focused) {
                add_state(node.id, state, after_.states_of(node).has(state));
            }
        }
        if (before_.name_of(old) != after_.name_of(node)) {
            add({.kind = Kind::property_change,
                 .source = node.id,
                 .detail = "accessible-name",
                 .subject = after_.name_of(node)});
        }
        if (before_.description_of(old) != after_.description_of(node)) {
            add({.kind = Kind::property_change,
                 .source = node.id,
                 .detail = "accessible-description",
                 .subject = after_.description_of(node)});
        }
        // The bar that shows how far the way is moves with each answer that brings or spares a page, which is not
        // worth a word: whoever wants to know comes to it.
        const bool is_quiet = node.role == semantics::Role::progress;
        if (after_.has(node, Interface::value) && old.range != node.range && !is_quiet) {
            add({.kind = Kind::property_change,
                 .source = node.id,
                 .detail = "accessible-value",
                 .subject = node.range->value});
        }
    }

    // The part that is not the same at both ends: first gone, then come.
    void compare_letters(NodeId source, const std::u32string& old, const std::u32string& now) {
        const std::size_t shorter = std::min(old.size(), now.size());
        std::size_t same_before = 0;
        while (same_before < shorter && old[same_before] == now[same_before]) {
            ++same_before;
        }
        std::size_t same_after = 0;
        while (same_after < shorter - same_before &&
               old[old.size() - same_after - 1] == now[now.size() - same_after - 1]) {
            ++same_after;
        }
        const auto tell = [&](std::string_view what, const std::u32string& letters) {
            const auto part =
                std::u32string_view(letters).substr(same_before, letters.size() - same_before - same_after);
            if (!part.empty()) {
                add({.kind = Kind::text_changed,
                     .source = source,
                     .detail = what,
                     .first = static_cast<std::int32_t>(same_before),
                     .second = static_cast<std::int32_t>(part.size()),
                     .subject = text_of(part)});
            }
        };
        tell("delete", old);
        tell("insert", now);
    }

    void compare_text(const Node* old, const Node& node) {
        if (!after_.has(node, Interface::text)) {
            return;
        }
        const bool knew = old != nullptr && before_.has(*old, Interface::text);
        if (knew && before_.text_of(*old) != after_.text_of(node)) {
            compare_letters(node.id, letters_of(before_.text_of(*old)), letters_of(after_.text_of(node)));
        }
        if (!node.caret.has_value() || node.id != after_.focus()) {
            return;
        }
        if (!knew || before_.focus() != node.id || before_.caret_of(*old) != after_.caret_of(node)) {
            add({.kind = Kind::caret_moved,
                 .source = node.id,
                 .first = static_cast<std::int32_t>(after_.caret_of(node))});
        }
        if (knew && old->selection != node.selection) {
            add({.kind = Kind::selection_changed, .source = node.id});
        }
    }

    // A new live text shows, which screen readers speak. One that changes is announced.
    void announce() {
        for (const Node* node : after_.nodes()) {
            if (node->live == Live::off || after_.name_of(*node).empty() || !after_.is_reachable(*node) ||
                node->id == after_.focus()) {  // which is read as such
                continue;
            }
            const Node* old = before_.find(node->id);
            const bool is_new = old == nullptr || !stays(node->id);
            if (is_new) {
                if (before_.window() != nullptr) {  // a whole new screen is read, not announced
                    add_state(node->id, State::showing, true);
                }
            } else if (before_.name_of(*old) != after_.name_of(*node)) {
                add({.kind = Kind::announcement,
                     .source = node->id,
                     .first = node->live == Live::assertive ? assertive_announcement : polite_announcement,
                     .subject = after_.name_of(*node)});
            }
        }
    }

    const Screen& before_;
    const Screen& after_;
    std::vector<Event> events_;
};

}  // namespace

std::vector<Event> events_between(const Screen& before, const Screen& after) {
    return Comparison(before, after).events();
}

}  // namespace pillarbox::bridge
