// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report as a row of blocks, before it is HTML or OpenDocument: what stands in it is decided once (compose.hpp),
// how it looks by each writer. Plain text throughout; the writers escape.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pillarbox::report {

// A figure with its id, or words. A figure that may not be shown has no text.
struct Cell {
    std::string text;
    std::string figure;  // id of the figure; empty for words
    std::string label;   // what the figure says, for those who can't see where it stands; may be empty
};

struct Heading {
    int level = 1;  // 1 to 3
    std::string text;
};
struct Paragraph {
    std::string text;
};
struct Notice {  // set apart, must be read
    std::string text;
};
struct Bullets {
    std::vector<std::string> items;
};
struct Room {  // to be filled in by the officer
    std::string prompt;
};
struct Quotation {
    std::string text, attribution;
    std::string language;  // BCP 47, of the text
};
struct Table {
    std::string title;
    std::vector<std::string> columns;     // the first is that of the rows' names
    std::vector<std::vector<Cell>> rows;  // the first cell names the row
};
struct Bar {
    std::string label;
    std::string figure;
    std::optional<std::int64_t> count;  // nothing: not shown
};
struct Chart {
    std::string title;
    std::vector<Bar> bars;
    std::int64_t scale = 1;  // the count that is as long as the chart is wide
};
struct Tile {
    std::string label, name;  // "Lam", "Lambeth"
    std::string figure;
    int row = 0, column = 0;
    std::optional<std::int64_t> count;
};
struct TileMap {
    std::string title;
    std::vector<Tile> tiles;
};
struct PageBreak {};

using Block = std::variant<Heading, Paragraph, Notice, Bullets, Room, Quotation, Table, Chart, TileMap, PageBreak>;

struct Document {
    std::string title, subtitle, author;
    std::string language;  // of the whole
    std::string date;      // ISO 8601; that of the last day counted, so that the same input gives the same bytes
    std::string date_in_words;
    std::vector<Block> blocks;
};

inline constexpr std::string_view not_shown_sign = "–";

}  // namespace pillarbox::report
