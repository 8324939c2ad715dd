// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screens/raster.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace pillarbox::tests {
namespace {

struct Area {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
};

struct Pixel {
    float red = 0;
    float green = 0;
    float blue = 0;
    float alpha = 0;
};

Pixel unpacked(ImU32 colour) {
    const auto channel = [colour](unsigned shift) { return static_cast<float>(colour >> shift & 0xFFU); };
    return {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT),
            channel(IM_COL32_A_SHIFT)};
}

class Raster {
  public:
    Raster(platform::Picture& picture, const text::GlyphAtlas& atlas)
        : picture_(picture), pixels_(atlas.pixels()), side_(atlas.side_px()) {}

    void draw(const ImDrawList& list) {
        for (const ImDrawCmd& command : list.CmdBuffer) {
            clip_ = {std::max(0, static_cast<int>(command.ClipRect.x)),
                     std::max(0, static_cast<int>(command.ClipRect.y)),
                     std::min(picture_.width, static_cast<int>(command.ClipRect.z)),
                     std::min(picture_.height, static_cast<int>(command.ClipRect.w))};
            if (command.UserCallback != nullptr) {
                fill_clip(command.UserCallbackData);
                continue;
            }
            const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
            const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
            for (unsigned at = 0; at + 2 < command.ElemCount; at += 3) {
                if (at + 5 < command.ElemCount && draw_rectangle(vertices, indices + at)) {
                    at += 3;
                    continue;
                }
                draw_triangle(vertices[indices[at]], vertices[indices[at + 1]], vertices[indices[at + 2]]);
            }
        }
    }

  private:
    // The one callback that there is: platform::fill_opaque(), whose data is its colour.
    void fill_clip(void* data) {
        const auto colour = static_cast<ImU32>(reinterpret_cast<std::uintptr_t>(data));
        const auto channel = [colour](unsigned shift) { return static_cast<std::uint8_t>(colour >> shift & 0xFFU); };
        for (int y = clip_.top; y < clip_.bottom; ++y) {
            for (int x = clip_.left; x < clip_.right; ++x) {
                std::uint8_t* pixel =
                    picture_.rgba.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) +
                                            static_cast<std::size_t>(x)) *
                                               4;
                pixel[0] = channel(IM_COL32_R_SHIFT);
                pixel[1] = channel(IM_COL32_G_SHIFT);
                pixel[2] = channel(IM_COL32_B_SHIFT);
            }
        }
    }

    void blend(int x, int y, const Pixel& colour, float u, float v) {
        const auto texel = [this](float coordinate) {
            return std::clamp(static_cast<int>(coordinate * static_cast<float>(side_)), 0, side_ - 1);
        };
        const auto at = (static_cast<std::size_t>(texel(v)) * static_cast<std::size_t>(side_) +
                         static_cast<std::size_t>(texel(u))) *
                        4;
        const float alpha = colour.alpha / 255 * static_cast<float>(pixels_[at + 3]) / 255;
        if (alpha <= 0) {
            return;
        }
        std::uint8_t* target =
            picture_.rgba.data() +
            (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) + static_cast<std::size_t>(x)) *
                4;
        const std::array<float, 3> source{colour.red * static_cast<float>(pixels_[at]) / 255,
                                          colour.green * static_cast<float>(pixels_[at + 1]) / 255,
                                          colour.blue * static_cast<float>(pixels_[at + 2]) / 255};
        for (std::size_t channel = 0; channel < 3; ++channel) {
            const float mixed = source[channel] * alpha + static_cast<float>(target[channel]) * (1 - alpha);
            target[channel] = static_cast<std::uint8_t>(mixed + 0.5F);
        }
    }

    // Two triangles that are one upright rectangle of one colour: glyphs, icons and plain grounds, so nearly all.
    bool draw_rectangle(const ImDrawVert* vertices, const ImDrawIdx* indices) {
        if (indices[3] != indices[0] || indices[4] != indices[2]) {
            return false;
        }
        const ImDrawVert& first = vertices[indices[0]];
        const ImDrawVert& second = vertices[indices[1]];
        const ImDrawVert& third = vertices[indices[2]];
        const ImDrawVert& fourth = vertices[indices[5]];
        const bool upright = first.pos.y == second.pos.y && second.pos.x == third.pos.x &&
                             third.pos.y == fourth.pos.y && fourth.pos.x == first.pos.x;
        if (!upright || first.col != third.col || second.col != fourth.col || first.col != second.col) {
            return false;
        }
        const Pixel colour = unpacked(first.col);
        const float width = third.pos.x - first.pos.x;
        const float height = third.pos.y - first.pos.y;
        if (width <= 0 || height <= 0) {
            return true;
        }
        const Area area = covered(first.pos.x, first.pos.y, third.pos.x, third.pos.y);
        for (int y = area.top; y < area.bottom; ++y) {
            const float down = (static_cast<float>(y) + 0.5F - first.pos.y) / height;
            const float v = first.uv.y + (third.uv.y - first.uv.y) * down;
            for (int x = area.left; x < area.right; ++x) {
                const float along = (static_cast<float>(x) + 0.5F - first.pos.x) / width;
                blend(x, y, colour, first.uv.x + (third.uv.x - first.uv.x) * along, v);
            }
        }
        return true;
    }

    // Pixels whose middle lies inside.
    [[nodiscard]] Area covered(float left, float top, float right, float bottom) const {
        const auto from = [](float edge) { return static_cast<int>(std::ceil(edge - 0.5F)); };
        return {std::max(clip_.left, from(left)), std::max(clip_.top, from(top)), std::min(clip_.right, from(right)),
                std::min(clip_.bottom, from(bottom))};
    }

    void draw_triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
        const float area = (b.pos.x - a.pos.x) * (c.pos.y - a.pos.y) - (b.pos.y - a.pos.y) * (c.pos.x - a.pos.x);
        if (area == 0) {
            return;
        }
        const Area box =
            covered(std::min({a.pos.x, b.pos.x, c.pos.x}), std::min({a.pos.y, b.pos.y, c.pos.y}),
                    std::max({a.pos.x, b.pos.x, c.pos.x}) + 1, std::max({a.pos.y, b.pos.y, c.pos.y}) + 1);
        const Pixel first = unpacked(a.col);
        const Pixel second = unpacked(b.col);
        const Pixel third = unpacked(c.col);
        for (int y = box.top; y < box.bottom; ++y) {
            for (int x = box.left; x < box.right; ++x) {
                const float px = static_cast<float>(x) + 0.5F;
                const float py = static_cast<float>(y) + 0.5F;
                const float of_a = ((b.pos.x - px) * (c.pos.y - py) - (b.pos.y - py) * (c.pos.x - px)) / area;
                const float of_b = ((c.pos.x - px) * (a.pos.y - py) - (c.pos.y - py) * (a.pos.x - px)) / area;
                const float of_c = 1 - of_a - of_b;
                // The shared edge of two triangles belongs to one of them, give or take a rounding.
                if (of_a < 0 || of_b < 0 || of_c <= 0) {
                    continue;
                }
                const auto mix = [&](float Pixel::* channel) {
                    return of_a * first.*channel + of_b * second.*channel + of_c * third.*channel;
                };
                blend(x, y, {mix(&Pixel::red), mix(&Pixel::green), mix(&Pixel::blue), mix(&Pixel::alpha)}, a.uv.x,
                      a.uv.y);
            }
        }
    }

    platform::Picture& picture_;
    std::span<const std::uint8_t> pixels_;
    int side_;
    Area clip_;
};

}  // namespace

