// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/desk/searches.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/utf8.hpp"
#include "tests/responses/respondent.hpp"
#include "tests/responses/texts.hpp"

namespace pillarbox::bench {
namespace {

using tests::SeededRandom;

constexpr std::uint64_t purpose_queries = 40;
constexpr std::array languages{std::string_view("en"), std::string_view("bn"), std::string_view("ar"),
                               std::string_view("zh")};

template <typename List>
const auto& draw(const List& list, SeededRandom& random) {
    return list[static_cast<std::size_t>(random.below(list.size()))];
}

const tests::Voice& voice_of(std::string_view language) {
    return *std::ranges::find(tests::voices(), language, &tests::Voice::language);
}

// Runs of letters; of a script without spaces, a whole clause.
std::vector<std::u32string> words_of(std::string_view text) {
    constexpr std::u32string_view between = U" .,;!?'{}，。।،؟0123456789";
    const std::u32string letters = base::from_utf8(text).value();
    std::vector<std::u32string> words(1);
    for (const char32_t letter : letters) {
        if (between.find(letter) == std::u32string_view::npos) {
            words.back() += letter;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    std::erase_if(words, [](const std::u32string& word) { return word.size() < 2; });
    return words;
}

std::string utf8(std::u32string_view letters) {
    std::string text;
    for (const char32_t letter : letters) {
        base::append_utf8(text, letter);
    }
    return text;
}

std::u32string_view some_of(std::u32string_view word, std::size_t count) {
    return word.substr(0, std::min(word.size(), count));
}

Query draw_query(std::string_view language, SeededRandom& random) {
    const tests::Voice& voice = voice_of(language);
    const auto& sentences = random.in_percent(50) ? voice.issues : voice.wishes;
    const std::vector<std::u32string> words = words_of(draw(sentences, random));
    const std::u32string& word = draw(words, random);
    const bool unspaced = language == "zh";
    switch (random.below(8)) {
        case 0:
            return {"one sign or letter", {.words = utf8(word.substr(0, 1))}};
        case 1:
            return {"start of a word", {.words = utf8(some_of(word, 2 + random.below(2)))}};
        case 2:
            return {"phrase", {.words = '"' + utf8(unspaced ? some_of(word, 6) : words[0] + U' ' + words[1]) + '"'}};
        case 3:
            return {"two words", {.words = utf8(some_of(word, 2)) + ' ' + utf8(draw(words, random))}};
        case 4:
            return {"rare word", {.words = std::string(tests::draw_rare_word(random))}};
        case 5:
            return {"word and filter",
                    {.borough = random.in_percent(50) ? "camden" : "croydon", .words = utf8(word)}};
        case 6:
            return {"word, later page", {.words = utf8(word)}, 50 * random.below(20)};
        default:
            return {"word", {.words = utf8(word)}};
    }
}

}  // namespace

std::vector<Query> draw_queries(std::uint64_t seed, std::size_t count) {
    std::vector<Query> queries;
    for (std::size_t index = 0; index < count; ++index) {
        SeededRandom random = tests::random_for(seed, purpose_queries, index);
        queries.push_back(draw_query(languages[index % languages.size()], random));
    }
    return queries;
}

}  // namespace pillarbox::bench
