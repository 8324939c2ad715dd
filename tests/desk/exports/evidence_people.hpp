// SPDX-License-Identifier: GPL-3.0-or-later
//
// People with every combination of what they allow and of what could give them away.
#pragma once

#include <string>
#include <vector>

#include "evidence_form.hpp"

namespace pillarbox::tests {

inline const std::string story = "Ambulances wait at the hospital doors";

// Every combination of what a person can say about being quoted, and of what could give them away.
struct Person {
    std::string quote, under_18, respondent, contact_name, quote_name;

    [[nodiscard]] exports::Record record(std::uint8_t last = 1) const {
        std::vector<form::Answer> answers;
        const auto add = [&answers](std::string path, const std::string& value) {
            if (!value.empty()) {
                answers.push_back({std::move(path), value});
            }
        };
        add("/data/respondent", respondent);
        add("/data/organisation_name", respondent == "organisation" ? "Zebra Trust" : "");
        add("/data/under_18", under_18);
        add("/data/story", story);
        add("/data/about_you/age_band", "16_17");
        add("/data/contact/contact_name", contact_name);
        add("/data/contact/email_or_phone", "xavier@example.org");
        add("/data/quote", quote);
        add("/data/quote_name", quote_name);
        return record_of(answers, last);
    }
};

inline std::vector<Person> everybody() {
    std::vector<Person> people;
    for (const std::string quote : {"by_name", "without_name", "do_not_quote", "", "BY_NAME"}) {
        for (const std::string under_18 : {"yes", "no", ""}) {
            for (const std::string respondent : {"myself", "organisation", "helping", ""}) {
                for (const std::string contact_name : {"Xavier Contact", ""}) {
                    for (const std::string quote_name : {"Yolanda Quoted", ""}) {
                        people.push_back({quote, under_18, respondent, contact_name, quote_name});
                    }
                }
            }
        }
    }
    return people;
}

}  // namespace pillarbox::tests
