// SPDX-License-Identifier: GPL-3.0-or-later
//
// A long paragraph is set in parts, and nobody can tell: every caret stands where it would in the paragraph as a
// whole.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "accessibility/text/text_block.hpp"
#include "accessibility/text/text_boundaries.hpp"

using namespace pillarbox::text;

namespace {

constexpr float column = 600;
using Words = std::vector<std::string>;

const Words english{"the", "ambulance", "came",      "after", "two", "hours",
                    "and", "nobody",    "(not one)", "told",  "us",  "7"};
const Words urdu{"ایمبولینس", "دو", "گھنٹے", "بعد", "آئی", "اور", "کسی", "نے", "ہمیں", "نہیں", "بتایا۔"};
const Words mixed{"انتظرت", "أمي", "NHS 111", "سيارة", "(الإسعاف)", "London Ambulance", "ساعتين", "1,5", "٢٠٢٣", "و"};
const Words bengali{"আমার", "মা", "দুই", "ঘণ্টার", "বেশি", "অ্যাম্বুলেন্সের", "জন্য", "অপেক্ষা", "করেছেন।", "999"};
const Words chinese{"我", "母亲", "等了", "救护车", "两个", "小时", "以上", "，", "没有人", "打电话", "。"};

std::string text_of(const Words& words, std::string_view separator, std::size_t bytes) {
    std::mt19937 dice(7);
    std::string text;
    while (text.size() < bytes) {
        text.append(words[dice() % words.size()]).append(separator);
    }
    return text;
}

TextStyle style_of(const char* language) {
    TextStyle style;
    style.language = language;
    style.direction_source = DirectionSource::first_strong_letter;
    return style;
}

struct Stage {
    TextLayouter layouter{FontLibrary::create(FontLibrary::debian_folders()).value(), std::make_shared<GlyphAtlas>()};
};

// How many of the parts were not there before.
std::size_t new_parts(const TextBlock& before, const TextBlock& after) {
    std::set<const TextLayout*> known;
    for (const auto& part : before.parts()) {
        known.insert(part.layout.get());
    }
    return static_cast<std::size_t>(std::ranges::count_if(
        after.parts(), [&known](const auto& part) { return !known.contains(part.layout.get()); }));
}

}  // namespace

TEST_CASE("a paragraph in parts has its carets and glyphs where the whole paragraph has them") {
    Stage stage;
    const auto [language, text] = GENERATE(table<const char*, std::string>({
        {"en", text_of(english, " ", 1500)},
        {"ur", text_of(urdu, " ", 2500)},
        {"ar", text_of(mixed, " ", 2500)},
        {"bn", text_of(bengali, " ", 3500)},
        {"zh", text_of(chinese, "", 2500)},
        {"en", text_of({"supercalifragilisticexpialidocious"}, "", 1500)},
    }));
    INFO(language << " " << text.substr(0, 40));
    const auto whole = stage.layouter.lay_out(text, style_of(language), column);
    const auto block = TextBlock::lay_out(stage.layouter, text, style_of(language), column);
    const auto parts = static_cast<float>(block.parts().size());
    const auto rounding = Approx(0).margin(1.01 * parts);
    CHECK(block.size().height - whole->height() == rounding);
    std::size_t glyphs = 0;
    for (const auto& part : block.parts()) {
        glyphs += part.quads().size();
    }
    CHECK(glyphs == whole->quads().size());
    for (const auto& boundary : boundaries_of(text, language)) {
        const Rect expected = whole->caret_at(boundary.byte_index);
        const Rect found = block.caret_at(boundary.byte_index);
        INFO(boundary.byte_index << ": " << found.x << " for " << expected.x);
        REQUIRE(found.x - expected.x == Approx(0).margin(0.6));
        REQUIRE(found.y - expected.y == rounding);
        if (boundary.caret) {
            REQUIRE(block.index_at({found.x, found.y + found.height / 2}) ==
                    whole->index_at({expected.x, expected.y + expected.height / 2}));
        }
    }
}

TEST_CASE("a long paragraph of one language is set in many parts") {
    Stage stage;
    CHECK(TextBlock::lay_out(stage.layouter, text_of(english, " ", 2000), style_of("en"), column).parts().size() > 9);
    CHECK(TextBlock::lay_out(stage.layouter, text_of(urdu, " ", 4000), style_of("ur"), column).parts().size() > 9);
    CHECK(TextBlock::lay_out(stage.layouter, text_of(chinese, "", 4000), style_of("zh"), column).parts().size() > 5);
}

TEST_CASE("a typed letter sets few parts of a long paragraph anew wherever it is typed") {
    Stage stage;
    const auto [language, words] =
        GENERATE(table<const char*, Words>({{"en", english}, {"ur", urdu}, {"bn", bengali}}));
    std::string text = text_of(words, " ", 4000);
    auto before = TextBlock::lay_out(stage.layouter, text, style_of(language), column);
    std::mt19937 dice(11);
    std::vector<std::size_t> counts;
    for (int letters = 0; letters < 60; ++letters) {
        const auto boundaries = boundaries_of(text, language);
        text.insert(boundaries[dice() % boundaries.size()].byte_index,
                    words.front().substr(0, language[0] == 'e' ? 1 : 2));
        auto after = TextBlock::lay_out(stage.layouter, text, style_of(language), column);
        counts.push_back(new_parts(before, after));
        before = std::move(after);
    }
    std::ranges::sort(counts);
    INFO(language << ": at most " << counts.back() << " of " << before.parts().size());
    CHECK(counts[counts.size() / 2] <= 2);
    CHECK(counts[counts.size() * 9 / 10] <= 8);  // a line more or less moves some of those after it
}

TEST_CASE("an explicit direction keeps its paragraph whole") {
    Stage stage;
    const auto text = text_of(english, " ", 1000) + "\u2067" + text_of(english, " ", 1000);
    CHECK(TextBlock::lay_out(stage.layouter, text, style_of("en"), column).parts().size() == 1);
}

TEST_CASE("a selection over parts is painted once") {
    Stage stage;
    const auto text = text_of(english, " ", 1500);
    const auto whole = stage.layouter.lay_out(text, style_of("en"), column);
    const auto block = TextBlock::lay_out(stage.layouter, text, style_of("en"), column);
    CHECK(block.selection_rects(3, text.size() - 3).size() == whole->selection_rects(3, text.size() - 3).size());
    CHECK(block.selection_rects(100, 110).size() == whole->selection_rects(100, 110).size());
}
