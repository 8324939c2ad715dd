// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/style_names.hpp"

#include <array>

namespace pillarbox::widgets {
namespace {

constexpr std::array colours{
    ColourName{"page", &Palette::page},
    ColourName{"surface", &Palette::surface},
    ColourName{"surface_pressed", &Palette::surface_pressed},
    ColourName{"ink", &Palette::ink},
    ColourName{"ink_soft", &Palette::ink_soft},
    ColourName{"line", &Palette::line},
    ColourName{"control_border", &Palette::control_border},
    ColourName{"header", &Palette::header},
    ColourName{"on_header", &Palette::on_header},
    ColourName{"header_pressed", &Palette::header_pressed},
    ColourName{"brand", &Palette::brand},
    ColourName{"on_brand", &Palette::on_brand},
    ColourName{"brand_pressed", &Palette::brand_pressed},
    ColourName{"brand_tint", &Palette::brand_tint},
    ColourName{"danger", &Palette::danger},
    ColourName{"on_danger", &Palette::on_danger},
    ColourName{"danger_pressed", &Palette::danger_pressed},
    ColourName{"danger_tint", &Palette::danger_tint},
    ColourName{"warning", &Palette::warning},
    ColourName{"warning_tint", &Palette::warning_tint},
    ColourName{"info_tint", &Palette::info_tint},
    ColourName{"success", &Palette::success},
    ColourName{"success_tint", &Palette::success_tint},
    ColourName{"focus", &Palette::focus},
    ColourName{"focus_under", &Palette::focus_under},
    ColourName{"keyboard", &Palette::keyboard},
    ColourName{"key", &Palette::key},
    ColourName{"veil", &Palette::veil},
};

constexpr float type_min = 24;  // 6 mm on the display that the sizes are drawn for
constexpr float type_max = 120;

constexpr std::array named_sizes{
    SizeName{"type", "heading", &Sizes::heading, type_min, type_max},
    SizeName{"type", "title", &Sizes::title, type_min, type_max},
    SizeName{"type", "option", &Sizes::option, type_min, type_max},
    SizeName{"type", "body", &Sizes::body, type_min, type_max},
    SizeName{"type", "help", &Sizes::help, type_min, type_max},
    SizeName{"type", "small", &Sizes::small, type_min, type_max},
    SizeName{"space", "margin", &Sizes::margin, 0, 200},
    SizeName{"space", "column", &Sizes::column, 600, 1600},
    SizeName{"space", "column_wide", &Sizes::column_wide, 600, 1800},
    SizeName{"space", "rail", &Sizes::rail, 48, 200},
    SizeName{"space", "gap", &Sizes::gap, 4, 100},
    SizeName{"space", "gap_small", &Sizes::gap_small, 2, 100},
    SizeName{"space", "gap_large", &Sizes::gap_large, 4, 200},
    SizeName{"space", "padding", &Sizes::padding, 4, 100},
    SizeName{"shape", "radius", &Sizes::radius, 0, 60},
    SizeName{"shape", "border", &Sizes::border, 1, 12},
    SizeName{"shape", "border_chosen", &Sizes::border_chosen, 2, 16},
    SizeName{"shape", "focus_ring", &Sizes::focus_ring, 3, 16},
    SizeName{"shape", "card_height", &Sizes::card_height, 48, 400},
    SizeName{"shape", "button_height", &Sizes::button_height, 48, 400},
    SizeName{"shape", "header_height", &Sizes::header_height, 48, 400},
    SizeName{"shape", "header_button_height", &Sizes::header_button_height, 48, 400},
    SizeName{"shape", "target_mm", &Sizes::target_mm, 11.64F, 40},  // 44 CSS px of 1/96 inch
    SizeName{"shape", "drag_slop", &Sizes::drag_slop, 4, 100},
    SizeName{"keyboard", "key_height", &Sizes::key_height, 40, 300},
    SizeName{"keyboard", "key_gap", &Sizes::key_gap, 0, 60},
    SizeName{"keyboard", "key_radius", &Sizes::key_radius, 0, 100},
    SizeName{"keyboard", "width", &Sizes::keyboard_width, 400, 4000},
};

using enum PairUse;
constexpr std::array pairs{
    ColourPair{"ink", "page", text},
    ColourPair{"ink", "surface", text},
    ColourPair{"ink", "surface_pressed", text},
    ColourPair{"ink", "brand_tint", text},
    ColourPair{"ink", "info_tint", text},
    ColourPair{"ink", "success_tint", text},
    ColourPair{"ink", "warning_tint", text},
    ColourPair{"ink", "danger_tint", text},
    ColourPair{"ink", "keyboard", text},
    ColourPair{"ink", "key", text},
    ColourPair{"ink_soft", "page", text},
    ColourPair{"ink_soft", "surface", text},
    ColourPair{"ink_soft", "surface_pressed", text},
    ColourPair{"ink_soft", "brand_tint", text},
    ColourPair{"on_header", "header", text},
    ColourPair{"on_header", "header_pressed", text},
    ColourPair{"on_brand", "brand", text},
    ColourPair{"on_brand", "brand_pressed", text},
    ColourPair{"on_danger", "danger", text},
    ColourPair{"on_danger", "danger_pressed", text},
    ColourPair{"brand", "page", text},
    ColourPair{"brand", "surface", text},
    ColourPair{"brand", "surface_pressed", text},
    ColourPair{"danger", "page", text},
    ColourPair{"danger", "surface", text},
    ColourPair{"control_border", "page", mark},
    ColourPair{"control_border", "surface", mark},
    ColourPair{"brand", "brand_tint", mark},
    ColourPair{"brand", "info_tint", mark},
    ColourPair{"brand", "line", mark},  // what is done of a progress bar, and what is not
    ColourPair{"brand", "key", mark},
    ColourPair{"success", "success_tint", mark},
    ColourPair{"success", "page", mark},
    ColourPair{"warning", "warning_tint", mark},
    ColourPair{"warning", "page", mark},
    ColourPair{"warning", "surface", mark},
    ColourPair{"danger", "danger_tint", mark},
    ColourPair{"focus", "page", mark},
    ColourPair{"focus", "surface", mark},
    ColourPair{"focus", "keyboard", mark},
    ColourPair{"focus", "focus_under", mark},
    ColourPair{"focus", "header", ring},
    ColourPair{"focus", "brand", ring},
};

}  // namespace

std::span<const ColourName> colour_names() {
    return colours;
}

std::span<const SizeName> size_names() {
    return named_sizes;
}

std::span<const ColourPair> colour_pairs() {
    return pairs;
}

}  // namespace pillarbox::widgets
