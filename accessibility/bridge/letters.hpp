// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text by the offsets that AT-SPI counts in: characters, from 0. Whatever offsets come over the bus, the answer
// stays inside the text. Pure.
#pragma once

#include <cstdint>
#include <string>

namespace pillarbox::bridge {

enum class Granularity : std::uint32_t { character, word, sentence, line, paragraph };  // as AT-SPI numbers them

struct Segment {
    std::string text{};
    std::int32_t start = 0;
    std::int32_t end = 0;
};

class Letters {
  public:
    // `text` as UTF-8; what is none counts as empty. `language` decides about words.
    Letters(std::string text, std::string language);

    [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(letters_.size()); }
    // -1 is the end, as AT-SPI has it; anything else outside is moved to the nearest end.
    [[nodiscard]] std::int32_t inside(std::int32_t offset) const;
    [[nodiscard]] std::string between(std::int32_t start, std::int32_t end) const;
    [[nodiscard]] std::int32_t letter_at(std::int32_t offset) const;  // 0 outside
    // A sentence and a line are paragraphs here: the layout is not known on the bus.
    [[nodiscard]] Segment segment_at(std::int32_t offset, Granularity granularity) const;
    [[nodiscard]] Segment segment_before(std::int32_t offset, Granularity granularity) const;
    [[nodiscard]] Segment segment_after(std::int32_t offset, Granularity granularity) const;
    // With `inserted` in place of what lies between the two.
    [[nodiscard]] std::string spliced(std::int32_t start, std::int32_t end, const std::string& inserted) const;

  private:
    [[nodiscard]] Segment segment(std::int32_t start, std::int32_t end) const;

    std::string text_;
    std::string language_;
    std::u32string letters_;
};

}  // namespace pillarbox::bridge
