// SPDX-License-Identifier: GPL-3.0-or-later
//
// Images stand on shelves: a shelf is as wide as the page and as high as its first image; an image goes to the first
// shelf that is high enough without wasting more than a third of its height. Glyphs of one size fill shelves almost
// completely, and nothing is ever removed alone, so no better packing is needed.
#include "accessibility/text/glyph_atlas.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "core/base/check.hpp"

namespace pillarbox::text {
namespace {
constexpr int gap_px = 1;  // between images, so that linear filtering at an edge does not reach its neighbour
constexpr std::size_t bytes_per_pixel = 4;

struct Shelf {
    int top = 0;
    int height = 0;
    int used = 0;  // px from the left
};

// Zeros that take memory only where they are written to: most pages of most people fill a quarter of the page.
class Pixels {
  public:
    explicit Pixels(std::size_t size_bytes)
        : size_bytes_(size_bytes),
          data_(::mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
        PILLARBOX_CHECK(data_ != MAP_FAILED);
    }
    ~Pixels() { ::munmap(data_, size_bytes_); }
    Pixels(const Pixels&) = delete;
    Pixels& operator=(const Pixels&) = delete;

    // They read as zeros again. Mapped anew: locked pages can't be given back by advice.
    void give_back() {
        PILLARBOX_CHECK(::mmap(data_, size_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
                               -1, 0) == data_);
    }
    [[nodiscard]] std::span<std::uint8_t> bytes() const { return {static_cast<std::uint8_t*>(data_), size_bytes_}; }

  private:
    std::size_t size_bytes_;
    void* data_;
};
}  // namespace

struct GlyphAtlas::Shelves {
    explicit Shelves(std::size_t side_px) : pixels(side_px * side_px * bytes_per_pixel) {}
    Pixels pixels;
    std::vector<Shelf> shelves;
    int used_height = 0;
    std::map<std::string, AtlasImage, std::less<>> images;
    Point white;
};

GlyphAtlas::GlyphAtlas(int side_px, std::optional<int> height_px)
    : side_px_(side_px), first_height_px_(height_px.value_or(side_px)), height_px_(first_height_px_) {
    PILLARBOX_CHECK(side_px >= 16 && side_px <= 16384 && height_px_ >= 16 && height_px_ <= side_px);
    shelves_ = std::make_unique<Shelves>(static_cast<std::size_t>(side_px));
    clear();
    generation_ = 1;
}

GlyphAtlas::~GlyphAtlas() {
    wipe();
}

std::span<const std::uint8_t> GlyphAtlas::pixels() const {
    return shelves_->pixels.bytes().first(static_cast<std::size_t>(side_px_) * static_cast<std::size_t>(height_px_) *
                                          bytes_per_pixel);
}

Point GlyphAtlas::white_pixel() const {
    return shelves_->white;
}

std::optional<PixelRect> GlyphAtlas::take_changed() {
    return std::exchange(changed_, std::nullopt);
}

std::optional<AtlasImage> GlyphAtlas::find(std::string_view key) const {
    const auto found = shelves_->images.find(key);
    return found == shelves_->images.end() ? std::nullopt : std::optional(found->second);
}

std::optional<AtlasImage> GlyphAtlas::add(std::string key, int width, int height, std::span<const std::uint8_t> rgba,
                                          Ink ink) {
    PILLARBOX_CHECK(width > 0 && height > 0);
    PILLARBOX_CHECK(rgba.size() ==
                    static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * bytes_per_pixel);
    auto place_found = place(width, height);
    if (!place_found) {
        clear();
        place_found = place(width, height);
    }
    while (!place_found && height_px_ < side_px_) {
        grow();
        place_found = place(width, height);
    }
    if (!place_found) {
        return std::nullopt;
    }
    const auto side = static_cast<std::size_t>(side_px_);
    const auto row_size = static_cast<std::size_t>(width) * bytes_per_pixel;
    for (int row = 0; row < height; ++row) {
        const auto target =
            (static_cast<std::size_t>(place_found->y + row) * side + static_cast<std::size_t>(place_found->x)) *
            bytes_per_pixel;
        std::ranges::copy(rgba.subspan(static_cast<std::size_t>(row) * row_size, row_size),
                          shelves_->pixels.bytes().begin() + static_cast<std::ptrdiff_t>(target));
    }
    mark_changed(*place_found);
    const float across = 1.0F / static_cast<float>(side_px_);
    const float down = 1.0F / static_cast<float>(height_px_);
    const AtlasImage image{*place_found,
                           {static_cast<float>(place_found->x) * across, static_cast<float>(place_found->y) * down,
                            static_cast<float>(width) * across, static_cast<float>(height) * down},
                           ink};
    shelves_->images.insert_or_assign(std::move(key), image);
    return image;
}

void GlyphAtlas::wipe() {
    const auto used = static_cast<std::size_t>(shelves_->used_height) * static_cast<std::size_t>(side_px_);
    std::ranges::fill(shelves_->pixels.bytes().first(used * bytes_per_pixel), std::uint8_t{0});
}

void GlyphAtlas::clear() {
    wipe();
    if (shelves_->used_height > 0) {  // so that the texture is wiped too
        mark_changed({0, 0, side_px_, shelves_->used_height});
    }
    shelves_->shelves.clear();
    shelves_->used_height = 0;
    shelves_->images.clear();
    ++generation_;
    // Three by three, so that the middle one is white under any filtering.
    const std::vector<std::uint8_t> white(3 * 3 * bytes_per_pixel, 255);
    const auto image = add("white", 3, 3, white, Ink::tinted);
    PILLARBOX_CHECK(image.has_value());
    shelves_->white = {image->uv.x + image->uv.width / 2, image->uv.y + image->uv.height / 2};
}

void GlyphAtlas::grow() {
    height_px_ = std::min(2 * height_px_, side_px_);
    clear();
}

void GlyphAtlas::start_over() {
    height_px_ = first_height_px_;
    wipe();  // whatever the system does with the pages
    shelves_->pixels.give_back();
    clear();
    if (changed_) {
        changed_->height = std::min(changed_->height, height_px_ - changed_->y);
    }
}

std::optional<PixelRect> GlyphAtlas::place(int width, int height) {
    const int padded_width = width + gap_px;
    const int padded_height = height + gap_px;
    if (padded_width > side_px_ || padded_height > height_px_) {
        return std::nullopt;
    }
    for (auto& shelf : shelves_->shelves) {
        const bool fits = shelf.height >= padded_height && side_px_ - shelf.used >= padded_width;
        if (fits && shelf.height * 2 <= padded_height * 3) {
            const PixelRect rect{shelf.used, shelf.top, width, height};
            shelf.used += padded_width;
            return rect;
        }
    }
    if (height_px_ - shelves_->used_height < padded_height) {
        return std::nullopt;
    }
    shelves_->shelves.push_back({shelves_->used_height, padded_height, padded_width});
    shelves_->used_height += padded_height;
    return PixelRect{0, shelves_->shelves.back().top, width, height};
}

void GlyphAtlas::mark_changed(const PixelRect& rect) {
    if (!changed_) {
        changed_ = rect;
        return;
    }
    const int right = std::max(changed_->x + changed_->width, rect.x + rect.width);
    const int bottom = std::max(changed_->y + changed_->height, rect.y + rect.height);
    const int left = std::min(changed_->x, rect.x);
    const int top = std::min(changed_->y, rect.y);
    changed_ = PixelRect{left, top, right - left, bottom - top};
}

}  // namespace pillarbox::text
