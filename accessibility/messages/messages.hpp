// SPDX-License-Identifier: GPL-3.0-or-later
//
// The interface's own words in every language: gettext .po files, read at start by GNU libgettextpo. The English text
// is the key (msgid) and the fallback, so that a screen is never empty. Asking for texts is thread-safe, loading not.
//
//     messages.text("bn", "Next")
//     fill(messages.text("ar", "Question {number} of {total}"), {{"number", "2"}, {"total", "9"}})
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accessibility/messages/plural_rule.hpp"
#include "core/base/result.hpp"

namespace pillarbox::messages {

// How far the translation of a catalogue may be trusted: header X-Pillarbox-Review, "reviewed" or "unreviewed".
enum class Review { reviewed, unreviewed };

class Messages {
  public:
    Messages() = default;  // English alone

    // Reads every <language>.po of the folder. Errors: `not_found` (no such folder), `malformed` (naming file and
    // line), `limit_exceeded` (a file over 4 MB). Fuzzy and obsolete entries are left out.
    [[nodiscard]] static base::Result<Messages> load(const std::filesystem::path& folder);

    // Only looks which languages are there: a kiosk reads those that are chosen, because reading seventeen takes 10
    // ms of its start. Error: `not_found`.
    [[nodiscard]] static base::Result<Messages> open(const std::filesystem::path& folder);
    // Reads a language's catalogue, unless that was done or there is none. Until then, and where it can't be read,
    // the language is English. Errors as of load().
    [[nodiscard]] base::Result<void> need(std::string_view language);

    // The translation, or `english` itself. A language with a region ("ar-EG") falls back to its language.
    [[nodiscard]] std::string text(std::string_view language, std::string_view english) const;
    // With the msgctxt that tells apart equal English words ("keyboard", "Done").
    [[nodiscard]] std::string text_in_context(std::string_view language, std::string_view context,
                                              std::string_view english) const;
    // The form for `count`; English takes `one` for 1 and `many` otherwise. The count is filled in by the caller.
    [[nodiscard]] std::string plural(std::string_view language, std::string_view one, std::string_view many,
                                     std::uint64_t count) const;

    [[nodiscard]] std::vector<std::string> languages() const;  // that have a catalogue, sorted, without English
    // The English texts that this language has a translation of (context, U+0004 before them where there is one).
    [[nodiscard]] std::vector<std::string> english_texts(std::string_view language) const;
    [[nodiscard]] Review review_of(std::string_view language) const;
    // Null without a catalogue of that language.
    [[nodiscard]] const PluralRule* plural_rule_of(std::string_view language) const;

  private:
    struct Catalogue {
        std::filesystem::path file;                                          // empty once it was read
        std::map<std::string, std::vector<std::string>, std::less<>> forms;  // key: context, U+0004, msgid
        PluralRule plural_rule;
        Review review = Review::unreviewed;
    };
    [[nodiscard]] static base::Result<void> read(Catalogue& catalogue);
    [[nodiscard]] const Catalogue* catalogue_of(std::string_view language) const;

    std::map<std::string, Catalogue, std::less<>> catalogues_;
};

// Replaces {name} by its value; values are not looked into, and names without a value stay as they are.
using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;
[[nodiscard]] std::string fill(std::string_view text, Values values);

enum class Flaw {
    untranslated,
    changed,       // the English is another than when it was translated: the entry is fuzzy
    placeholders,  // other {placeholders} than the English has
};

// What a translator has still to do in one entry. `english` is its key: msgctxt and msgid joined by U+0004 where
// there is one.
struct Finding {
    Flaw flaw{};
    std::string english;
};

// Of the English texts given (a plural's by either form), and of all that the file holds besides.
[[nodiscard]] base::Result<std::vector<Finding>> check_catalogue(const std::filesystem::path& file,
                                                                 const std::vector<std::string>& english_texts);

// As a sentence.
[[nodiscard]] std::string describe(const Finding& finding);

// The texts of the interface: a line each, in the folder's messages.txt. Error: `not_found`.
[[nodiscard]] base::Result<std::vector<std::string>> interface_texts(const std::filesystem::path& folder);

}  // namespace pillarbox::messages
