// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/opaque_fill.hpp"

#include <GL/gl.h>

#include <array>
#include <cmath>
#include <cstdint>

namespace pillarbox::platform {
namespace {

float channel_of(std::uintptr_t colour, unsigned shift) {
    constexpr std::uintptr_t full = 255;
    return static_cast<float>((colour >> shift) & full) / static_cast<float>(full);
}

// Called by the renderer in the command's turn; the next command sets its own scissor.
void clear(const ImDrawList* /*list*/, const ImDrawCmd* command) {
    std::array<GLint, 4> viewport{};
    glGetIntegerv(GL_VIEWPORT, viewport.data());
    const auto left = static_cast<GLint>(std::lround(command->ClipRect.x));
    const auto top = static_cast<GLint>(std::lround(command->ClipRect.y));
    const auto right = static_cast<GLint>(std::lround(command->ClipRect.z));
    const auto bottom = static_cast<GLint>(std::lround(command->ClipRect.w));
    if (right <= left || bottom <= top) {
        return;
    }
    const auto colour = reinterpret_cast<std::uintptr_t>(command->UserCallbackData);
    glScissor(left, viewport[3] - bottom, right - left, bottom - top);
    glClearColor(channel_of(colour, IM_COL32_R_SHIFT), channel_of(colour, IM_COL32_G_SHIFT),
                 channel_of(colour, IM_COL32_B_SHIFT), 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

void fill_opaque(ImDrawList& list, const PixelRect& rect, ImU32 colour) {
    list.PushClipRect({static_cast<float>(rect.left), static_cast<float>(rect.top)},
                      {static_cast<float>(rect.right), static_cast<float>(rect.bottom)}, true);
    list.AddCallback(clear, reinterpret_cast<void*>(static_cast<std::uintptr_t>(colour)));
    list.PopClipRect();
}

}  // namespace pillarbox::platform
