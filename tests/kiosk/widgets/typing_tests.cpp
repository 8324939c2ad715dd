// SPDX-License-Identifier: GPL-3.0-or-later
//
// A sentence of each language is written with a finger on that language's keyboard, and the answer is that sentence,
// letter for letter.
#include <catch2/catch.hpp>

#include <algorithm>

#include "accessibility/semantics/audit.hpp"
#include "accessibility/text/text_editor.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/page.hpp"
#include "tests/kiosk/widgets/harness.hpp"

namespace pillarbox::tests {
namespace {

using namespace std::chrono_literals;
using namespace widgets;
using input::KeyLevel;
using platform::EventKind;
using platform::Point;

// Looks for letters where a person would: on the page of letters, at Shift, behind a long press, among the signs.
class Typist {
  public:
    Typist(const char* language, const char* layout)
        : editor_({.lines = text::Lines::multiple, .characters_max = 500}, language),
          layout_(input::KeyboardLayout::load(layout).value()),
          keyboards_{layout_},
          screen([this](Ui& ui) {
              begin_page(ui,
                         {.brand = "Pillarbox", .help_label = "Help", .back_label = "Back", .next_label = "Next"});
              static_cast<void>(text_field(ui, {.key = "field", .name = "Your answer"}, editor_));
              static_cast<void>(end_page(ui));
          }) {
        screen.frame.lang = language;
        screen.frame.keyboards = keyboards_;
        screen.settle();
        screen.tap("field");
    }

    void write(std::string_view sentence) {
        while (!sentence.empty()) {
            const std::size_t written = write_next(sentence);
            INFO("no key for " << sentence);
            REQUIRE(written > 0);
            sentence.remove_prefix(written);
        }
    }
    [[nodiscard]] const std::string& text() const { return editor_.text(); }

  private:
    enum class By { tap, long_press };

    std::size_t write_next(std::string_view sentence) {
        for (const char* function : {" ", "\n"}) {
            if (sentence.starts_with(function)) {
                screen.tap(*function == ' ' ? "keyboard/space" : "keyboard/return");
                return 1;
            }
        }
        for (const auto by : {By::tap, By::long_press}) {
            for (const auto level : {KeyLevel::base, KeyLevel::shift}) {
                if (const auto size = write_from(layout_.rows, level, by, sentence)) {
                    return size;
                }
            }
        }
        screen.tap("keyboard/symbols");
        const auto size = write_from(layout_.symbols, KeyLevel::base, By::tap, sentence);
        screen.tap("keyboard/symbols");
        return size;
    }

    // The longest that one key types: lam-alef before lam.
    std::size_t write_from(const std::vector<input::KeyRow>& rows, KeyLevel level, By by, std::string_view sentence) {
        std::string best_key;
        std::string best_variant;
        std::size_t best = 0;
        for (const auto& row : rows) {
            for (const auto& key : row) {
                const auto consider = [&](const std::string& text, const std::string& variant) {
                    if (sentence.starts_with(text) && text.size() > best) {
                        best = text.size();
                        best_key = "keyboard/" + key.id;
                        best_variant = variant;
                    }
                };
                if (by == By::tap) {
                    consider(key.at(level).text, "");
                }
                const auto& variants = key.variants_at(level);
                for (std::size_t index = 0; by == By::long_press && index < variants.size(); ++index) {
                    consider(variants[index].text, "keyboard/variant/" + std::to_string(index));
                }
            }
        }
        if (best > 0) {
            if (level == KeyLevel::shift) {
                screen.tap("keyboard/shift");
            }
            by == By::long_press ? slide(best_key, best_variant) : screen.tap(best_key);
        }
        return best;
    }

    void slide(const std::string& key, const std::string& variant) {
        screen.events.push(
            {.kind = EventKind::pointer_down, .time = screen.frame.now, .position = screen.middle_of(key)});
        screen.settle();  // goes on until the press is long enough
        const Point to = screen.middle_of(variant);
        screen.events.push({.kind = EventKind::pointer_move, .time = screen.frame.now, .position = to});
        screen.events.push({.kind = EventKind::pointer_up, .time = screen.frame.now, .position = to});
        screen.settle();
    }

    text::TextEditor editor_;
    input::KeyboardLayout layout_;
    std::vector<input::KeyboardLayout> keyboards_;

  public:
    Screen screen;
};

}  // namespace

TEST_CASE("a sentence of each language is written by finger letter for letter") {
    const auto [language, layout, sentence] = GENERATE(table<const char*, const char*, std::string>({
        {"en", "gb", "We waited 2 hours & paid £5 (twice)! Why?\nNobody said a naïve \"sorry\"."},
        {"so", "gb", "Waxaan sugnay laba saacadood, cidna nama caawin."},
        {"pl", "pl", "Zażółć gęślą jaźń – „Łódź”?"},
        {"ro", "ro", "Ambulanța a întârziat; Țara, știință și băiatul mâhnit."},
        {"tr", "tr", "Ambulansı çok bekledik. İğne, şöför, ÜÖ ıĞ rüzgâr"},
        {"fr", "fr", "L'ambulance a été très lente; où êtes-vous, ça va? « Noël » cœur 24"},
        {"es", "es", "¿Dónde está la ambulancia? ¡Mañana, pingüino!"},
        {"pt", "pt", "A ambulância não chegou às 9; três irmãos, coração."},
        {"it", "it", "Perché l'ambulanza è in ritardo? Così, più, città, però."},
        {"bg", "bg(phonetic)", "Линейката закъсня два часа. Щъркел, юг, ябълка!"},
        {"bn", "bd", "আমার মা ২ ঘণ্টা অ্যাম্বুলেন্সের জন্য অপেক্ষা করেছেন। ক্ষতি, উত্তর, ঋণ, এই, ঐক্য, দুঃখ ৳৫০"},
        {"gu", "in(guj)", "મારી માતાએ બે કલાક રાહ જોઈ. ક્ષમા, જ્ઞાન, ઑક્સિજન, શ્રી ૨૦"},
        {"pa", "in(guru)", "ਮੇਰੀ ਮਾਂ ਨੇ ਦੋ ਘੰਟੇ ਉਡੀਕ ਕੀਤੀ। ਪੰਜਾਬੀ, ਅੱਖ, ਪ੍ਰੇਮ"},
        {"hi", "in(deva)", "मेरी माँ ने २ घंटे प्रतीक्षा की। क्षमा, ज्ञान, अस्पताल, हूँ, फ़ोन?"},
        {"ta", "in(tam)", "நாங்கள் 2 மணி நேரம் காத்திருந்தோம். ஆம்புலன்ஸ் வரவில்லை, ஃபோன் ஔவை"},
        {"ur", "pk", "میری والدہ نے ۲ گھنٹے ایمبولینس کا انتظار کیا۔ آپ کو فائدہ ہوا؟ ڈاکٹر، ژالہ، ٹھیک"},
        {"ar", "ara", "انتظرت أمي ساعتين. لا أحد اتصل، والآن لأن الإسعاف تأخر؟ مُدّة ٢٠"},
        {"fa", "ir", "مادرم می\u200cگوید آمبولانس دیر آمد. چرا؟ پژمرده، خانه\u200cها ۲۰"},
    }));
    INFO(layout);
    Typist typist(language, layout);
    typist.write(sentence);
    CHECK(typist.text() == sentence);
    CHECK(semantics::describe(semantics::audit(typist.screen.tree())) == "");
}

}  // namespace pillarbox::tests
