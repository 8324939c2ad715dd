// SPDX-License-Identifier: GPL-3.0-or-later
//
// Respondents in every combination of what they allow, what they are and what they wrote, each with words of their
// own by which they are known wherever they turn up; and what may be told of each, said here apart from the desk's
// code.
#pragma once

#include <random>
#include <set>
#include <string>
#include <vector>

#include "desk/workspace/officer_fields.hpp"
#include "desk/workspace/quotes.hpp"
#include "tests/desk/workspace/workspace_fixture.hpp"

namespace pillarbox::tests {

inline const std::string people_text_path = "/data/q1/q1_text";
inline const std::string staff_reason = "names staff";

// In no word of those who stay.
inline const std::string withdrawn_mark = "qzwxvkj";
inline const std::string staying_mark = "vxkwjqz";

enum class Wrote { plain, own_name, own_name_redacted, address };

struct Somebody {
    std::string quote, respondent, under_18, name_asked_in;  // the question that has the name; empty: none
    Wrote wrote = Wrote::plain;
    bool leaves = false;  // withdraws later
    // Each stands nowhere else.
    std::string story = {}, name = {}, organisation = {}, staff = {}, note = {}, office = {};
    std::string text = {};
    submission::WithdrawalCode code{};
    workspace::ResponseId id = 0;

    [[nodiscard]] bool is_adult_by_name() const { return quote == "by_name" && under_18 != "yes"; }
    [[nodiscard]] bool consents() const { return quote == "by_name" || quote == "without_name"; }
    // In their own words, in a quotation.
    [[nodiscard]] bool may_be_quoted() const {
        return consents() && wrote != Wrote::address &&
               (is_adult_by_name() || wrote != Wrote::own_name || name.empty());
    }
    [[nodiscard]] bool may_be_named() const { return is_adult_by_name() && !name.empty(); }
    [[nodiscard]] bool organisation_may_be_named() const { return may_be_named() && respondent == "organisation"; }
    // In data that anyone may read: never with a name.
    [[nodiscard]] bool may_be_passed_on() const {
        return consents() && wrote != Wrote::address && (wrote != Wrote::own_name || name.empty());
    }
};

// Words of letters, the same in every run.
class Words {
  public:
    [[nodiscard]] std::string next(bool leaves) {
        std::string word;
        for (int letter = 0; letter < 10; ++letter) {
            word += static_cast<char>('a' + dice_() % 26);
        }
        return word + (leaves ? withdrawn_mark : staying_mark);
    }

  private:
    std::mt19937 dice_{20230127U};
};

inline void write_text(Somebody& one) {
    const std::string staff = "Mr " + one.staff;
    switch (one.wrote) {
        case Wrote::plain:
            one.text = staff + " saw that " + one.story + " waited.";
            return;
        case Wrote::own_name:
        case Wrote::own_name_redacted:
            one.text = staff + " told me, " + (one.name.empty() ? "somebody" : one.name) + ", of " + one.story + ".";
            return;
        case Wrote::address:
            one.text = staff + " knows: write to " + one.story + "@example.org about it.";
            return;
    }
}

// Every combination; every `step`th of them.
inline std::vector<Somebody> people(std::size_t step = 1) {
    std::vector<Somebody> all;
    Words words;
    std::size_t number = 0;
    for (const char* quote : {"by_name", "without_name", "do_not_quote", "", "nonsense"}) {
        for (const char* respondent : {"myself", "organisation", "helping", ""}) {
            for (const char* under_18 : {"yes", "no", ""}) {
                for (const char* asked_in : {"/data/contact/contact_name", "/data/quotation/quote_name", ""}) {
                    for (const Wrote wrote :
                         {Wrote::plain, Wrote::own_name, Wrote::own_name_redacted, Wrote::address}) {
                        if (number++ % step != 0) {
                            continue;
                        }
                        Somebody one{quote, respondent, under_18, asked_in, wrote, all.size() % 7 == 3};
                        for (std::string* word :
                             {&one.story, &one.name, &one.organisation, &one.staff, &one.note, &one.office}) {
                            *word = words.next(one.leaves);
                        }
                        one.name = one.name_asked_in.empty() ? "" : one.name;
                        write_text(one);
                        all.push_back(std::move(one));
                    }
                }
            }
        }
    }
    return all;
}

inline std::vector<form::Answer> answers_of(const Somebody& one) {
    std::vector<form::Answer> answers;
    const auto add = [&answers](const std::string& path, const std::string& value) {
        if (!path.empty() && !value.empty()) {
            answers.push_back({path, value});
        }
    };
    add("/data/answering_as/respondent", one.respondent);
    add("/data/answering_as/organisation_name", one.respondent == "organisation" ? one.organisation : "");
    add("/data/answering_as/under_18", one.under_18);
    add(people_text_path, one.text);
    add(one.name_asked_in, one.name);
    add("/data/quotation/quote", one.quote);
    return answers;
}

// An officer's work on everybody: staff redacted, notes, officers' answers, and every text picked as a quote, also
// past the check at picking.
inline void work_on(workspace::Workspace& opened, const workspace::Editor& editor, std::vector<Somebody>& people) {
    REQUIRE(
        opened.database().run("PRAGMA synchronous = OFF").has_value());  // thousands of changes, and no crash here
    REQUIRE(workspace::set_officer_field(opened, editor, {"passed_on", "Passed on to", {}}).has_value());
    for (Somebody& one : people) {
        const auto found = workspace::list(opened, {.words = one.story}, 0, 2).value();
        REQUIRE(found.total == 1);
        one.id = found.responses[0].id;
        const auto redact = [&](const std::string& words) {
            const std::size_t start = one.text.find(words);
            REQUIRE(start != std::string::npos);
            REQUIRE(workspace::redact(opened, editor, one.id, {{people_text_path, start, words.size()}, staff_reason})
                        .has_value());
        };
        redact(one.staff);
        if (one.wrote == Wrote::own_name_redacted && !one.name.empty()) {
            redact(one.name);
        }
        const workspace::Passage whole{people_text_path, 0, one.text.size()};
        CHECK(workspace::pick_quote(opened, editor, one.id, whole).has_value() == one.may_be_quoted());
        REQUIRE(workspace::make_change(opened, editor,
                                       {workspace::CellKind::quote, one.id, workspace::key_of(whole), "1"})
                    .has_value());
        REQUIRE(workspace::add_note(opened, editor, one.id, "ask " + one.note).has_value());
        REQUIRE(workspace::answer_officer_field(opened, editor, one.id, "passed_on", one.office).has_value());
    }
}

}  // namespace pillarbox::tests
