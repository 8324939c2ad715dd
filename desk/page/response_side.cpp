// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands beside the answers: how far along the response is, hints, tags, notes, quotes and redactions.
#include <fmt/format.h>

#include <algorithm>

#include "desk/exports/consent.hpp"
#include "desk/exports/words.hpp"
#include "desk/page/response_page.hpp"

namespace pillarbox::page {
namespace {

std::string path_of(const ResponseParts& parts, std::string_view what) {
    return fmt::format("/response/{}/{}", parts.id, what);
}

void open_box(Markup& markup, std::string_view title) {
    markup.open("section", {{"class", "box"}}).leaf("h2", title);
}

void write_status(Markup& markup, const ResponseParts& parts, const View& view) {
    open_box(markup, "Status");
    Options options;
    for (const workspace::Status status : statuses()) {
        options.emplace_back(workspace::name_of(status), words_of(status));
    }
    open_form(markup, view, path_of(parts, "status"), {{"search", parts.search}}, "row");
    write_select(markup, "status", "How far along it is", options, workspace::name_of(parts.status));
    markup.leaf("button", "Save", {{"class", "button second"}}).close().close();
}

void write_hints(Markup& markup, const ResponseParts& parts, const View& view) {
    if (parts.to_check.empty()) {
        return;
    }
    open_box(markup, "To check");
    markup.leaf("p", "Marked by a program, decided by you.", {{"class", "soft"}});
    markup.open("ul", {{"class", "items"}});
    for (const workspace::FindingKind kind : parts.to_check) {
        const auto count = static_cast<std::uint64_t>(
            std::ranges::count_if(parts.findings, [&](const auto& one) { return one.finding.kind == kind; }));
        markup.open("li").leaf("span", fmt::format("{}: {}", words_of(kind), plural(count, "passage", "passages")));
        write_button_form(markup, view, path_of(parts, "reviewed"),
                          {{"kind", std::string(workspace::name_of(kind))}, {"search", parts.search}},
                          "I have looked", fmt::format("at {}", words_of(kind)));
        markup.close();
    }
    markup.close().close();
}

std::string label_of(const ResponseParts& parts, const std::string& code) {
    const auto found = std::ranges::find(parts.codes, code, &workspace::Code::name);
    return found == parts.codes.end() ? code : found->label;
}

// "In answer to": the response as a whole, or one of its texts. Empty where there is no text.
Options place_options(const form::Form& form, const ResponseParts& parts) {
    Options options{{"", "The response as a whole"}};
    for (const form::Answer& answer : parts.record.submission.answers) {
        const form::Node* node = form.find(exports::without_positions(answer.path));
        if (node == nullptr || !exports::is_evidence_text(*node)) {
            continue;
        }
        // Two questions may read alike: the page they were asked on tells them apart.
        const form::Node* group = form.find(node->path.substr(0, node->path.rfind('/')));
        std::string words = exports::question_in_words(form, *node, form.default_language);
        if (group != nullptr && group->is_container()) {
            words = exports::question_in_words(form, *group, form.default_language) + ": " + words;
        }
        options.emplace_back(answer.path, words);
    }
    return options;
}

void write_tags(Markup& markup, const form::Form& form, const ResponseParts& parts, const View& view) {
    const Options places = place_options(form, parts);
    open_box(markup, "Your tags");
    if (!parts.own_tags.empty()) {
        markup.open("ul", {{"class", "items"}});
        for (const workspace::Tag& tag : parts.own_tags) {
            const std::string label = label_of(parts, tag.code);
            const auto place = std::ranges::find(places, tag.path, &Options::value_type::first);
            markup.open("li").leaf("span", label, {{"class", "tag"}});
            if (!tag.path.empty() && place != places.end()) {
                markup.leaf("span", "in " + place->second, {{"class", "soft"}});
            }
            write_button_form(markup, view, path_of(parts, "tag"),
                              {{"do", "remove"}, {"code", tag.code}, {"path", tag.path}, {"search", parts.search}},
                              "Remove", "the tag " + label);
            markup.close();
        }
        markup.close();
    }
    Options options;
    for (const workspace::Code& code : parts.codes) {
        // As a whole, or in every text: then there is nothing left to add.
        const auto given =
            static_cast<std::size_t>(std::ranges::count(parts.own_tags, code.name, &workspace::Tag::code));
        if (given < places.size()) {
            options.emplace_back(code.name, code.label);
        }
    }
    if (!options.empty()) {
        open_form(markup, view, path_of(parts, "tag"), {{"do", "add"}, {"search", parts.search}},
                  places.size() > 1 ? "" : "row");
        write_select(markup, "code", "Add a tag", options, {});
        if (places.size() > 1) {
            write_select(markup, "path", "Where it stands", places, {});
        }
        markup.leaf("button", "Add", {{"class", "button second"}}).close();
    }
    if (parts.is_coded) {
        markup.leaf("p", "You have finished coding this response.", {{"class", "soft"}});
    } else {
        write_button_form(markup, view, path_of(parts, "coded"), {{"search", parts.search}},
                          "I have finished coding");
    }
    markup.close();
}

void write_fields(Markup& markup, const ResponseParts& parts, const View& view) {
    if (parts.fields.empty()) {
        return;
    }
    open_box(markup, "Officers' questions");
    for (const workspace::OfficerField& field : parts.fields) {
        const auto answer = std::ranges::find(parts.field_answers, field.name, &workspace::OfficerAnswer::field);
        const std::string value = answer == parts.field_answers.end() ? std::string() : answer->value;
        const std::string input = "field-" + field.name;
        open_form(markup, view, path_of(parts, "field"), {{"name", field.name}, {"search", parts.search}}, "row");
        if (field.choices.empty()) {
            write_text_field(markup, input, field.label, {}, value);
        } else {
            Options options{{"", "No answer"}};
            for (const std::string& choice : field.choices) {
                options.emplace_back(choice, choice);
            }
            write_select(markup, input, field.label, options, value);
        }
        markup.open("button", {{"class", "button second"}}).text("Save");
        markup.leaf("span", " " + field.label, {{"class", "hidden"}}).close().close();
    }
    markup.close();
}

void write_notes(Markup& markup, const ResponseParts& parts, const View& view) {
    open_box(markup, "Notes");
    if (!parts.notes.empty()) {
        markup.open("ul", {{"class", "items"}});
        for (const workspace::Note& note : parts.notes) {
            markup.open("li").leaf("span", note.text, {{"class", "written"}, {"dir", "auto"}});
            write_button_form(markup, view, path_of(parts, "note"),
                              {{"do", "remove"}, {"key", note.key}, {"search", parts.search}}, "Remove",
                              "the note " + note.text.substr(0, note.text.find(' ')));
            markup.close();
        }
        markup.close();
    }
    open_form(markup, view, path_of(parts, "note"), {{"do", "add"}, {"search", parts.search}});
    markup.open("div", {{"class", "field"}}).leaf("label", "Add a note", {{"for", "note"}});
    markup.leaf("textarea", "", {{"id", "note"}, {"name", "text"}, {"rows", "3"}, {"dir", "auto"}, {"required", ""}});
    markup.close().leaf("button", "Add the note", {{"class", "button second"}}).close().close();
}

void write_quotes(Markup& markup, const ResponseParts& parts, const View& view) {
    if (parts.quotes.empty()) {
        return;
    }
    open_box(markup, "Quotes from here");
    markup.open("ul", {{"class", "items"}});
    for (const PickedQuote& quote : parts.quotes) {
        markup.open("li").leaf("q", quote.text, {{"dir", "auto"}, {"lang", parts.record.submission.language}});
        write_button_form(markup, view, path_of(parts, "unquote"), {{"passage", quote.key}, {"search", parts.search}},
                          "Drop", "this quote");
        markup.close();
    }
    markup.close().close();
}

void write_redactions(Markup& markup, const ResponseParts& parts, const View& view) {
    if (parts.redactions.empty()) {
        return;
    }
    open_box(markup, "Redactions");
    markup.open("ul", {{"class", "items"}});
    for (const workspace::Redaction& redaction : parts.redactions) {
        markup.open("li").leaf("span", redaction.reason, {{"class", "written"}, {"dir", "auto"}});
        write_button_form(markup, view, path_of(parts, "unredact"),
                          {{"passage", workspace::key_of(redaction.passage)}, {"search", parts.search}}, "Take back",
                          "the redaction: " + redaction.reason);
        markup.close();
    }
    markup.close().close();
}

}  // namespace

void write_side(Markup& markup, const form::Form& form, const ResponseParts& parts, const View& view) {
    markup.open("div", {{"class", "side"}});
    write_status(markup, parts, view);
    write_hints(markup, parts, view);
    write_tags(markup, form, parts, view);
    write_fields(markup, parts, view);
    write_notes(markup, parts, view);
    write_quotes(markup, parts, view);
    write_redactions(markup, parts, view);
    markup.close();
}

void write_way(Markup& markup, const Search& search, const Neighbours& neighbours) {
    markup.open("nav", {{"class", "way"}, {"aria-label", "In the list"}});
    const auto link_to = [&](workspace::ResponseId id, std::uint64_t at, std::string_view words) {
        Search other = search;
        other.at = at;
        markup.link(fmt::format("/response/{}?{}", id, query_of(other)), words);
    };
    Search list = search;
    list.at = (search.at - 1) / responses_on_a_page * responses_on_a_page + 1;
    markup.link("/responses?" + query_of(list), "Back to the list");
    if (neighbours.at > 0) {
        markup.leaf("span", fmt::format("{} of {}", grouped(neighbours.at), grouped(neighbours.total)));
    }
    if (neighbours.before > 0) {
        link_to(neighbours.before, neighbours.at - 1, "Previous response");
    }
    if (neighbours.after > 0) {
        link_to(neighbours.after, neighbours.at + 1, "Next response");
    }
    markup.close();
}

void write_history(Markup& markup, const std::vector<workspace::TrailLine>& trail, const View& view,
                   workspace::ResponseId response) {
    markup.open("table", {{"class", "list trail"}})
        .leaf("caption", "Changes, the latest first", {{"class", "hidden"}});
    markup.open("thead").open("tr");
    for (const char* head : {"Event", "Day", "Who", "What", "Undo"}) {
        markup.leaf("th", head, {{"scope", "col"}});
    }
    markup.close().close().open("tbody");
    for (auto line = trail.rbegin(); line != trail.rend(); ++line) {
        const std::string number = std::to_string(line->event);
        markup.open("tr").leaf("th", number, {{"scope", "row"}});
        markup.leaf("td", day_in_words(line->day), {{"data-label", "Day"}});
        markup.leaf("td", line->who, {{"data-label", "Who"}}).open("td", {{"data-label", "What"}}).text(line->what);
        if (response == 0 && line->response > 0) {
            markup.text(" ").link(fmt::format("/response/{}", line->response),
                                  fmt::format("Response {}", line->response));
        }
        markup.close().open("td");
        if (line->can_be_undone) {
            write_button_form(markup, view, "/undo",
                              {{"event", number}, {"response", std::to_string(response)}, {"to", "trail"}}, "Undo",
                              "event " + number, "link");
        }
        markup.close().close();
    }
    markup.close().close();
}

}  // namespace pillarbox::page
