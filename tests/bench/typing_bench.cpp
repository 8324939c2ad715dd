// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a key press costs before anything is drawn: the letter goes into a long answer, and the answer is set again.
// Urdu in Nastaliq is the dearest script to set. The words are chosen by a fixed seed: a text that repeats itself
// would come from the cache.
#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <random>
#include <string>

#include "accessibility/text/text_block.hpp"
#include "accessibility/text/text_editor.hpp"
#include "core/base/check.hpp"
#include "tests/bench/paired.hpp"

namespace {

using namespace pillarbox;
using namespace pillarbox::text;

constexpr std::size_t characters = 2000;
constexpr double limit_us = 16000;
constexpr float column_px = 900;

constexpr std::array urdu_words{"ایمبولینس", "کا",    "انتظار", "بہت",    "لمبا",  "تھا",   "میری", "والدہ", "نے",
                                "دو",        "گھنٹے", "تک",     "دروازے", "کے",    "پاس",   "بیٹھ", "کر",    "کسی",
                                "سے",        "بات",   "کی",     "لیکن",   "ہمیں",  "بتایا", "گیا",  "کہ",    "مدد",
                                "جلد",       "پہنچے", "گی",     "ہسپتال", "میں",   "عملہ",  "اچھا", "مگر",   "وقت",
                                "زیادہ",     "لگا",   "رات،",   "صبح",    "فون",   "پر",    "کوئی", "جواب",  "نہیں",
                                "ملا",       "براہِ",  "کرم",    "بہتر۔",  "بنائیں"};
constexpr std::array english_words{"the",   "ambulance", "waited", "hours", "nobody", "told",  "us",
                                   "when",  "help",      "would",  "come",  "staff",  "kind",  "but",
                                   "tired", "night",     "phone",  "again", "and",    "mother"};

template <typename Words>
std::string text_of(const Words& words, std::size_t paragraphs) {
    std::mt19937 dice(20230120);
    std::string text;
    std::size_t count = 0;
    std::size_t breaks = 0;
    while (count < characters) {
        const std::string_view word = words[dice() % words.size()];
        const bool ends = count >= (breaks + 1) * characters / paragraphs;
        breaks += ends ? 1 : 0;
        text.append(word).push_back(ends ? '\n' : ' ');
        count += word.size() / (words[0][0] < 0 ? 2 : 1) + 1;
    }
    return text;
}

struct Subject {
    std::string figure;
    TextStyle style;
    TextEditor editor;
    std::size_t place = 0;  // where it is typed, in bytes
    std::string letter;
};

void type_letter(TextLayouter& layouter, Subject& subject) {
    subject.editor.insert(subject.letter);
    const auto block = TextBlock::lay_out(layouter, subject.editor.text(), subject.style, column_px);
    PILLARBOX_CHECK(block.size().height > 0 && block.caret_at(subject.editor.caret()).height > 0);
}

Subject subject_of(std::string figure, const char* language, std::string text, double place) {
    TextStyle style;
    style.language = language;
    style.line_height = 1.25F;
    style.direction_source = DirectionSource::first_strong_letter;
    const bool urdu = style.language == "ur";
    style.direction = urdu ? Direction::right_to_left : Direction::left_to_right;
    Subject subject{std::move(figure), style,
                    TextEditor({Lines::multiple, 2 * characters}, language, style.direction), 0, urdu ? "ب" : "e"};
    subject.editor.set_text(text);
    subject.place = static_cast<std::size_t>(static_cast<double>(text.size()) * place);
    return subject;
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures what typing a letter into 2,000 characters costs."};
    int pairs = 100;
    command.add_option("--pairs", pairs, "How many letters are typed into each text");
    CLI11_PARSE(command, argument_count, arguments);
    TextLayouter layouter(FontLibrary::create(FontLibrary::debian_folders()).value(), std::make_shared<GlyphAtlas>());
    std::array subjects{
        subject_of("typing-urdu-paragraphs", "ur", text_of(urdu_words, 8), 0.5),
        subject_of("typing-urdu-end", "ur", text_of(urdu_words, 1), 1),
        subject_of("typing-urdu-middle", "ur", text_of(urdu_words, 1), 0.5),
        subject_of("typing-english-middle", "en", text_of(english_words, 1), 0.5),
    };
    for (Subject& subject : subjects) {
        subject.editor.set_caret(subject.place);
        type_letter(layouter, subject);  // all else has been set before
        for (int pair = 0; pair < pairs; ++pair) {
            // A word now and then, so that lines break elsewhere.
            if (pair % 6 == 5) {
                subject.editor.insert(" ");
            }
            const double spent_us =
                bench::measure(bench::Time::processor, 1, [&] { type_letter(layouter, subject); });
            bench::print_pair(subject.figure, spent_us, limit_us);
        }
    }
    return 0;
}
