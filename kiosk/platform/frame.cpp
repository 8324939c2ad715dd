// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/frame.hpp"

#include <cstddef>

namespace pillarbox::platform {
namespace {

class Fnv {
  public:
    void mix(const void* data, std::size_t size) {
        const auto* bytes = static_cast<const unsigned char*>(data);
        for (std::size_t at = 0; at < size; ++at) {
            hash_ = (hash_ ^ bytes[at]) * 1099511628211ULL;
        }
    }
    template <typename T>
    void mix_value(const T& value) {
        mix(&value, sizeof value);
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

  private:
    std::uint64_t hash_ = 14695981039346656037ULL;
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
    Fnv fnv;
    fnv.mix_value(data.DisplaySize.x);
    fnv.mix_value(data.DisplaySize.y);
    for (int index = 0; index < data.CmdListsCount; ++index) {
        const ImDrawList& list = *data.CmdLists[index];
        fnv.mix(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
        fnv.mix(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
        for (const ImDrawCmd& command : list.CmdBuffer) {
            fnv.mix_value(command.ClipRect);
            fnv.mix_value(command.TextureId);
            fnv.mix_value(command.ElemCount);
        }
    }
    return fnv.value();
}

}  // namespace pillarbox::platform
