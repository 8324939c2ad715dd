// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/findings.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "desk/workspace/answers.hpp"

namespace pillarbox::workspace {
namespace {

constexpr std::size_t phone_digits_min = 9;
constexpr std::size_t own_name_size_bytes_min = 4;  // shorter words stand in too many others
constexpr std::array kind_names{std::string_view("person"), std::string_view("phone"),
                                std::string_view("email"),  std::string_view("allegation"),
                                std::string_view("court"),  std::string_view("safeguarding")};

struct Word {
    FindingKind kind;
    std::string_view start;  // lower case; a "*" at the end lets the word go on
};
constexpr std::array telling_words{
    Word{FindingKind::allegation, "neglig*"},
    Word{FindingKind::allegation, "assault*"},
    Word{FindingKind::allegation, "lied"},
    Word{FindingKind::allegation, "lying to"},
    Word{FindingKind::allegation, "covered up"},
    Word{FindingKind::allegation, "cover-up"},
    Word{FindingKind::allegation, "cover up"},
    Word{FindingKind::allegation, "bully*"},
    Word{FindingKind::allegation, "bullied"},
    Word{FindingKind::allegation, "harass*"},
    Word{FindingKind::allegation, "racis*"},
    Word{FindingKind::allegation, "sexis*"},
    Word{FindingKind::allegation, "discriminat*"},
    Word{FindingKind::allegation, "stole*"},
    Word{FindingKind::allegation, "fraud*"},
    Word{FindingKind::allegation, "corrupt*"},
    Word{FindingKind::allegation, "malpractice"},
    Word{FindingKind::allegation, "drunk"},
    Word{FindingKind::allegation, "groped"},
    Word{FindingKind::allegation, "to blame"},
    Word{FindingKind::allegation, "killed"},
    Word{FindingKind::allegation, "misconduct"},
    Word{FindingKind::court, "court"},
    Word{FindingKind::court, "courts"},
    Word{FindingKind::court, "tribunal*"},
    Word{FindingKind::court, "inquest*"},
    Word{FindingKind::court, "coroner*"},
    Word{FindingKind::court, "lawsuit*"},
    Word{FindingKind::court, "solicitor*"},
    Word{FindingKind::court, "barrister*"},
    Word{FindingKind::court, "prosecut*"},
    Word{FindingKind::court, "trial"},
    Word{FindingKind::court, "suing"},
    Word{FindingKind::court, "legal action"},
    Word{FindingKind::court, "police investigation"},
    Word{FindingKind::safeguarding, "suicid*"},
    Word{FindingKind::safeguarding, "kill myself"},
    Word{FindingKind::safeguarding, "end my life"},
    Word{FindingKind::safeguarding, "self-harm*"},
    Word{FindingKind::safeguarding, "self harm*"},
    Word{FindingKind::safeguarding, "harm myself"},
    Word{FindingKind::safeguarding, "abuse*"},
    Word{FindingKind::safeguarding, "abusi*"},
    Word{FindingKind::safeguarding, "hits me"},
    Word{FindingKind::safeguarding, "beats me"},
    Word{FindingKind::safeguarding, "rape*"},
    Word{FindingKind::safeguarding, "domestic violence"},
    Word{FindingKind::safeguarding, "neglected"},
    Word{FindingKind::safeguarding, "not safe at home"},
    Word{FindingKind::safeguarding, "afraid of my"},
};

constexpr std::array titles{
    std::string_view("mr"),         std::string_view("mrs"),       std::string_view("ms"),
    std::string_view("miss"),       std::string_view("dr"),        std::string_view("doctor"),
    std::string_view("professor"),  std::string_view("prof"),      std::string_view("nurse"),
    std::string_view("sister"),     std::string_view("paramedic"), std::string_view("consultant"),
    std::string_view("councillor"), std::string_view("sir"),       std::string_view("lady"),
    std::string_view("manager")};

// Only ASCII changes, so that places in the text stay the same.
std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
        return letter < 0x80 ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
    });
    return lower;
}

bool is_letter(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte >= 0x80 || std::isalpha(byte) != 0;
}

bool starts_word(std::string_view text, std::size_t place) {
    return place == 0 || !is_letter(text[place - 1]);
}

void find_word(const std::string& lower, const Word& word, std::vector<Finding>& found) {
    const bool open = word.start.ends_with('*');
    const std::string_view wanted = word.start.substr(0, word.start.size() - (open ? 1 : 0));
    for (std::size_t place = lower.find(wanted); place != std::string::npos; place = lower.find(wanted, place + 1)) {
        std::size_t end = place + wanted.size();
        while (open && end < lower.size() && is_letter(lower[end])) {
            ++end;
        }
        if (starts_word(lower, place) && (end == lower.size() || !is_letter(lower[end]))) {
            found.push_back({word.kind, place, end - place});
        }
    }
}

