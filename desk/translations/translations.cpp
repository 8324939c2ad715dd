// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/translations/translations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include "accessibility/messages/languages.hpp"
#include "desk/exports/display_width.hpp"

namespace pillarbox::translations {
namespace {

constexpr double width_ratio_max = 1.8;
constexpr std::size_t width_floor = 24;

// Every text of a campaign, by its place.
using Texts = std::map<std::string, const form::LocalizedText*>;

void add(Texts& texts, const std::string& where, const form::LocalizedText& text) {
    if (!text.empty()) {
        texts.emplace(where, &text);
    }
}

void add(Texts& texts, const form::Node& node) {
    const auto row = "survey " + node.name + " ";
    add(texts, row + "label", node.label);
    add(texts, row + "hint", node.hint);
    add(texts, row + "required_message", node.required_message);
    add(texts, row + "constraint_message", node.constraint_message);
    for (const auto& child : node.children) {
        add(texts, child);
    }
}

Texts texts_of(const campaign::Campaign& campaign) {
    Texts texts;
    for (const auto& node : campaign.form->nodes) {
        add(texts, node);
    }
    for (const auto& [name, list] : campaign.form->choice_lists) {
        for (const auto& choice : list.choices) {
            add(texts, "choices " + name + "/" + choice.name, choice.label);
        }
    }
    for (const auto& [name, text] : campaign.texts) {
        add(texts, "campaign " + name, text);
    }
    return texts;
}

// "${age}" and "{date}" alike: whatever stands between braces.
std::multiset<std::string> placeholders_of(std::string_view text) {
    std::multiset<std::string> result;
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        result.emplace(text.substr(open, text.find('}', open) - open));
    }
    return result;
}

bool is_unchanged_translation(const form::LocalizedText& now, const form::LocalizedText& before,
                              const std::string& language, const std::string& original) {
    return now.in(original) != before.in(original) && before.has(language) && now.in(language) == before.in(language);
}

// Easy Read has the buttons of its language.
std::string catalogue_code(const std::string& language) {
    return messages::is_easy_read(language) ? language.substr(0, language.find('-')) : language;
}

void check_form(const Texts& texts, const Texts& older, const std::string& original, Report& report) {
    for (const auto& [where, text] : texts) {
        const auto& english = text->in(original);
        const auto& translation = text->in(report.language, original);
        const auto remark = [&](Flaw flaw) { report.remarks.push_back({flaw, where, english, translation}); };
        ++report.form_texts;
        if (!text->has(report.language)) {
            report.remarks.push_back({Flaw::untranslated, where, english, {}});
            continue;
        }
        const auto before = older.find(where);
        if (before != older.end() && is_unchanged_translation(*text, *before->second, report.language, original)) {
            remark(Flaw::changed);
        }
        if (placeholders_of(english) != placeholders_of(translation)) {
            remark(Flaw::placeholders);
        }
        if (catalogue_code(report.language) != original && is_too_long(english, translation)) {
            remark(Flaw::too_long);
        }
    }
}

Flaw flaw_of(messages::Flaw flaw) {
    switch (flaw) {
        case messages::Flaw::untranslated:
            return Flaw::untranslated;
        case messages::Flaw::changed:
            return Flaw::changed;
        case messages::Flaw::placeholders:
            return Flaw::placeholders;
    }
    return Flaw::untranslated;
}

base::Result<void> check_interface(const std::filesystem::path& locales, const std::vector<std::string>& texts,
                                   const messages::Messages& translated, const std::string& original,
                                   Report& report) {
    const auto remark = [&report](Flaw flaw, const std::string& english, std::string translation) {
        report.remarks.push_back({flaw, "interface", english, std::move(translation)});
    };
    report.review = translated.review_of(report.language);
    const auto code = catalogue_code(report.language);
    if (code == original) {
        return {};  // Easy Read of the language that the interface is written in
    }
    report.interface_texts = texts.size();
    const auto file = locales / (code + ".po");
    std::error_code problem;
    if (!std::filesystem::exists(file, problem)) {
        for (const auto& english : texts) {
            remark(Flaw::untranslated, english, {});
        }
        return {};
    }
    for (const auto& finding : TRY(messages::check_catalogue(file, texts))) {
        remark(flaw_of(finding.flaw), finding.english, translated.text(report.language, finding.english));
    }
    for (const auto& english : texts) {
        const auto translation = translated.text(report.language, english);
        if (is_too_long(english, translation)) {
            remark(Flaw::too_long, english, translation);
        }
    }
    return {};
}

}  // namespace

std::size_t count(const Report& report, Flaw flaw) {
    return static_cast<std::size_t>(std::ranges::count(report.remarks, flaw, &Remark::flaw));
}

bool is_too_long(std::string_view english, std::string_view translation) {
    const auto width = exports::display_width(translation);
    return width > width_floor &&
           static_cast<double>(width) > width_ratio_max * static_cast<double>(exports::display_width(english));
}

base::Result<std::vector<Report>> check(const campaign::Campaign& campaign, const campaign::Campaign* older,
                                        const std::filesystem::path& locales) {
    const auto interface = TRY(messages::interface_texts(locales));
    const auto translated = TRY(messages::Messages::load(locales));
    const auto texts = texts_of(campaign);
    const auto texts_before = older == nullptr ? Texts{} : texts_of(*older);
    const auto& original = campaign.form->default_language;
    std::vector<Report> reports;
    for (const auto& language : campaign.form->languages) {
        if (language == original) {
            continue;
        }
        Report report{.language = language};
        TRY(check_interface(locales, interface, translated, original, report));
        check_form(texts, texts_before, original, report);
        reports.push_back(std::move(report));
    }
    return reports;
}

}  // namespace pillarbox::translations
