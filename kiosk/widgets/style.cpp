// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/style.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/file.hpp"
#include "kiosk/widgets/style_names.hpp"

namespace pillarbox::widgets {
namespace {

using base::ErrorCode;
using base::Result;
using Json = nlohmann::json;

constexpr std::string_view remedy = "Correct the file, or install the assets again.";
constexpr std::string_view comment = "comment";

std::unexpected<base::Error> malformed(const std::string& where, std::string what) {
    return base::fail(ErrorCode::malformed, where, std::move(what), std::string(remedy));
}

// "#003C69", or with its opacity "#0B0C0C96".
std::optional<Colour> read_colour(const Json& json) {
    if (!json.is_string()) {
        return std::nullopt;
    }
    const auto& text = json.get_ref<const std::string&>();
    if ((text.size() != 7 && text.size() != 9) || text[0] != '#') {
        return std::nullopt;
    }
    std::uint32_t code = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + 1, end, code, 16);
    if (read.ec != std::errc{} || read.ptr != end) {
        return std::nullopt;
    }
    if (text.size() == 7) {
        code = code << 8U | 0xFFU;
    }
    const auto channel = [code](unsigned shift) { return static_cast<std::uint8_t>(code >> shift & 0xFFU); };
    return Colour{channel(24), channel(16), channel(8), channel(0)};
}

// An object that has exactly these names, beside a comment.
template <typename Names>
Result<void> check_names(const Json& object, const Names& names, const std::string& where) {
    if (!object.is_object()) {
        return malformed(where, "It is missing, or not an object.");
    }
    for (const auto& [name, value] : object.items()) {
        const auto is_name = [&](const auto& known) { return known == name; };
        if (name != comment && std::ranges::none_of(names, is_name)) {
            return malformed(where, "\"" + name + "\" is not a name of a style.");
        }
    }
    for (const auto& name : names) {
        if (!object.contains(name)) {
            return malformed(where, "\"" + std::string(name) + "\" is missing.");
        }
    }
    return {};
}

Result<void> read_sizes(const Json& json, Sizes& sizes, const std::string& where) {
    for (const std::string_view group : {"type", "space", "shape", "keyboard"}) {
        const std::string place = where + ": " + std::string(group);
        std::vector<std::string_view> names;
        for (const SizeName& size : size_names()) {
            if (size.group == group) {
                names.push_back(size.name);
            }
        }
        TRY(check_names(json.at(group), names, place));
        for (const SizeName& size : size_names()) {
            if (size.group != group) {
                continue;
            }
            const Json& value = json.at(group).at(size.name);
            const float number = value.is_number() ? value.get<float>() : -1;
            if (!(number >= size.min && number <= size.max)) {
                char range[64];
                std::snprintf(range, sizeof range, "%g to %g", static_cast<double>(size.min),
                              static_cast<double>(size.max));
                return malformed(place, "\"" + std::string(size.name) + "\" is not a number from " + range + ".");
            }
            sizes.*size.member = number;
        }
    }
    return {};
}

Result<Palette> read_palette(const Json& json, const std::string& where) {
    std::vector<std::string_view> names;
    for (const ColourName& colour : colour_names()) {
        names.push_back(colour.name);
    }
    TRY(check_names(json, names, where));
    Palette palette;
    for (const ColourName& colour : colour_names()) {
        const auto value = read_colour(json.at(colour.name));
        if (!value) {
            return malformed(where, "\"" + std::string(colour.name) + "\" is not a colour such as \"#003C69\".");
        }
        if (value->alpha != 255 && colour.name != "veil") {
            return malformed(where, "\"" + std::string(colour.name) + "\" must be opaque: only the veil may not be.");
        }
        palette.*colour.member = *value;
    }
    return palette;
}

Colour colour_of(const Palette& palette, std::string_view name) {
    const auto names = colour_names();
    return palette.*std::ranges::find(names, name, &ColourName::name)->member;
}

Result<void> check_contrast(const Palette& palette, semantics::Theme theme, const std::string& where) {
    for (const ColourPair& pair : colour_pairs()) {
        const Colour below = colour_of(palette, pair.below);
        double ratio = semantics::contrast_ratio(colour_of(palette, pair.above), below);
        if (pair.use == PairUse::ring) {
            ratio = std::max(ratio, semantics::contrast_ratio(palette.focus_under, below));
        }
        const double text_least = theme == semantics::Theme::high_contrast ? 7.0 : 4.5;
        const double least = pair.use == PairUse::text ? text_least : 3.0;
        if (ratio < least) {
            char numbers[64];
            std::snprintf(numbers, sizeof numbers, "%.2f:1, needs %.1f:1", ratio, least);
            return base::fail(
                ErrorCode::refused, where,
                "\"" + std::string(pair.above) + "\" on \"" + std::string(pair.below) + "\" has " + numbers + ".",
                "Choose colours that stand further apart.");
        }
    }
    return {};
}

}  // namespace

std::string_view name_of(semantics::Theme theme) {
    switch (theme) {
        case semantics::Theme::light:
            return "light";
        case semantics::Theme::dark:
            return "dark";
        case semantics::Theme::high_contrast:
            return "high_contrast";
        case semantics::Theme::low_contrast:
            return "low_contrast";
    }
    return "";
}

Result<Style> Style::load(const std::filesystem::path& file) {
    const base::Bytes bytes = TRY(base::read_file(file, file_size_bytes_max));
    return parse(base::text_of(bytes), file.string());
}

Result<Style> Style::parse(std::string_view json, const std::string& where) {
    if (json.size() > file_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, where, "The style is longer than 64 KiB.", std::string(remedy));
    }
    const Json root = Json::parse(json, nullptr, /*allow_exceptions=*/false);
    if (root.is_discarded()) {
        return malformed(where, "It is not JSON.");
    }
    const std::array<std::string_view, 5> parts{"type", "space", "shape", "keyboard", "themes"};
    TRY(check_names(root, parts, where));
    Style style;
    TRY(read_sizes(root, style.sizes_, where));
    std::vector<std::string_view> theme_names;
    std::ranges::transform(all_themes, std::back_inserter(theme_names), [](auto theme) { return name_of(theme); });
    const Json& themes = root.at("themes");
    TRY(check_names(themes, theme_names, where + ": themes"));
    for (const semantics::Theme theme : all_themes) {
        const std::string place = where + ": " + std::string(name_of(theme));
        Palette& palette = style.palettes_[static_cast<std::size_t>(theme)];
        palette = TRY(read_palette(themes.at(name_of(theme)), place));
        TRY(check_contrast(palette, theme, place));
    }
    return style;
}

}  // namespace pillarbox::widgets
