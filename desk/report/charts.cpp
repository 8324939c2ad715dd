// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plain SVG with presentation attributes only: a style attribute would need a looser content security policy. Colours
// have 4.5:1 against white for text and 3:1 for shapes; what is not shown is told by a dash, not by colour.
#include <fmt/format.h>

#include <algorithm>

#include "desk/report/html.hpp"

namespace pillarbox::report {
namespace {

constexpr int chart_width = 640;
constexpr int label_width = 250;
constexpr int bar_width_max = chart_width - label_width - 60;
constexpr int row_height = 26;
constexpr std::size_t label_letters_max = 31;
constexpr int tile_size = 66;
constexpr std::string_view bar_colour = "#1d5fa5";

// Cut between letters, never inside one. The whole label stands in the table beside.
std::string shortened(std::string_view text) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool starts_letter = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (starts_letter && ++letters > label_letters_max) {
            return std::string(text.substr(0, at)) + "…";
        }
    }
    return std::string(text);
}

std::string opening(int width, int height, std::string_view kind, int number, std::string_view title,
                    std::string_view description) {
    return fmt::format(
        "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" "
        "aria-labelledby=\"{}-{}-title {}-{}-text\">\n<title id=\"{}-{}-title\">{}</title>\n"
        "<desc id=\"{}-{}-text\">{}</desc>\n",
        width, height, width, height, kind, number, kind, number, kind, number, escaped(title), kind, number,
        escaped(description));
}

std::string count_text(const std::optional<std::int64_t>& count) {
    return count.has_value() ? fmt::format("{}", *count) : std::string(not_shown_sign);
}

// From near white to a dark blue in five steps, each with letters that can be read on it.
struct Shade {
    std::string_view fill, ink;
};
Shade shade_of(std::int64_t count, std::int64_t most) {
    constexpr Shade shades[] = {{"#eaf1f8", "#0b0c0c"},
                                {"#c3d8ec", "#0b0c0c"},
                                {"#8fb6dc", "#0b0c0c"},
                                {"#1d5fa5", "#ffffff"},
                                {"#123f70", "#ffffff"}};
    const std::int64_t step = std::clamp<std::int64_t>(count * 5 / std::max<std::int64_t>(most + 1, 1), 0, 4);
    return shades[step];
}

}  // namespace

std::string svg_of(const Chart& chart, int number) {
    const int height = static_cast<int>(chart.bars.size()) * row_height + 6;
    std::string svg = opening(chart_width, height, "chart", number, chart.title,
                              "Bar chart. The table beside it holds the same figures.");
    int top = 3;
    for (const Bar& bar : chart.bars) {
        const std::int64_t scale = std::max<std::int64_t>(1, chart.scale);
        const auto length = static_cast<int>(bar.count.value_or(0) * bar_width_max / scale);
        svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\" font-size=\"14\">{}</text>\n",
                           label_width - 8, top + 17, escaped(shortened(bar.label)));
        if (bar.count.has_value()) {
            svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", label_width,
                               top + 3, std::max(length, 1), row_height - 6, bar_colour);
        }
        svg += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"14\" data-figure=\"{}\">{}</text>\n",
                           label_width + length + 7, top + 17, escaped(bar.figure), count_text(bar.count));
        top += row_height;
    }
    return svg + "</svg>\n";
}

std::string svg_of(const TileMap& map, int number) {
    int columns = 0;
    int rows = 0;
    std::int64_t most = 0;
    for (const Tile& tile : map.tiles) {
        columns = std::max(columns, tile.column + 1);
        rows = std::max(rows, tile.row + 1);
        most = std::max(most, tile.count.value_or(0));
    }
    std::string svg = opening(columns * tile_size, rows * tile_size, "map", number, map.title,
                              "Map of London with a tile of one size for each borough, darker where more answered. "
                              "The table below it holds the same figures.");
    for (const Tile& tile : map.tiles) {
        const int left = tile.column * tile_size;
        const int top = tile.row * tile_size;
        const Shade shade = tile.count.has_value() ? shade_of(*tile.count, most) : Shade{"#ffffff", "#0b0c0c"};
        svg += fmt::format(
            "<g><title>{}: {}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" "
            "stroke=\"#5c6b7a\"{}/>",
            escaped(tile.name), tile.count.has_value() ? fmt::format("{}", *tile.count) : std::string("not shown"),
            left + 2, top + 2, tile_size - 4, tile_size - 4, shade.fill,
            tile.count.has_value() ? "" : " stroke-dasharray=\"4 3\"");
        svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"14\" fill=\"{}\">{}</text>",
                           left + tile_size / 2, top + 27, shade.ink, escaped(tile.label));
        svg += fmt::format(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"15\" font-weight=\"bold\" "
            "fill=\"{}\" data-figure=\"{}\">{}</text></g>\n",
            left + tile_size / 2, top + 47, shade.ink, escaped(tile.figure), count_text(tile.count));
    }
    return svg + "</svg>\n";
}

}  // namespace pillarbox::report
