// SPDX-License-Identifier: GPL-3.0-or-later
//
// The project's own icons: SVG files, rasterised by librsvg at the size wanted into the glyph atlas, tinted when
// drawn.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "accessibility/text/glyph_atlas.hpp"
#include "core/base/result.hpp"

namespace pillarbox::widgets {

enum class Icon {
    none,
    back,
    forward,
    check,
    check_small,
    close,
    info,
    warning,
    emergency,
    language,
    help,
    access,
    edit,
    chevron,
    up,
    down,
    shift,
    backspace,
    line_break,
    keyboard,
    keyboard_hide,
    listen,
    lock,
    sealed,
    clock,
    calendar,
    hide,
    send,
    contrast,
    repair,
    erase,
    speak_up,
    undo,
    shift_lock,
    show,
    reach,
    calm,
    lower,
    still,
    mask,
    blank,
    strike,
    toggle,
    letters,
};
[[nodiscard]] std::string_view name_of(Icon icon);  // of the file, without ".svg"
[[nodiscard]] bool is_directional(Icon icon);       // turned round where the page runs right to left

class IconSet {
  public:
    // Reads every icon's SVG of the folder. Error: not_found or malformed, with the file.
    [[nodiscard]] static base::Result<IconSet> load(const std::filesystem::path& folder);

    // The icon `side_px` px square in the atlas; nothing where it can't be drawn.
    [[nodiscard]] std::optional<text::AtlasImage> image(Icon icon, int side_px, text::GlyphAtlas& atlas) const;

  private:
    std::map<Icon, std::string> sources_;
};

}  // namespace pillarbox::widgets
