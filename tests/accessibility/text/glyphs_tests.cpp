// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every text that a screen may show, of the interface and of the demo campaign, in every language: each of its
// characters has a glyph in the fonts of deploy/packages.txt.
#include <catch2/catch.hpp>
#include <map>

#include "accessibility/messages/languages.hpp"
#include "accessibility/messages/messages.hpp"
#include "accessibility/text/font_parts.hpp"
#include "accessibility/text/text_layouter.hpp"
#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"

using namespace pillarbox;

namespace {

using TextsByLanguage = std::map<std::string, std::vector<std::string>>;

void add(TextsByLanguage& texts, const form::LocalizedText& text) {
    for (const auto& [language, words] : text.all()) {
        texts[language].push_back(words);
    }
}

void add(TextsByLanguage& texts, const form::Node& node) {
    for (const auto* text : {&node.label, &node.hint, &node.required_message, &node.constraint_message}) {
        add(texts, *text);
    }
    for (const auto& child : node.children) {
        add(texts, child);
    }
}

void add_campaign(TextsByLanguage& texts) {
    const std::string path = PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx";
    const auto workbook = base::read_file(path, std::size_t{16} << 20U).value();
    const auto campaign = campaign::read_campaign_workbook(workbook, path).value();
    for (const auto& node : campaign.form->nodes) {
        add(texts, node);
    }
    for (const auto& [name, list] : campaign.form->choice_lists) {
        for (const auto& choice : list.choices) {
            add(texts, choice.label);
        }
    }
    for (const auto& [name, text] : campaign.texts) {
        add(texts, text);
    }
}

void add_interface(TextsByLanguage& texts) {
    const std::filesystem::path locales = PILLARBOX_SOURCE_DIR "/assets/locales";
    const auto messages = messages::Messages::load(locales).value();
    const auto interface = messages::interface_texts(locales).value();
    for (const auto& language : messages.languages()) {
        for (const auto& english : interface) {
            texts[language].push_back(messages.text(language, english));
        }
        for (unsigned month = 1; month <= 12; ++month) {
            const auto day = base::Day(std::chrono::year(2023) / std::chrono::month(month) / std::chrono::day(27));
            texts[language].push_back(messages::format_date(language, day));
        }
        texts[language].push_back(messages::format_number(language, 1234567890));
        texts[language].push_back(messages::own_name_of(language));
    }
}

}  // namespace

TEST_CASE("no text of any language has a character without a glyph") {
    TextsByLanguage texts;
    add_campaign(texts);
    add_interface(texts);
    REQUIRE(texts.size() == 19);
    const auto fonts = text::FontLibrary::create(text::FontLibrary::debian_folders()).value();
    text::TextLayouter layouter(fonts, std::make_shared<text::GlyphAtlas>(1024));
    const auto missing = [&layouter](const std::string& words, const text::TextStyle& style) {
        return layouter.lay_out(words, style, 900)->missing_glyphs();
    };
    for (const auto& [language, words] : texts) {
        text::TextStyle style{.size_px = 16, .language = language};
        for (const auto weight : {text::Weight::regular, text::Weight::semibold, text::Weight::bold}) {
            style.weight = weight;
            for (const auto& one : words) {
                if (missing(one, style) > 0) {
                    FAIL_CHECK(language << ": " << one);
                }
            }
        }
    }
    CHECK_FALSE(fonts->parts().further_files.empty());  // the fonts that are read at start were enough
    CHECK(missing("\U0010ABCD", {}) == 1);              // the control: nothing has this one
}
