// SPDX-License-Identifier: GPL-3.0-or-later
//
// One ImGui context: the draw lists of a frame and nothing else. It works without a display, so that widgets can be
// tested headless. One for each respondent: its end frees everything that ImGui ever held.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <memory>

namespace pillarbox::platform {

// All shapes and glyphs come from one texture, so that a whole page is a few draw calls.
struct FrameSettings {
    int width = 0;  // px
    int height = 0;
    ImTextureID texture = nullptr;  // of the glyph atlas; none while testing without a display
    ImVec2 white_pixel{0, 0};       // where in it solid shapes find an opaque white pixel, 0..1
};

class FrameContext {
  public:
    FrameContext();
    ~FrameContext();
    FrameContext(const FrameContext&) = delete;
    FrameContext& operator=(const FrameContext&) = delete;

    // Starts a frame and returns the list to draw into, valid until the next begin(). A frame that was begun and not
    // ended is thrown away: so a frame whose glyphs moved in the atlas is drawn again.
    [[nodiscard]] ImDrawList& begin(const FrameSettings& settings);
    // Ends it. The data live until the next begin().
    [[nodiscard]] const ImDrawData& end();

  private:
    struct Deleter {
        void operator()(ImGuiContext* context) const;
    };
    std::unique_ptr<ImGuiContext, Deleter> context_;
    bool is_open_ = false;
};

// Equal for equal pictures: lets the window skip GL where nothing changed. Over vertices, indices and commands.
[[nodiscard]] std::uint64_t hash_of(const ImDrawData& data);

}  // namespace pillarbox::platform
