// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cache has two halves. What is used goes to the young half; when that is full it becomes the old half, and the
// old one is dropped. So a text that is drawn every frame is never set again, without a list of ages to keep.
#include "accessibility/text/text_layouter.hpp"

#include <cstring>
#include <string>
#include <unordered_map>

#include "accessibility/text/glyph_painter.hpp"
#include "accessibility/text/shaped_text.hpp"

namespace pillarbox::text {
namespace {
constexpr std::size_t half_texts_max = 1000;
constexpr std::size_t half_bytes_max = 64 * 1024;  // of text: a layout takes a hundred times that of its text

// FNV-like separation is not needed: the style's fields come first, with a fixed size but for the language, which
// ends in NUL.
std::string key_of(std::string_view text, const TextStyle& style, ColumnWidth width) {
    std::string key;
    key.reserve(text.size() + 32);
    const auto append = [&key](const auto& field) {
        char bytes[sizeof field];
        std::memcpy(bytes, &field, sizeof field);
        key.append(bytes, sizeof field);
    };
    append(style.size_px);
    append(style.line_height);
    append(width.value_or(-1.0F));
    append(style.weight);
    append(style.face);
    append(style.direction);
    append(style.alignment);
    append(style.direction_source);
    key += style.language;
    key.push_back('\0');
    key += text;
    return key;
}

std::string valid_text(std::string_view text) {
    text = text.substr(0, TextLayouter::text_size_max);
    if (g_utf8_validate_len(text.data(), text.size(), nullptr) != FALSE) {
        return std::string(text);
    }
    const TextHandle valid(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())));
    return valid.get();
}

using Entry = std::shared_ptr<const TextLayout>;
using Half = std::unordered_map<std::string, Entry>;

void drop(Half& half) {
    while (!half.empty()) {
        auto node = half.extract(half.begin());
        wipe(node.key());
    }
}
}  // namespace

struct TextLayouter::Cache {
    explicit Cache(std::shared_ptr<GlyphAtlas> atlas) : painter(std::make_shared<GlyphPainter>(std::move(atlas))) {}

    Half young;
    std::size_t young_bytes = 0;
    Half old;
    std::shared_ptr<GlyphPainter> painter;

    Entry layout_of(const FontLibrary& fonts, std::string_view text, const TextStyle& style, ColumnWidth width) {
        std::string key = key_of(text, style, width);
        if (const auto found = young.find(key); found != young.end()) {
            wipe(key);
            return found->second;
        }
        Entry entry;
        if (auto node = old.extract(key); !node.empty()) {
            entry = std::move(node.mapped());
            wipe(node.key());
        } else {
            entry = std::make_shared<const TextLayout>(
                std::make_shared<const ShapedText>(fonts, valid_text(text), style, width), painter);
        }
        if (young.size() >= half_texts_max || young_bytes >= half_bytes_max) {
            drop(old);
            old.swap(young);
            young_bytes = 0;
        }
        young_bytes += text.size();
        return young.emplace(std::move(key), std::move(entry)).first->second;
    }
};

TextLayouter::TextLayouter(std::shared_ptr<FontLibrary> fonts, std::shared_ptr<GlyphAtlas> atlas)
    : fonts_(std::move(fonts)), atlas_(std::move(atlas)), cache_(std::make_unique<Cache>(atlas_)) {}

TextLayouter::~TextLayouter() {
    drop(cache_->young);
    drop(cache_->old);
}

std::shared_ptr<const TextLayout> TextLayouter::lay_out(std::string_view text, const TextStyle& style,
                                                        ColumnWidth width) {
    return cache_->layout_of(*fonts_, text, style, width);
}

Size TextLayouter::measure(std::string_view text, const TextStyle& style, ColumnWidth width) {
    return cache_->layout_of(*fonts_, text, style, width)->size();
}

void TextLayouter::forget() {
    drop(cache_->young);
    cache_->young_bytes = 0;
    drop(cache_->old);
    atlas_->clear();
}

}  // namespace pillarbox::text