platform::Picture rasterise(const ImDrawData& data, const text::GlyphAtlas& atlas, semantics::Colour background) {
    platform::Picture picture{static_cast<int>(data.DisplaySize.x), static_cast<int>(data.DisplaySize.y), {}};
    const auto count = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    picture.rgba.reserve(count * 4);
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        picture.rgba.insert(picture.rgba.end(), {background.red, background.green, background.blue, 255});
    }
    Raster raster(picture, atlas);
    for (int list = 0; list < data.CmdListsCount; ++list) {
        raster.draw(*data.CmdLists[list]);
    }
    return picture;
}

platform::Picture made_smaller(const platform::Picture& picture, int factor) {
    platform::Picture small{picture.width / factor, picture.height / factor, {}};
    small.rgba.resize(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * 4);
    const auto wide = static_cast<std::size_t>(picture.width);
    const auto times = static_cast<std::size_t>(factor);
    std::size_t at = 0;
    for (std::size_t y = 0; y < static_cast<std::size_t>(small.height); ++y) {
        for (std::size_t x = 0; x < static_cast<std::size_t>(small.width); ++x) {
            std::array<std::size_t, 4> sum{};
            for (std::size_t row = 0; row < times; ++row) {
                const std::uint8_t* source = picture.rgba.data() + ((y * times + row) * wide + x * times) * 4;
                for (std::size_t byte = 0; byte < times * 4; ++byte) {
                    sum[byte % 4] += source[byte];
                }
            }
            for (const std::size_t channel : sum) {
                small.rgba[at++] = static_cast<std::uint8_t>(channel / (times * times));
            }
        }
    }
    return small;
}

void paste(platform::Picture& sheet, const platform::Picture& part, int x, int y) {
    const int width = std::min(part.width, sheet.width - x);
    for (int row = 0; row < part.height && y + row < sheet.height; ++row) {
        const auto from = static_cast<std::ptrdiff_t>(row) * part.width * 4;
        const auto to = (static_cast<std::ptrdiff_t>(y + row) * sheet.width + x) * 4;
        std::copy_n(part.rgba.begin() + from, std::max(0, width) * 4, sheet.rgba.begin() + to);
    }
}

}  // namespace pillarbox::tests
