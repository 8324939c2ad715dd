// SPDX-License-Identifier: GPL-3.0-or-later
//
// org.a11y.atspi.EditableText: what is written in a field. There is no clipboard on a public machine.
#include "accessibility/bridge/letters.hpp"
#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {
namespace {

using semantics::Action;
using semantics::Flag;

// More than any field takes; the field has a limit of its own.
constexpr std::size_t text_size_bytes_max = std::size_t{1} << 16U;

int write(sd_bus_message* call, const Served& served, std::string text) {
    return answer_truth(call,
                        text.size() <= text_size_bytes_max && served.request(Action::set_text, std::move(text)));
}

int set_text_contents(sd_bus_message* call, Served& served) {
    return write(call, served, read_text(call));
}

// What a masked field holds is not in the tree: only all of it can be replaced.
bool knows_text(const Served& served) {
    return !served.node->flags.has(Flag::masked);
}

int insert_text(sd_bus_message* call, Served& served) {
    const std::int32_t place = read_number(call);
    std::string inserted = read_text(call);
    const std::int32_t count = read_number(call);
    if (!knows_text(served)) {
        return answer_truth(call, false);
    }
    const Letters taken(std::move(inserted), served.node->lang);
    const Letters now(served.node->value, served.node->lang);
    return write(call, served, now.spliced(place, now.inside(place), taken.between(0, count < 0 ? -1 : count)));
}

int delete_text(sd_bus_message* call, Served& served) {
    const std::int32_t start = read_number(call);
    const std::int32_t end = read_number(call);
    if (!knows_text(served)) {
        return answer_truth(call, false);
    }
    return write(call, served, Letters(served.node->value, served.node->lang).spliced(start, end, ""));
}

int copy_nothing(sd_bus_message* call, Served& /*served*/) {
    return Writer::reply_to(call).send();
}

}  // namespace

const sd_bus_vtable* editable_text_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(SD_BUS_VTABLE_SENSITIVE),
        SD_BUS_METHOD("SetTextContents", "s", "b", on_call<set_text_contents>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("InsertText", "isi", "b", on_call<insert_text>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("DeleteText", "ii", "b", on_call<delete_text>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("CopyText", "ii", "", on_call<copy_nothing>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("CutText", "ii", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("PasteText", "i", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

}  // namespace pillarbox::bridge
