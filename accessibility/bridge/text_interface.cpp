// SPDX-License-Identifier: GPL-3.0-or-later
//
// org.a11y.atspi.Text: what a node says, by characters. Where single letters lie is not known on the bus: the place
// of the whole text stands for each of them.
#include <algorithm>
#include <cmath>

#include "accessibility/bridge/letters.hpp"
#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {
namespace {

using semantics::Rect;

Letters letters_of(const Served& served) {
    return {served.screen.text_of(*served.node), served.node->lang};
}

// The older calls cut a text by character, word, sentence or line, the latter three from start to start or from end
// to end.
Granularity granularity_of_boundary(std::uint32_t boundary) {
    constexpr std::uint32_t word_start = 1;
    constexpr std::uint32_t sentence_start = 3;
    if (boundary < word_start) {
        return Granularity::character;
    }
    return boundary < sentence_start ? Granularity::word : Granularity::line;
}

Granularity granularity_of(std::uint32_t number) {
    return static_cast<Granularity>(std::min(number, static_cast<std::uint32_t>(Granularity::paragraph)));
}

int answer_segment(sd_bus_message* call, const Segment& segment) {
    return Writer::reply_to(call).text(segment.text).number(segment.start).number(segment.end).send();
}

// None where nothing is selected.
std::optional<semantics::Selection> selection_of(const Served& served) {
    const auto& selection = served.node->selection;
    return selection.has_value() && selection->start != selection->end ? selection : std::nullopt;
}

void get_count(Writer& writer, const Served& served) {
    writer.number(letters_of(served).count());
}

void get_caret(Writer& writer, const Served& served) {
    writer.number(static_cast<std::int32_t>(served.screen.caret_of(*served.node)));
}

int get_text(sd_bus_message* call, Served& served) {
    const std::int32_t start = read_number(call);
    return answer_text(call, letters_of(served).between(start, read_number(call)));
}

int get_string_at_offset(sd_bus_message* call, Served& served) {
    const std::int32_t offset = read_number(call);
    return answer_segment(call, letters_of(served).segment_at(offset, granularity_of(read_unsigned(call))));
}

int get_text_at_offset(sd_bus_message* call, Served& served) {
    const std::int32_t offset = read_number(call);
    return answer_segment(call, letters_of(served).segment_at(offset, granularity_of_boundary(read_unsigned(call))));
}

int get_text_before_offset(sd_bus_message* call, Served& served) {
    const std::int32_t offset = read_number(call);
    return answer_segment(call,
                          letters_of(served).segment_before(offset, granularity_of_boundary(read_unsigned(call))));
}

int get_text_after_offset(sd_bus_message* call, Served& served) {
    const std::int32_t offset = read_number(call);
    return answer_segment(call,
                          letters_of(served).segment_after(offset, granularity_of_boundary(read_unsigned(call))));
}

int get_character_at_offset(sd_bus_message* call, Served& served) {
    return answer_number(call, letters_of(served).letter_at(read_number(call)));
}

int get_selection_count(sd_bus_message* call, Served& served) {
    return answer_number(call, selection_of(served).has_value() ? 1 : 0);
}

int get_selection(sd_bus_message* call, Served& served) {
    const bool is_first = read_number(call) == 0;
    const auto selection = selection_of(served);
    const auto letters = letters_of(served);
    const auto offset = [&](std::size_t place) {
        return is_first ? std::min(static_cast<std::int32_t>(place), letters.count()) : 0;
    };
    const auto told = selection.value_or(semantics::Selection{});
    return Writer::reply_to(call).number(offset(told.start)).number(offset(told.end)).send();
}

void write_attributes(Writer& reply, const Served& served) {
    reply.open('a', "{ss}").open('e', "ss").text("language").text(served.node->lang).close().close();
}

int get_default_attributes(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    write_attributes(reply, served);
    return reply.send();
}

int get_attributes(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    write_attributes(reply, served);
    return reply.number(0).number(letters_of(served).count()).send();
}

int get_attribute_value(sd_bus_message* call, Served& served) {
    static_cast<void>(read_number(call));
    return answer_text(call, read_text(call) == "language" ? served.node->lang : std::string());
}

int answer_place(sd_bus_message* call, const Served& served) {
    const Rect& place = served.node->rect;
    const auto whole = [](float length) { return static_cast<std::int32_t>(std::lround(length)); };
    return Writer::reply_to(call)
        .number(whole(place.x))
        .number(whole(place.y))
        .number(whole(place.width))
        .number(whole(place.height))
        .send();
}

int get_character_extents(sd_bus_message* call, Served& served) {
    return answer_place(call, served);
}

int get_range_extents(sd_bus_message* call, Served& served) {
    return answer_place(call, served);
}

int get_offset_at_point(sd_bus_message* call, Served& /*served*/) {
    return answer_number(call, -1);
}

int get_bounded_ranges(sd_bus_message* call, Served& served) {
    const auto letters = letters_of(served);
    auto reply = Writer::reply_to(call);
    reply.open('a', "(iisv)").open('r', "iisv").number(0).number(letters.count());
    reply.text(letters.between(0, -1)).open('v', "s").text("").close();
    return reply.close().close().send();
}

}  // namespace

const sd_bus_vtable* text_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(SD_BUS_VTABLE_SENSITIVE),
        SD_BUS_PROPERTY("CharacterCount", "i", on_get<get_count>, 0, 0),
        SD_BUS_PROPERTY("CaretOffset", "i", on_get<get_caret>, 0, 0),
        SD_BUS_METHOD("GetText", "ii", "s", on_call<get_text>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetStringAtOffset", "iu", "sii", on_call<get_string_at_offset>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetTextAtOffset", "iu", "sii", on_call<get_text_at_offset>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetTextBeforeOffset", "iu", "sii", on_call<get_text_before_offset>,
                      SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetTextAfterOffset", "iu", "sii", on_call<get_text_after_offset>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetCharacterAtOffset", "i", "i", on_call<get_character_at_offset>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetNSelections", "", "i", on_call<get_selection_count>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetSelection", "i", "ii", on_call<get_selection>, SD_BUS_VTABLE_UNPRIVILEGED),
        // The caret moves by keys and by touch, which the person has at hand; a client can't move it.
        SD_BUS_METHOD("AddSelection", "ii", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("RemoveSelection", "i", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("SetSelection", "iii", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("SetCaretOffset", "i", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetDefaultAttributes", "", "a{ss}", on_call<get_default_attributes>,
                      SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetDefaultAttributeSet", "", "a{ss}", on_call<get_default_attributes>,
                      SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetAttributes", "i", "a{ss}ii", on_call<get_attributes>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetAttributeRun", "ib", "a{ss}ii", on_call<get_attributes>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetAttributeValue", "is", "s", on_call<get_attribute_value>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetCharacterExtents", "iu", "iiii", on_call<get_character_extents>,
                      SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetRangeExtents", "iiu", "iiii", on_call<get_range_extents>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetOffsetAtPoint", "iiu", "i", on_call<get_offset_at_point>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetBoundedRanges", "iiiiuuu", "a(iisv)", on_call<get_bounded_ranges>,
                      SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("ScrollSubstringTo", "iiu", "b", on_call<scroll_to>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("ScrollSubstringToPoint", "iiuii", "b", on_call<scroll_to>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

}  // namespace pillarbox::bridge
