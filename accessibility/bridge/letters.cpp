// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/letters.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "accessibility/text/text_boundaries.hpp"
#include "core/base/utf8.hpp"

namespace pillarbox::bridge {
namespace {

std::string text_of(std::u32string_view letters) {
    std::string text;
    for (const char32_t letter : letters) {
        base::append_utf8(text, letter);
    }
    return text;
}

// Whether a segment starts before each letter.
std::vector<bool> starts_of(const std::u32string& letters, const std::string& text, const std::string& language,
                            Granularity granularity) {
    std::vector<bool> starts(letters.size(), granularity == Granularity::character);
    if (granularity == Granularity::word) {
        const auto boundaries = text::boundaries_of(text, language);
        for (std::size_t index = 0; index < std::min(letters.size(), boundaries.size()); ++index) {
            starts[index] = boundaries[index].word_start;
        }
    } else if (granularity != Granularity::character) {
        for (std::size_t index = 1; index < letters.size(); ++index) {
            starts[index] = letters[index - 1] == U'\n';
        }
    }
    if (!starts.empty()) {
        starts.front() = true;
    }
    return starts;
}

}  // namespace

Letters::Letters(std::string text, std::string language)
    : text_(std::move(text)), language_(std::move(language)), letters_(base::from_utf8(text_).value_or(U"")) {}

std::int32_t Letters::inside(std::int32_t offset) const {
    return offset == -1 ? count() : std::clamp(offset, 0, count());
}

std::string Letters::between(std::int32_t start, std::int32_t end) const {
    return segment(inside(start), inside(end)).text;
}

std::int32_t Letters::letter_at(std::int32_t offset) const {
    return offset >= 0 && offset < count() ? static_cast<std::int32_t>(letters_[static_cast<std::size_t>(offset)])
                                           : 0;
}

Segment Letters::segment(std::int32_t start, std::int32_t end) const {
    if (start >= end) {
        return {{}, start, start};
    }
    const auto from = static_cast<std::size_t>(start);
    return {text_of(std::u32string_view(letters_).substr(from, static_cast<std::size_t>(end) - from)), start, end};
}

Segment Letters::segment_at(std::int32_t offset, Granularity granularity) const {
    const std::int32_t place = inside(offset);
    if (place >= count()) {
        // Behind the last letter there is nothing, but the last line is the one that the caret stands in.
        const bool in_last = count() > 0 && letters_.back() != U'\n' && granularity >= Granularity::sentence;
        return in_last ? segment_at(count() - 1, granularity) : segment(count(), count());
    }
    const auto starts = starts_of(letters_, text_, language_, granularity);
    std::int32_t start = place;
    while (start > 0 && !starts[static_cast<std::size_t>(start)]) {
        --start;
    }
    std::int32_t end = place + 1;
    while (end < count() && !starts[static_cast<std::size_t>(end)]) {
        ++end;
    }
    return segment(start, end);
}

Segment Letters::segment_before(std::int32_t offset, Granularity granularity) const {
    const auto here = segment_at(offset, granularity);
    return here.start == 0 ? segment(0, 0) : segment_at(here.start - 1, granularity);
}

Segment Letters::segment_after(std::int32_t offset, Granularity granularity) const {
    const auto here = segment_at(offset, granularity);
    return here.end >= count() ? segment(count(), count()) : segment_at(here.end, granularity);
}

std::string Letters::spliced(std::int32_t start, std::int32_t end, const std::string& inserted) const {
    const std::int32_t from = inside(start);
    const std::int32_t to = std::max(from, inside(end));
    return segment(0, from).text + inserted + segment(to, count()).text;
}

}  // namespace pillarbox::bridge