// A title, a full stop perhaps, and a word with a capital letter.
void find_titles(std::string_view text, const std::string& lower, std::vector<Finding>& found) {
    for (const std::string_view title : titles) {
        for (std::size_t place = lower.find(title); place != std::string::npos;
             place = lower.find(title, place + 1)) {
            std::size_t name = place + title.size();
            name += name < text.size() && text[name] == '.' ? 1U : 0U;
            if (!starts_word(lower, place) || name + 1 >= text.size() || text[name] != ' ' ||
                std::isupper(static_cast<unsigned char>(text[name + 1])) == 0) {
                continue;
            }
            std::size_t end = name + 1;
            while (end < text.size() && (is_letter(text[end]) || text[end] == '-' || text[end] == '\'')) {
                ++end;
            }
            found.push_back({FindingKind::person, place, end - place});
        }
    }
}

void find_own_names(const std::string& lower, const std::vector<std::string>& own_names,
                    std::vector<Finding>& found) {
    for (const std::string& name : own_names) {
        if (name.size() >= own_name_size_bytes_min) {
            find_word(lower, {FindingKind::person, in_lower_case(name)}, found);
        }
    }
}

void find_emails(std::string_view text, std::vector<Finding>& found) {
    const auto is_part = [](char letter) {
        return is_letter(letter) || std::isdigit(static_cast<unsigned char>(letter)) != 0 ||
               std::string_view("._%+-").find(letter) != std::string_view::npos;
    };
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t start = at;
        while (start > 0 && is_part(text[start - 1])) {
            --start;
        }
        std::size_t end = at + 1;
        while (end < text.size() && is_part(text[end])) {
            ++end;
        }
        if (start < at && end > at + 1) {
            found.push_back({FindingKind::email, start, end - start});
        }
    }
}

void find_phones(std::string_view text, std::vector<Finding>& found) {
    constexpr std::string_view between = " -()./";
    for (std::size_t start = 0; start < text.size();) {
        std::size_t digits = 0;
        std::size_t end = start;
        std::size_t last = start;
        for (; end < text.size(); ++end) {
            if (text[end] >= '0' && text[end] <= '9') {
                ++digits;
                last = end + 1;
            } else if (digits == 0 || between.find(text[end]) == std::string_view::npos) {
                break;
            }
        }
        if (digits >= phone_digits_min) {
            found.push_back({FindingKind::phone, start, last - start});
        }
        start = std::max(end, start) + 1;
    }
}

std::vector<std::string> own_names(const submission::Submission& submission) {
    std::vector<std::string> names;
    for (const std::string_view question : {"contact_name", "quote_name"}) {
        const std::string_view name = answer_named(submission, question);
        for (std::size_t start = 0; start < name.size();) {
            const std::size_t end = std::min(name.find(' ', start), name.size());
            names.emplace_back(name.substr(start, end - start));
            start = end + 1;
        }
    }
    return names;
}

}  // namespace

std::string_view name_of(FindingKind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

base::Result<FindingKind> parse_finding_kind(std::string_view name) {
    const auto found = std::ranges::find(kind_names, name);
    if (found == kind_names.end()) {
        return base::fail(base::ErrorCode::usage, {},
                          "A finding is one of person, phone, email, allegation, court and safeguarding.");
    }
    return static_cast<FindingKind>(found - kind_names.begin());
}

std::vector<Finding> findings_in(std::string_view text, const std::vector<std::string>& own) {
    const std::string lower = in_lower_case(text);
    std::vector<Finding> found;
    for (const Word& word : telling_words) {
        find_word(lower, word, found);
    }
    find_titles(text, lower, found);
    find_own_names(lower, own, found);
    find_emails(text, found);
    find_phones(text, found);
    std::ranges::sort(found, {}, [](const Finding& finding) { return std::pair(finding.start, finding.kind); });
    return found;
}

std::vector<FindingInAnswer> findings_of(const form::Form& form, const submission::Submission& submission) {
    const std::vector<std::string> own = own_names(submission);
    std::vector<FindingInAnswer> all;
    for_each_text(form, submission, [&](const form::Node& node, const form::Answer& answer) {
        if (node.name == "quote_name") {
            return;  // given to be named by
        }
        for (const Finding& finding : findings_in(answer.value, own)) {
            all.push_back({answer.path, finding});
        }
    });
    return all;
}

std::vector<FindingKind> kinds_in(const form::Form& form, const submission::Submission& submission) {
    std::vector<FindingKind> kinds;
    for (const FindingInAnswer& one : findings_of(form, submission)) {
        kinds.push_back(one.finding.kind);
    }
    std::ranges::sort(kinds);
    const auto rest = std::ranges::unique(kinds);
    kinds.erase(rest.begin(), rest.end());
    return kinds;
}

base::Result<void> mark_reviewed(Workspace& workspace, const Editor& editor, ResponseId response, FindingKind kind) {
    TRY(make_change(workspace, editor, {CellKind::reviewed, response, std::string(name_of(kind)), "1"}));
    return {};
}

}  // namespace pillarbox::workspace
