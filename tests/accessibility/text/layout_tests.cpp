// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <vector>

#include "accessibility/text/font_parts.hpp"
#include "accessibility/text/text_block.hpp"
#include "accessibility/text/text_layouter.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using namespace pillarbox::text;

namespace {
constexpr float column = 600;

struct Stage {
    explicit Stage(int atlas_side = 1024)
        : fonts(FontLibrary::create(FontLibrary::debian_folders()).value()),
          atlas(std::make_shared<GlyphAtlas>(atlas_side)),
          layouter(fonts, atlas) {}
    std::shared_ptr<FontLibrary> fonts;
    std::shared_ptr<GlyphAtlas> atlas;
    TextLayouter layouter;
};

TextStyle arabic() {
    TextStyle style;
    style.language = "ar";
    style.direction = Direction::right_to_left;
    return style;
}

TextStyle in_language(const char* language) {
    TextStyle style;
    style.language = language;
    return style;
}
}  // namespace

TEST_CASE("readable letters set Latin words in their own font and leave other scripts alone") {
    Stage stage;
    const auto width_of = [&stage](const char* language, const char* words, Face face) {
        TextStyle style = in_language(language);
        style.face = face;
        const auto layout = stage.layouter.lay_out(words, style, std::nullopt);
        CHECK(layout->missing_glyphs() == 0);
        return layout->text_rect().width;
    };
    for (const auto* latin : {"How long did you wait?", "Việc làm", "Łódź, Čeština, Türkçe ğış"}) {
        INFO(latin);
        CHECK(width_of("en", latin, Face::readable) > width_of("en", latin, Face::standard) + 1);
    }
    // Without marks that Latin has too.
    for (const auto& [language, words] :
         {std::pair("ar", "كم من الوقت انتظرت سيارة الإسعاف؟"), std::pair("bn", "আপনি কতক্ষণ অপেক্ষা করেছেন"),
          std::pair("ur", "آپ نے کتنا انتظار کیا؟")}) {
        INFO(words);
        CHECK(width_of(language, words, Face::readable) == width_of(language, words, Face::standard));
    }
}

TEST_CASE("every offered script has glyphs for its words") {
    Stage stage;
    const auto [language, words] = GENERATE(table<const char*, const char*>({
        {"en", "How long did you wait? “Naïve” café – £5"},
        {"ar", "كم من الوقت انتظرت سيارة الإسعاف؟"},
        {"bn", "আপনি অ্যাম্বুলেন্সের জন্য কতক্ষণ অপেক্ষা করেছেন?"},
        {"ur", "آپ نے کتنا انتظار کیا؟"},
        {"fa", "چقدر منتظر بودید؟"},
        {"gu", "ગુજરાતી"},
        {"pa", "ਪੰਜਾਬੀ"},
        {"hi", "हिन्दी"},
        {"ta", "தமிழ்"},
        {"bg", "Български"},
        {"tr", "Türkçe ğış"},
        {"en", "🚑 👨‍👩‍👧‍👦 ❤️"},
    }));
    INFO(words);
    const auto layout = stage.layouter.lay_out(words, in_language(language), column);
    CHECK(layout->missing_glyphs() == 0);
    CHECK(layout->quads().size() >= 3);
    CHECK(layout->height() > 42);
    CHECK(layout->text_rect().width > 50);
    CHECK_FALSE(stage.fonts->parts().further_files.empty());  // none of these needed them
}

TEST_CASE("a script of no offered language is set from fonts that are read only then") {
    Stage stage;
    const auto before = stage.layouter.lay_out("Wait", TextStyle{});
    const auto layout = stage.layouter.lay_out("ภาษาไทย ქართული", TextStyle{});
    CHECK(layout->missing_glyphs() == 0);
    CHECK(layout->quads().size() >= 10);
    CHECK(stage.fonts->parts().further_files.empty());
    CHECK(stage.layouter.lay_out("Wait", in_language("en-GB"))->text_rect().width == before->text_rect().width);
}

TEST_CASE("a character that no font has is counted as missing") {
    Stage stage;
    const char* private_use = "\U0010ABCD";
    CHECK(stage.layouter.lay_out(private_use, TextStyle{})->missing_glyphs() == 1);
}

TEST_CASE("Arabic starts at the right and English at the left of the same column") {
    Stage stage;
    CHECK(stage.layouter.lay_out("سلام", arabic(), column)->text_rect().right() > column - 2);
    CHECK(stage.layouter.lay_out("Hello", TextStyle{}, column)->text_rect().x < 2);
    // A heading that begins with a Latin name stays at the right in an Arabic screen.
    CHECK(stage.layouter.lay_out("Pillarbox سلام", arabic(), column)->lines().front().direction ==
          Direction::right_to_left);
}

