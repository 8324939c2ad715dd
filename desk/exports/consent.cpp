// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/consent.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace pillarbox::exports {
namespace {

constexpr std::size_t word_size_bytes_min = 4;  // shorter words of a name stand in too many other words
constexpr std::size_t phone_digits_min = 9;
constexpr std::array<std::string_view, 4> identifying_questions = {"quote_name", "contact_name", "organisation_name",
                                                                   "email_or_phone"};
constexpr std::array<std::string_view, 3> deciding_questions = {"quote", "under_18", "respondent"};

// The answer to the question of this name, wherever its group; empty where there is none.
std::string_view answer_named(const Record& record, std::string_view name) {
    for (const form::Answer& answer : record.submission.answers) {
        const std::size_t slash = answer.path.rfind('/');
        if (slash != std::string::npos && std::string_view(answer.path).substr(slash + 1) == name) {
            return answer.value;
        }
    }
    return {};
}

std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
        return letter < 0x80 ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
    });
    return lower;
}

std::string_view name_of(const Record& record) {
    const std::string_view asked = answer_named(record, "quote_name");
    return asked.empty() ? answer_named(record, "contact_name") : asked;
}

// The whole, and each word of it that is long enough to tell something.
bool holds_any_of(const std::string& lower_text, std::string_view identifying) {
    const std::string lower = in_lower_case(identifying);
    if (lower.empty()) {
        return false;
    }
    if (lower_text.find(lower) != std::string::npos) {
        return true;
    }
    std::size_t start = 0;
    while (start < lower.size()) {
        const std::size_t end = std::min(lower.find(' ', start), lower.size());
        const std::string word = lower.substr(start, end - start);
        if (word.size() >= word_size_bytes_min && lower_text.find(word) != std::string::npos) {
            return true;
        }
        start = end + 1;
    }
    return false;
}

bool looks_like_email(std::string_view text) {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        const bool before = at > 0 && text[at - 1] != ' ';
        const bool after = at + 1 < text.size() && text[at + 1] != ' ';
        if (before && after) {
            return true;
        }
    }
    return false;
}

// Nine digits or more in a row, with the signs between them that people write into phone numbers.
bool looks_like_phone(std::string_view text) {
    constexpr std::string_view between = " -()./";
    std::size_t digits = 0;
    for (const char letter : text) {
        if (letter >= '0' && letter <= '9') {
            ++digits;
            if (digits >= phone_digits_min) {
                return true;
            }
        } else if (between.find(letter) == std::string_view::npos) {
            digits = 0;
        }
    }
    return false;
}

}  // namespace

Consent consent_of(const Record& record) {
    const std::string_view choice = answer_named(record, "quote");
    if (choice == "by_name") {
        return answer_named(record, "under_18") == "yes" ? Consent::without_name : Consent::by_name;
    }
    return choice == "without_name" ? Consent::without_name : Consent::none;
}

std::string attribution_of(const Record& record) {
    const Consent consent = consent_of(record);
    if (consent == Consent::none) {
        return {};
    }
    const std::string_view respondent = answer_named(record, "respondent");
    if (consent == Consent::by_name && !name_of(record).empty()) {
        std::string words(name_of(record));
        const std::string_view organisation = answer_named(record, "organisation_name");
        if (respondent == "organisation" && !organisation.empty()) {
            words += ", " + std::string(organisation);
        }
        return words;
    }
    if (respondent == "organisation") {
        return "Someone answering for an organisation";
    }
    return respondent == "helping" ? "Someone helping another person to answer" : "Someone answering for themselves";
}

bool tells_who(const Record& record, std::string_view text) {
    const std::string lower = in_lower_case(text);
    return looks_like_email(text) || looks_like_phone(text) ||
           std::ranges::any_of(identifying_questions, [&](std::string_view question) {
               return holds_any_of(lower, answer_named(record, question));
           });
}

bool may_quote(const Record& record, std::string_view text) {
    switch (consent_of(record)) {
        case Consent::none:
            return false;
        case Consent::without_name:
            return !tells_who(record, text);
        case Consent::by_name:
            return !looks_like_email(text) && !looks_like_phone(text);
    }
    return false;
}

bool decides_consent(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    return std::ranges::find(identifying_questions, name) != identifying_questions.end() ||
           std::ranges::find(deciding_questions, name) != deciding_questions.end();
}

bool is_evidence_text(const form::Node& node) {
    return node.type == form::NodeType::text && node.has_appearance("multiline");
}

}  // namespace pillarbox::exports
