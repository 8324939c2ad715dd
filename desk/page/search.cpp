// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/page/search.hpp"

#include <fmt/format.h>

#include <charconv>
#include <functional>

#include "core/base/day.hpp"
#include "desk/exports/words.hpp"

namespace pillarbox::page {
namespace {

using exports::Consent;
using workspace::FindingKind;
using workspace::Status;

std::string field_of(const http::Form& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

base::Result<std::optional<base::Day>> day_of(const http::Form& fields, std::string_view name) {
    const std::string text = field_of(fields, name);
    if (text.empty()) {
        return std::optional<base::Day>();
    }
    const auto day = base::parse_day(text);
    if (!day.has_value()) {
        return base::fail(base::ErrorCode::usage, {}, "A day is written as 2023-01-20.");
    }
    return std::optional(*day);
}

constexpr std::array<std::pair<Consent, std::string_view>, 3> consents = {{
    {Consent::none, "none"},
    {Consent::without_name, "without_name"},
    {Consent::by_name, "by_name"},
}};

std::string_view name_of(Consent consent) {
    return consents.at(static_cast<std::size_t>(consent)).second;
}

void for_each_question(const std::vector<form::Node>& nodes, const std::function<void(const form::Node&)>& use) {
    for (const form::Node& node : nodes) {
        node.is_container() ? for_each_question(node.children, use) : use(node);
    }
}

Options choices_of(const form::Form& form, std::string_view question) {
    Options options{{"", "Any"}};
    const form::Node* node = question_named(form, question);
    const form::ChoiceList* list = node == nullptr ? nullptr : form.choices_of(*node);
    if (list != nullptr) {
        for (const form::Choice& choice : list->choices) {
            options.emplace_back(choice.name, choice_in_words(form, question, choice.name));
        }
    }
    return options;
}

bool is_choice(const form::Node& node) {
    return node.type == form::NodeType::select_one || node.type == form::NodeType::select_multiple;
}

// One list for all questions: "question=choice".
void write_answer_filter(Markup& markup, const form::Form& form, const std::string& chosen) {
    markup.open("div", {{"class", "field wide"}}).leaf("label", "Answer to a question", {{"for", "answer"}});
    markup.open("select", {{"id", "answer"}, {"name", "answer"}}).leaf("option", "Any", {{"value", ""}});
    for_each_question(form.nodes, [&](const form::Node& node) {
        const form::ChoiceList* list = is_choice(node) ? form.choices_of(node) : nullptr;
        if (list == nullptr) {
            return;
        }
        markup.open("optgroup", {{"label", exports::question_in_words(form, node, form.default_language)}});
        for (const form::Choice& choice : list->choices) {
            const std::string value = node.name + "=" + choice.name;
            markup.leaf("option", exports::answer_in_words(form, node, choice.name, form.default_language),
                        {{"value", value}, {value == chosen ? "selected" : "", ""}});
        }
        markup.close();
    });
    markup.close().close();
}

void write_day(Markup& markup, std::string_view name, std::string_view label, const std::string& value) {
    markup.open("div", {{"class", "field"}}).leaf("label", label, {{"for", name}});
    markup.lone("input", {{"id", name}, {"name", name}, {"type", "date"}, {value.empty() ? "" : "value", value}});
    markup.close();
}

Options code_options(const std::vector<workspace::Code>& codes) {
    Options options{{"", "Any"}};
    for (const workspace::Code& code : codes) {
        options.emplace_back(code.name, code.label);
    }
    return options;
}

}  // namespace

const std::vector<Status>& statuses() {
    static const std::vector<Status> all{Status::unread, Status::read, Status::attention, Status::done,
                                         Status::set_aside};
    return all;
}

const std::vector<FindingKind>& finding_kinds() {
    static const std::vector<FindingKind> all{FindingKind::safeguarding, FindingKind::court, FindingKind::allegation,
                                              FindingKind::person,       FindingKind::phone, FindingKind::email};
    return all;
}

std::string words_of(Status status) {
    switch (status) {
        case Status::unread:
            return "Unread";
        case Status::read:
            return "Read";
        case Status::attention:
            return "Needs attention";
        case Status::done:
            return "Done";
        case Status::set_aside:
            return "Set aside";
    }
    return {};
}

std::string words_of(Consent consent) {
    switch (consent) {
        case Consent::none:
            return "Do not quote";
        case Consent::without_name:
            return "Quote without name";
        case Consent::by_name:
            return "Quote by name";
    }
    return {};
}

std::string words_of(FindingKind kind) {
    switch (kind) {
        case FindingKind::person:
            return "Names";
        case FindingKind::phone:
            return "Phone numbers";
        case FindingKind::email:
            return "E-mail addresses";
        case FindingKind::allegation:
            return "Allegations";
        case FindingKind::court:
            return "Court cases";
        case FindingKind::safeguarding:
            return "Safeguarding";
    }
    return {};
}

const form::Node* question_named(const form::Form& form, std::string_view name) {
    const form::Node* found = nullptr;
    for_each_question(form.nodes,
                      [&](const form::Node& node) { found = found == nullptr && node.name == name ? &node : found; });
    return found;
}

std::string choice_in_words(const form::Form& form, std::string_view question, std::string_view choice) {
    const form::Node* node = question_named(form, question);
    return node == nullptr ? std::string(choice)
                           : exports::answer_in_words(form, *node, choice, form.default_language);
}

base::Result<Search> parse_search(const http::Form& fields) {
    Search search;
    workspace::Filter& filter = search.filter;
    filter.words = field_of(fields, "words");
    filter.respondent = field_of(fields, "respondent");
    filter.borough = field_of(fields, "borough");
    filter.station = field_of(fields, "station");
    filter.language = field_of(fields, "language");
    filter.tag = field_of(fields, "tag");
    filter.from = TRY(day_of(fields, "from"));
    filter.until = TRY(day_of(fields, "until"));
    const std::string answer = field_of(fields, "answer");
    if (const std::size_t equals = answer.find('='); equals != std::string::npos) {
        filter.answers.emplace_back(answer.substr(0, equals), answer.substr(equals + 1));
    }
    if (const auto status = workspace::parse_status(field_of(fields, "status")); status.has_value()) {
        filter.status = *status;
    }
    if (const auto kind = workspace::parse_finding_kind(field_of(fields, "finding")); kind.has_value()) {
        filter.finding = *kind;
    }
    for (const auto& [consent, name] : consents) {
        if (field_of(fields, "consent") == name) {
            filter.consent = consent;
        }
    }
    const std::string help = field_of(fields, "help");
    filter.help = help == "alone"      ? workspace::Help::alone
                  : help == "assisted" ? workspace::Help::assisted
                                       : workspace::Help::any;
    const std::string at = field_of(fields, "at");
    std::from_chars(at.data(), at.data() + at.size(), search.at);
    search.at = std::max<std::uint64_t>(search.at, 1);
    return search;
}

std::string escape_in_query(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    std::string escaped;
    for (const char letter : text) {
        escaped += plain.contains(letter) ? std::string(1, letter)
                                          : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return escaped;
}

std::string query_of(const Search& search) {
    const workspace::Filter& filter = search.filter;
    std::string query;
    const auto add = [&query](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            query += fmt::format("{}{}={}", query.empty() ? "" : "&", name, escape_in_query(value));
        }
    };
    add("words", filter.words);
    add("respondent", filter.respondent);
    add("borough", filter.borough);
    add("station", filter.station);
    add("language", filter.language);
    add("tag", filter.tag);
    add("from", filter.from.has_value() ? base::format_day(*filter.from) : "");
    add("until", filter.until.has_value() ? base::format_day(*filter.until) : "");
    for (const auto& [question, choice] : filter.answers) {
        add("answer", question + "=" + choice);
    }
    add("status", filter.status.has_value() ? workspace::name_of(*filter.status) : "");
    add("finding", filter.finding.has_value() ? workspace::name_of(*filter.finding) : "");
    add("consent", filter.consent.has_value() ? name_of(*filter.consent) : "");
    add("help", filter.help == workspace::Help::any        ? ""
                : filter.help == workspace::Help::assisted ? "assisted"
                                                           : "alone");
    add("at", search.at > 1 ? std::to_string(search.at) : "");
    return query;
}

bool is_narrowed(const workspace::Filter& filter) {
    return !query_of({filter, 1}).empty();
}

void write_filters(Markup& markup, const form::Form& form, const std::vector<workspace::Code>& codes,
                   const http::Form& fields) {
    const auto value = [&fields](std::string_view name) { return field_of(fields, name); };
    Options status{{"", "Any"}}, language{{"", "Any"}}, finding{{"", "Any"}}, consent{{"", "Any"}};
    for (const Status one : statuses()) {
        status.emplace_back(workspace::name_of(one), words_of(one));
    }
    for (const std::string& code : form.languages) {
        language.emplace_back(code, language_in_words(code));
    }
    for (const FindingKind kind : finding_kinds()) {
        finding.emplace_back(workspace::name_of(kind), words_of(kind));
    }
    for (const auto& [one, name] : consents) {
        consent.emplace_back(name, words_of(one));
    }
    auto search = parse_search(fields);
    if (search.has_value()) {
        search->filter.words.clear();
    }
    const bool opened = !search.has_value() || is_narrowed(search->filter);
    markup.open("form", {{"method", "get"}, {"action", "/responses"}, {"role", "search"}, {"class", "filters"}});
    markup.open("div", {{"class", "search"}}).leaf("label", "Search the answers", {{"for", "words"}});
    const std::string words = value("words");
    markup.open("div", {{"class", "search-row"}});
    markup.lone("input", {{"id", "words"},
                          {"name", "words"},
                          {"type", "search"},
                          {words.empty() ? "" : "value", words},
                          {"dir", "auto"},
                          {"autocomplete", "off"},
                          {"aria-describedby", "words-hint"}});
    markup.leaf("button", "Search", {{"class", "button"}}).close();
    markup.leaf("div", "All words have to be there. Put \"quotation marks\" around words that stand together.",
                {{"id", "words-hint"}, {"class", "hint"}});
    markup.close();
    markup.open("details", {{opened ? "open" : "", ""}}).leaf("summary", "Filters");
    markup.open("div", {{"class", "grid"}});
    write_select(markup, "status", "Status", status, value("status"));
    write_select(markup, "tag", "Tag", code_options(codes), value("tag"));
    write_select(markup, "finding", "Hint to check", finding, value("finding"));
    write_select(markup, "consent", "Consent to quote", consent, value("consent"));
    write_select(markup, "respondent", "Respondent", choices_of(form, "respondent"), value("respondent"));
    write_select(markup, "borough", "Borough", choices_of(form, "borough"), value("borough"));
    write_select(markup, "language", "Language", language, value("language"));
    write_select(markup, "help", "Help with typing",
                 {{"", "Any"}, {"alone", "Typed by themselves"}, {"assisted", "Typed by staff"}}, value("help"));
    write_text_field(markup, "station", "Kiosk", {}, value("station"));
    write_day(markup, "from", "From", value("from"));
    write_day(markup, "until", "Until", value("until"));
    write_answer_filter(markup, form, value("answer"));
    markup.close();
    markup.open("div", {{"class", "buttons"}}).leaf("button", "Apply filters", {{"class", "button second"}});
    markup.link("/responses", "Clear all").close();
    markup.close().close();
}

}  // namespace pillarbox::page
