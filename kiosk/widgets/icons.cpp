// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/icons.hpp"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <array>
#include <vector>

#include "core/base/file.hpp"

namespace pillarbox::widgets {

using base::ErrorCode;
using base::fail;

namespace {

constexpr std::size_t svg_size_max = 64 * 1024;  // bytes

constexpr std::array all_icons{
    Icon::back,     Icon::forward,   Icon::check,      Icon::check_small, Icon::close,
    Icon::info,     Icon::warning,   Icon::emergency,  Icon::language,    Icon::help,
    Icon::access,   Icon::edit,      Icon::chevron,    Icon::up,          Icon::down,
    Icon::shift,    Icon::backspace, Icon::line_break, Icon::keyboard,    Icon::keyboard_hide,
    Icon::listen,   Icon::lock,      Icon::sealed,     Icon::clock,       Icon::calendar,
    Icon::hide,     Icon::send,      Icon::contrast,   Icon::repair,      Icon::erase,
    Icon::speak_up, Icon::undo,      Icon::shift_lock, Icon::show,        Icon::reach,
    Icon::calm,     Icon::lower,     Icon::still,      Icon::mask,        Icon::blank,
    Icon::strike,   Icon::toggle,    Icon::letters,
};

struct HandleDeleter {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
};
using Handle = std::unique_ptr<RsvgHandle, HandleDeleter>;

struct SurfaceDeleter {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDeleter {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

Handle parse(const std::string& source) {
    return Handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(source.data()), source.size(), nullptr));
}

// The icon's coverage as white pixels with straight alpha: a vertex colour tints them.
std::vector<std::uint8_t> white_pixels(RsvgHandle& handle, int side) {
    const std::unique_ptr<cairo_surface_t, SurfaceDeleter> surface(
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, side, side));
    const std::unique_ptr<cairo_t, ContextDeleter> context(cairo_create(surface.get()));
    const RsvgRectangle viewport{0, 0, static_cast<double>(side), static_cast<double>(side)};
    if (rsvg_handle_render_document(&handle, context.get(), &viewport, nullptr) == FALSE) {
        return {};
    }
    cairo_surface_flush(surface.get());
    const unsigned char* data = cairo_image_surface_get_data(surface.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    const auto size = static_cast<std::size_t>(side);
    std::vector<std::uint8_t> pixels(size * size * 4, 255);
    for (std::size_t y = 0; y < size; ++y) {
        for (std::size_t x = 0; x < size; ++x) {
            pixels[(y * size + x) * 4 + 3] = data[y * stride + x * 4 + 3];  // little-endian ARGB32: alpha last
        }
    }
    return pixels;
}

}  // namespace

std::string_view name_of(Icon icon) {
    switch (icon) {
        case Icon::none:
            return "";
        case Icon::back:
            return "back";
        case Icon::forward:
            return "forward";
        case Icon::check:
            return "check";
        case Icon::check_small:
            return "check-small";
        case Icon::close:
            return "close";
        case Icon::info:
            return "info";
        case Icon::warning:
            return "warning";
        case Icon::emergency:
            return "emergency";
        case Icon::language:
            return "language";
        case Icon::help:
            return "help";
        case Icon::access:
            return "access";
        case Icon::edit:
            return "edit";
        case Icon::chevron:
            return "chevron";
        case Icon::up:
            return "up";
        case Icon::down:
            return "down";
        case Icon::shift:
            return "shift";
        case Icon::backspace:
            return "backspace";
        case Icon::line_break:
            return "line-break";
        case Icon::keyboard:
            return "keyboard";
        case Icon::keyboard_hide:
            return "keyboard-hide";
        case Icon::listen:
            return "listen";
        case Icon::lock:
            return "lock";
        case Icon::sealed:
            return "sealed";
        case Icon::clock:
            return "clock";
        case Icon::calendar:
            return "calendar";
        case Icon::hide:
            return "hide";
        case Icon::send:
            return "send";
        case Icon::contrast:
            return "contrast";
        case Icon::repair:
            return "repair";
        case Icon::erase:
            return "erase";
        case Icon::speak_up:
            return "speak-up";
        case Icon::undo:
            return "undo";
        case Icon::shift_lock:
            return "shift-lock";
        case Icon::show:
            return "show";
        case Icon::reach:
            return "reach";
        case Icon::calm:
            return "calm";
        case Icon::lower:
            return "lower";
        case Icon::still:
            return "still";
        case Icon::mask:
            return "mask";
        case Icon::blank:
            return "blank";
        case Icon::strike:
            return "strike";
        case Icon::toggle:
            return "switch";
        case Icon::letters:
            return "letters";
    }
    return "";
}

bool is_directional(Icon icon) {
    return icon == Icon::back || icon == Icon::forward || icon == Icon::chevron || icon == Icon::listen ||
           icon == Icon::backspace || icon == Icon::line_break || icon == Icon::edit || icon == Icon::send ||
           icon == Icon::speak_up;
}

base::Result<IconSet> IconSet::load(const std::filesystem::path& folder) {
    IconSet icons;
    for (const Icon icon : all_icons) {
        const std::filesystem::path path = folder / (std::string(name_of(icon)) + ".svg");
        const base::Bytes bytes = TRY(base::read_file(path, svg_size_max));
        std::string source(base::text_of(bytes));
        if (parse(source) == nullptr) {
            return fail(ErrorCode::malformed, path.string(), "The icon is not an SVG file.",
                        "Install the assets again.");
        }
        icons.sources_.emplace(icon, std::move(source));
    }
    return icons;
}

std::optional<text::AtlasImage> IconSet::image(Icon icon, int side_px, text::GlyphAtlas& atlas) const {
    const auto source = sources_.find(icon);
    if (source == sources_.end() || side_px <= 0) {
        return std::nullopt;
    }
    std::string key = "icon:" + std::string(name_of(icon)) + ":" + std::to_string(side_px);
    if (auto image = atlas.find(key)) {
        return image;
    }
    const Handle handle = parse(source->second);
    if (handle == nullptr) {
        return std::nullopt;
    }
    const std::vector<std::uint8_t> pixels = white_pixels(*handle, side_px);
    if (pixels.empty()) {
        return std::nullopt;
    }
    return atlas.add(std::move(key), side_px, side_px, pixels, text::Ink::tinted);
}

}  // namespace pillarbox::widgets
