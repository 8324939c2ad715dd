// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a translator has still to do, language by language: in the interface's catalogues and in a campaign's
// workbook. Missing cells of the workbook are not here: no form is read where one is missing (form::check_workbook
// names them).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/messages/messages.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"

namespace pillarbox::translations {

enum class Flaw {
    untranslated,
    changed,       // the English is another than when it was translated
    placeholders,  // other {placeholders} or ${references} than the English
    too_long,      // a warning: it may not fit its button or card
};

struct Remark {
    Flaw flaw{};
    std::string where;  // "interface", "survey age_band label", "choices boroughs/barnet", "campaign title"
    std::string english;
    std::string translation;  // empty where there is none
};

struct Report {
    std::string language;
    messages::Review review = messages::Review::unreviewed;  // of the interface's catalogue
    std::size_t interface_texts = 0, form_texts = 0;         // that there are to translate
    std::vector<Remark> remarks{};
};

[[nodiscard]] std::size_t count(const Report& report, Flaw flaw);

// A translation is too long that is more than 1.8 times as wide as the English and wider than 24 cells, of which an
// ideograph takes two and a combining mark none.
[[nodiscard]] bool is_too_long(std::string_view english, std::string_view translation);

// One report for each language of the campaign but the default one. Where `older` is given, a text counts as changed
// whose English is another there and whose translation is still the same. Errors: of the folder's files; a language
// without a catalogue is a remark for each text.
[[nodiscard]] base::Result<std::vector<Report>> check(const campaign::Campaign& campaign,
                                                      const campaign::Campaign* older,
                                                      const std::filesystem::path& locales);

// A line a remark, warnings last, then a line a language with its figures.
[[nodiscard]] std::string describe(const std::vector<Report>& reports);

}  // namespace pillarbox::translations
