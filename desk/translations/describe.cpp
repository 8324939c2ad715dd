// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "accessibility/messages/languages.hpp"
#include "desk/translations/translations.hpp"

namespace pillarbox::translations {
namespace {

std::string_view words_of(Flaw flaw) {
    switch (flaw) {
        case Flaw::untranslated:
            return "not translated";
        case Flaw::changed:
            return "the English has changed";
        case Flaw::placeholders:
            return "other {placeholders} than the English";
        case Flaw::too_long:
            return "warning: long";
    }
    return {};
}

std::string english_name(const std::string& language) {
    const auto* known = messages::find_language(language);
    return std::string(known == nullptr ? "" : known->english_name);
}

void describe_remarks(const Report& report, bool (*wanted)(const Remark&), std::string& text) {
    for (const auto& remark : report.remarks) {
        if (wanted(remark)) {
            text += fmt::format("{}, {}: {}: \"{}\"{}\n", report.language, remark.where, words_of(remark.flaw),
                                remark.english,
                                remark.translation.empty() ? "" : fmt::format(" is \"{}\"", remark.translation));
        }
    }
}

}  // namespace

std::string describe(const std::vector<Report>& reports) {
    std::string text;
    for (const auto& report : reports) {
        describe_remarks(report, [](const Remark& remark) { return remark.flaw != Flaw::too_long; }, text);
    }
    for (const auto& report : reports) {
        describe_remarks(report, [](const Remark& remark) { return remark.flaw == Flaw::too_long; }, text);
    }
    text += fmt::format("{:<6}{:<12}{:<12}{:>10}{:>6}{:>9}{:>9}{:>14}{:>6}\n", "code", "language", "translation",
                        "interface", "form", "missing", "changed", "placeholders", "long");
    for (const auto& report : reports) {
        text += fmt::format(
            "{:<6}{:<12}{:<12}{:>10}{:>6}{:>9}{:>9}{:>14}{:>6}\n", report.language, english_name(report.language),
            report.review == messages::Review::reviewed ? "reviewed" : "unreviewed", report.interface_texts,
            report.form_texts, count(report, Flaw::untranslated), count(report, Flaw::changed),
            count(report, Flaw::placeholders), count(report, Flaw::too_long));
    }
    return text;
}

}  // namespace pillarbox::translations
