// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/frame.hpp"

#include <bit>
#include <cstddef>
#include <cstring>

namespace pillarbox::platform {
namespace {

// Eight bytes at a time: byte by byte, the hash of a full page took a millisecond.
class Hash {
  public:
    void mix(const void* data, std::size_t size) {
        const auto* bytes = static_cast<const unsigned char*>(data);
        for (; size >= sizeof(std::uint64_t); bytes += sizeof(std::uint64_t), size -= sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes, sizeof word);
            mix_word(word);
        }
        if (size > 0) {
            std::uint64_t rest = 0;
            std::memcpy(&rest, bytes, size);
            mix_word(rest);
        }
    }
    template <typename T>
    void mix_value(const T& value) {
        mix(&value, sizeof value);
    }
    [[nodiscard]] std::uint64_t value() const { return state_; }

  private:
    // A multiplication carries upwards only; the rotation brings what it gathered down again.
    void mix_word(std::uint64_t word) { state_ = std::rotl((state_ ^ word) * 0x9E3779B97F4A7C15ULL, 29); }
    std::uint64_t state_ = 0x2545F4914F6CDD1DULL;
};

}  // namespace

void FrameContext::Deleter::operator()(ImGuiContext* context) const {
    ImGui::DestroyContext(context);
}

FrameContext::FrameContext() : context_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context_.get());
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;  // nothing of a person's session goes to a file
    io.LogFilename = nullptr;
    io.GetClipboardTextFn = [](void*) -> const char* { return ""; };
    io.SetClipboardTextFn = [](void*, const char*) {};
    io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
    io.Fonts->Build();  // ImGui insists on a font; ours are in accessibility/text
    ImGuiStyle& style = ImGui::GetStyle();
    style.AntiAliasedLinesUseTex = false;  // lines would need ImGui's own texture
    style.CircleTessellationMaxError = 0.15F;
}

FrameContext::~FrameContext() = default;

ImDrawList& FrameContext::begin(const FrameSettings& settings) {
    ImGui::SetCurrentContext(context_.get());
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(static_cast<float>(settings.width), static_cast<float>(settings.height));
    io.DeltaTime = 1.0F / 60.0F;  // nothing of ours reads ImGui's time
    io.Fonts->SetTexID(settings.texture);
    io.Fonts->TexUvWhitePixel = settings.white_pixel;
    if (is_open_) {
        ImGui::EndFrame();
    }
    ImGui::NewFrame();
    is_open_ = true;
    return *ImGui::GetBackgroundDrawList();
}

const ImDrawData& FrameContext::end() {
    ImGui::SetCurrentContext(context_.get());
    ImGui::Render();
    is_open_ = false;
    return *ImGui::GetDrawData();
}

std::uint64_t hash_of(const ImDrawData& data) {
    Hash hash;
    hash.mix_value(data.DisplaySize.x);
    hash.mix_value(data.DisplaySize.y);
    for (int index = 0; index < data.CmdListsCount; ++index) {
        const ImDrawList& list = *data.CmdLists[index];
        hash.mix(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
        hash.mix(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
        for (const ImDrawCmd& command : list.CmdBuffer) {
            hash.mix_value(command.ClipRect);
            hash.mix_value(command.TextureId);
            hash.mix_value(command.ElemCount);
            hash.mix_value(command.UserCallbackData);  // the colour of an opaque fill
        }
    }
    return hash.value();
}

}  // namespace pillarbox::platform
