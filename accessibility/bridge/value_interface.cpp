// SPDX-License-Identifier: GPL-3.0-or-later
//
// org.a11y.atspi.Value: a slider's place on its scale, how far a bar has come; and org.a11y.atspi.Selection: which of
// a group's options is chosen.
#include <cmath>

#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {
namespace {

using semantics::Action;
using semantics::Checked;
using semantics::Node;
using semantics::NodeId;

void get_minimum(Writer& writer, const Served& served) {
    writer.real(served.node->range->min);
}

void get_maximum(Writer& writer, const Served& served) {
    writer.real(served.node->range->max);
}

void get_increment(Writer& writer, const Served& served) {
    writer.real(served.node->range->step);
}

void get_current(Writer& writer, const Served& served) {
    writer.real(served.node->range->value);
}

void get_text(Writer& writer, const Served& served) {
    writer.text(served.node->value);
}

int set_current(sd_bus* /*bus*/, const char* /*path*/, const char* /*interface*/, const char* /*property*/,
                sd_bus_message* value, void* data, sd_bus_error* /*error*/) {
    const auto& served = *static_cast<const Served*>(data);
    double wanted = 0;
    if (const int status = sd_bus_message_read_basic(value, 'd', &wanted); status < 0) {
        return status;
    }
    const auto& range = *served.node->range;
    const bool fits = std::isfinite(wanted) && wanted >= range.min && wanted <= range.max;
    return fits && served.request(Action::set_value, {}, wanted) ? 0 : -EINVAL;
}

std::vector<NodeId> chosen_of(const Served& served) {
    std::vector<NodeId> chosen;
    for (const NodeId child : served.screen.children_of(served.node->id)) {
        const Node* node = served.screen.find(child);
        if (node->checked == Checked::on) {
            chosen.push_back(child);
        }
    }
    return chosen;
}

const Node* child_at(const Served& served, std::int32_t index) {
    const auto& children = served.screen.children_of(served.node->id);
    const bool known = index >= 0 && static_cast<std::size_t>(index) < children.size();
    return known ? served.screen.find(children[static_cast<std::size_t>(index)]) : nullptr;
}

void get_chosen_count(Writer& writer, const Served& served) {
    writer.number(static_cast<std::int32_t>(chosen_of(served).size()));
}

int get_chosen(sd_bus_message* call, Served& served) {
    const std::int32_t index = read_number(call);
    const auto chosen = chosen_of(served);
    const bool known = index >= 0 && static_cast<std::size_t>(index) < chosen.size();
    return answer_address(call, known ? served.address_of(chosen[static_cast<std::size_t>(index)]) : served.nobody());
}

int is_chosen(sd_bus_message* call, Served& served) {
    const Node* child = child_at(served, read_number(call));
    return answer_truth(call, child != nullptr && child->checked == Checked::on);
}

int choose(sd_bus_message* call, Served& served) {
    served.node = child_at(served, read_number(call));
    return answer_truth(call, served.request(Action::click));
}

}  // namespace

const sd_bus_vtable* value_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(SD_BUS_VTABLE_SENSITIVE),
        SD_BUS_PROPERTY("MinimumValue", "d", on_get<get_minimum>, 0, 0),
        SD_BUS_PROPERTY("MaximumValue", "d", on_get<get_maximum>, 0, 0),
        SD_BUS_PROPERTY("MinimumIncrement", "d", on_get<get_increment>, 0, 0),
        SD_BUS_WRITABLE_PROPERTY("CurrentValue", "d", on_get<get_current>, set_current, 0,
                                 SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_PROPERTY("Text", "s", on_get<get_text>, 0, 0),
        SD_BUS_VTABLE_END,
    };
    return table;
}

const sd_bus_vtable* selection_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_PROPERTY("NSelectedChildren", "i", on_get<get_chosen_count>, 0, 0),
        SD_BUS_METHOD("GetSelectedChild", "i", "(so)", on_call<get_chosen>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("IsChildSelected", "i", "b", on_call<is_chosen>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("SelectChild", "i", "b", on_call<choose>, SD_BUS_VTABLE_UNPRIVILEGED),
        // One of a radio group is chosen by choosing another.
        SD_BUS_METHOD("DeselectSelectedChild", "i", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("DeselectChild", "i", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("SelectAll", "", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("ClearSelection", "", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

}  // namespace pillarbox::bridge