TEST_CASE("typed text runs in the direction of its own first letter") {
    Stage stage;
    TextStyle typed;
    typed.direction_source = DirectionSource::first_strong_letter;
    const auto layout = stage.layouter.lay_out("سلام", typed, column);
    CHECK(layout->lines().front().direction == Direction::right_to_left);
    CHECK(layout->text_rect().right() > column - 2);
}

TEST_CASE("what a person writes on an Arabic page starts at the side of its own script") {
    Stage stage;
    auto style = arabic();
    style.direction_source = DirectionSource::first_strong_letter;
    CHECK(stage.layouter.lay_out("سلام", style, column)->text_rect().right() > column - 2);
    CHECK(stage.layouter.lay_out("hello", style, column)->text_rect().x < 2);
}

TEST_CASE("the caret goes right through English and left through Arabic") {
    Stage stage;
    const auto english = stage.layouter.lay_out("abc", TextStyle{}, column);
    CHECK(english->caret_at(0).x < english->caret_at(1).x);
    CHECK(english->caret_at(1).x < english->caret_at(3).x);
    const auto letters = stage.layouter.lay_out("سلام", arabic(), column);
    CHECK(letters->caret_at(0).x > letters->caret_at(2).x);
    CHECK(letters->caret_at(2).x > letters->caret_at(8).x);
}

TEST_CASE("where directions meet the caret stands where the paragraph's next letter would come") {
    Stage stage;
    TextStyle style;
    style.direction_source = DirectionSource::first_strong_letter;
    const std::string english = "abc سلام def";  // the Arabic word: bytes 4 to 12
    const auto left = stage.layouter.lay_out(english, style, column);
    // Before the Arabic word and after it, at its left and right: an English letter typed there goes there.
    CHECK(left->caret_at(4).x > left->caret_at(3).x);
    CHECK(left->caret_at(12).x > left->caret_at(4).x);
    CHECK(left->caret_at(13).x > left->caret_at(12).x);
    // Inside it, from right to left.
    CHECK(left->caret_at(6).x > left->caret_at(8).x);
    CHECK(left->caret_at(6).x < left->caret_at(12).x);
    const std::string arabic_text = "قال NHS هنا";  // the English word: bytes 7 to 10
    const auto right = stage.layouter.lay_out(arabic_text, style, column);
    CHECK(right->caret_at(7).x < right->caret_at(6).x);
    CHECK(right->caret_at(10).x < right->caret_at(7).x);
    CHECK(right->caret_at(8).x < right->caret_at(9).x);
    CHECK(right->caret_at(8).x > right->caret_at(10).x);
}

TEST_CASE("a touched place gives the caret that is drawn there") {
    Stage stage;
    const auto layout =
        stage.layouter.lay_out("one two three four five six seven eight nine ten eleven", TextStyle{}, column);
    REQUIRE(layout->lines().size() >= 2);
    for (const std::size_t index : {0U, 1U, 5U, 12U, 40U, 50U}) {
        const Rect caret = layout->caret_at(index);
        CHECK(layout->index_at({caret.x + 0.5F, caret.y + caret.height / 2}) == index);
    }
}

TEST_CASE("a long text wraps inside its column") {
    Stage stage;
    const auto layout =
        stage.layouter.lay_out("one two three four five six seven eight nine ten", TextStyle{}, column);
    CHECK(layout->lines().size() >= 2);
    CHECK(layout->text_rect().width <= column);
    CHECK(layout->width() == column);
    const auto alone = stage.layouter.measure("one two three four five six seven eight nine ten", TextStyle{});
    CHECK(alone.width > column);
    CHECK(stage.layouter.lay_out("one two three four five six seven eight nine ten", TextStyle{}, alone.width)
              ->lines()
              .size() == 1);
}

TEST_CASE("emoji are coloured and letters are tinted") {
    Stage stage;
    const auto layout = stage.layouter.lay_out("a🚑", TextStyle{});
    REQUIRE(layout->quads().size() == 2);
    CHECK(layout->quads()[0].ink == Ink::tinted);
    CHECK(layout->quads()[1].ink == Ink::coloured);
    CHECK(layout->quads()[1].target.height < 80);  // the bitmap of 109 px is scaled to the text
}

TEST_CASE("bold Urdu differs from regular Urdu although the font misstates its weight") {
    Stage stage;
    auto style = in_language("ur");
    const auto regular = stage.layouter.measure("انتظار", style);
    style.weight = Weight::bold;
    CHECK(stage.layouter.measure("انتظار", style) != regular);
}

TEST_CASE("bytes that are not UTF-8 are shown as replacement characters") {
    Stage stage;
    CHECK(stage.layouter.lay_out("a\xff\xfe", TextStyle{})->quads().size() == 3);
    CHECK(stage.layouter.lay_out("", TextStyle{})->lines().size() == 1);
    CHECK(stage.layouter.lay_out(std::string_view(), TextStyle{})->height() > 30);
}

TEST_CASE("a full atlas starts a new generation and the text is still drawn") {
    Stage stage(128);
    const auto first = stage.layouter.lay_out("ab", TextStyle{});
    const auto generation = stage.atlas->generation();
    for (char letter = 'c'; letter <= 'z'; ++letter) {
        CHECK_FALSE(stage.layouter.lay_out(std::string(1, letter), TextStyle{})->quads().empty());
    }
    CHECK(stage.atlas->generation() > generation);
    CHECK(first->quads().size() == 2);  // painted again
    (void)stage.layouter.lay_out("The quick brown fox jumps over the lazy dog", TextStyle{})
        ->quads();  // more than the page holds
}

TEST_CASE("a text takes room in the atlas only when its glyphs are asked for") {
    Stage stage;
    (void)stage.atlas->take_changed();
    const auto layout = stage.layouter.lay_out("ab", TextStyle{});
    CHECK(layout->lines().size() == 1);
    CHECK_FALSE(stage.atlas->take_changed().has_value());
    CHECK(layout->quads().size() == 2);
    CHECK(stage.atlas->take_changed().has_value());
    CHECK(layout->quads().size() == 2);
    CHECK_FALSE(stage.atlas->take_changed().has_value());
}

TEST_CASE("an atlas grows up to a square and where it stands in the texture follows") {
    GlyphAtlas atlas(64, 16);
    CHECK(atlas.pixels().size() == 64U * 16 * 4);
    const std::vector<std::uint8_t> image(10 * 10 * 4, 200);
    const auto low = atlas.add("low", 10, 10, image, Ink::tinted);
    REQUIRE(low.has_value());
    CHECK(low->uv.height == 10.0F / 16);
    const auto before = atlas.generation();
    atlas.grow();
    CHECK(atlas.height_px() == 32);
    CHECK(atlas.generation() > before);
    CHECK(!atlas.find("low").has_value());
    const auto again = atlas.add("low", 10, 10, image, Ink::tinted);
    REQUIRE(again.has_value());
    CHECK(again->uv.height == 10.0F / 32);
    CHECK(atlas.white_pixel().y < 3.0F / 32);
    const std::vector<std::uint8_t> high(10 * 40 * 4, 200);
    REQUIRE(atlas.add("high", 10, 40, high, Ink::tinted).has_value());  // grows by itself
    CHECK(atlas.height_px() == 64);
    CHECK(atlas.pixels().size() == 64U * 64 * 4);
    atlas.grow();
    CHECK(atlas.height_px() == 64);
    atlas.start_over();
    CHECK(atlas.height_px() == 16);
    CHECK(!atlas.find("high").has_value());
    const auto changed = atlas.take_changed();
    REQUIRE(changed.has_value());
    CHECK(changed->y + changed->height <= 16);
    CHECK(std::ranges::count(atlas.pixels(), 200) == 0);
}

TEST_CASE("the atlas says what changed once and keeps foreign images by key") {
    GlyphAtlas atlas(64);
    REQUIRE(atlas.take_changed().has_value());
    CHECK_FALSE(atlas.take_changed().has_value());
    const std::vector<std::uint8_t> red{255, 0, 0, 255};
    const auto image = atlas.add("icon:dot", 1, 1, red, Ink::coloured);
    REQUIRE(image.has_value());
    CHECK(atlas.take_changed() == image->pixels);
    CHECK(atlas.find("icon:dot")->pixels == image->pixels);
    const auto at = static_cast<std::size_t>((image->pixels.y * 64 + image->pixels.x) * 4);
    CHECK(atlas.pixels()[at] == 255);
    CHECK(atlas.pixels()[at + 1] == 0);
    const std::vector<std::uint8_t> huge(65 * 4, 0);
    CHECK_FALSE(atlas.add("huge", 65, 1, huge, Ink::tinted).has_value());
}

TEST_CASE("forgetting leaves no glyph of a person's words in the atlas") {
    Stage stage;
    CHECK(stage.layouter.lay_out("secret", TextStyle{})->quads().size() == 6);
    const auto painted = [&] {
        const auto pixels = stage.atlas->pixels();
        return std::ranges::count_if(pixels, [](auto byte) { return byte != 0; });
    };
    const auto before = painted();
    stage.layouter.forget();
    CHECK(before > 100);
    CHECK(painted() == 3 * 3 * 4);  // the white pixel's square
}

TEST_CASE("an empty font folder is an error that names the packages") {
    const tests::TemporaryFolder folder;
    const auto fonts = FontLibrary::create({folder.path()});
    REQUIRE_FALSE(fonts.has_value());
    CHECK(fonts.error().code == base::ErrorCode::unavailable);
    CHECK(fonts.error().remedy.find("fonts-noto-core") != std::string::npos);
    CHECK_FALSE(FontLibrary::create({"/nowhere/at/all"}).has_value());
}
