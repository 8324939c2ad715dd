// SPDX-License-Identifier: GPL-3.0-or-later
//
// The codebook, the quotes bank, the agreement of two coders, suspected duplicates and the audit trail.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "desk/page/asked.hpp"
#include "desk/page/response_page.hpp"
#include "desk/workspace/duplicates.hpp"
#include "desk/workspace/officer_fields.hpp"
#include "desk/workspace/quotes.hpp"

namespace pillarbox::page {
namespace {

constexpr std::size_t trail_lines_max = 500;

void open_table(Markup& markup, std::string_view caption, std::initializer_list<std::string_view> heads,
                std::string_view style = "list") {
    markup.open("table", {{"class", style}}).leaf("caption", caption, {{"class", "hidden"}});
    markup.open("thead").open("tr");
    for (const std::string_view head : heads) {
        markup.leaf("th", head, {{"scope", "col"}});
    }
    markup.close().close().open("tbody");
}

std::string label_in(const std::vector<workspace::Code>& codes, const std::string& name) {
    const auto found = std::ranges::find(codes, name, &workspace::Code::name);
    return found == codes.end() ? name : found->label;
}

void write_code_form(Markup& markup, const View& view) {
    markup.leaf("h2", "Add or rename a code");
    open_form(markup, view, "/codebook", {{"do", "set"}, {"to", "codebook"}}, "narrow");
    write_text_field(markup, "name", "Name",
                     "Letters a to z, digits, _ and -. A name that is there gets a new label.", {});
    write_text_field(markup, "label", "Label", "What coders see.", {});
    write_text_field(markup, "theme", "Theme", "The report adds up codes of one theme. Empty: of none.", {});
    markup.leaf("button", "Save the code", {{"class", "button"}}).close();
}

void write_fields(Markup& markup, const std::vector<workspace::OfficerField>& fields, const View& view) {
    markup.leaf("h2", "Officers' questions");
    markup.leaf("p",
                "You answer them beside a response; respondents never see them. They leave the desk in the full "
                "export only.");
    if (!fields.empty()) {
        markup.open("ul", {{"class", "items"}});
        for (const workspace::OfficerField& field : fields) {
            markup.open("li").open("span").text(field.label + " ").leaf("code", field.name).close();
            write_button_form(markup, view, "/field", {{"do", "remove"}, {"name", field.name}, {"to", "codebook"}},
                              "Remove", "the question " + field.label);
            markup.close();
        }
        markup.close();
    }
    open_form(markup, view, "/field", {{"do", "set"}, {"to", "codebook"}}, "narrow");
    const auto field_of = [&markup](std::string_view id, std::string_view name, std::string_view label) {
        markup.open("div", {{"class", "field"}}).leaf("label", label, {{"for", id}});
        markup.lone("input",
                    {{"id", id}, {"name", name}, {"type", "text"}, {"autocomplete", "off"}, {"dir", "auto"}});
        markup.close();
    };
    field_of("field-name", "name", "Name of the question");
    field_of("field-label", "label", "What it asks");
    markup.open("div", {{"class", "field"}}).leaf("label", "Choices, one a line", {{"for", "choices"}});
    markup.leaf("div", "Leave this empty for an answer in words.", {{"id", "choices-hint"}, {"class", "hint"}});
    markup.leaf("textarea", "",
                {{"id", "choices"}, {"name", "choices"}, {"rows", "4"}, {"aria-describedby", "choices-hint"}});
    markup.close().leaf("button", "Save the question", {{"class", "button second"}}).close();
}

std::string in_words(double kappa) {
    return std::isnan(kappa) ? std::string("\xE2\x80\x93") : fmt::format("{:.2f}", kappa);
}

Options coder_options(const std::set<std::string>& coders) {
    Options options;
    for (const std::string& coder : coders) {
        options.emplace_back(coder, coder);
    }
    return options;
}

}  // namespace

Site::Answer Site::codebook(const Asked& asked) {
    const auto codes = TRY(workspace::codebook(workspace_));
    std::map<std::string, std::set<workspace::ResponseId>> used;
    for (const workspace::Tag& tag : TRY(workspace::all_tags(workspace_))) {
        used[tag.code].insert(tag.response);
    }
    const auto fields = TRY(workspace::officer_fields(workspace_));
    const View here = view(Place::codebook);
    base::Result<void> written;
    auto response = page(200, here, "Codebook", [&](Markup& markup) {
        written = write_done(markup, asked, here);
        markup.leaf("h1", "Codebook");
        markup.leaf("p", "The themes by which responses are tagged. It began with the campaign's own themes.",
                    {{"class", "lead"}});
        open_table(markup, "Codes", {"Label", "Name", "Theme", "Responses", "Remove"});
        for (const workspace::Code& code : codes) {
            const std::size_t count = used[code.name].size();
            markup.open("tr").leaf("th", code.label, {{"scope", "row"}});
            markup.open("td", {{"data-label", "Name"}}).leaf("code", code.name).close();
            markup.leaf("td", code.theme, {{"data-label", "Theme"}, {"dir", "auto"}});
            markup.open("td", {{"data-label", "Responses"}, {"class", "figure"}});
            markup.link("/responses?tag=" + escape_in_query(code.name), grouped(count)).close();
            markup.open("td");
            if (count == 0) {
                write_button_form(markup, here, "/codebook",
                                  {{"do", "remove"}, {"name", code.name}, {"to", "codebook"}}, "Remove",
                                  "the code " + code.label, "link");
            }
            markup.close().close();
        }
        markup.close().close();
        write_code_form(markup, here);
        write_fields(markup, fields, here);
    });
    TRY(std::move(written));
    return response;
}

Site::Answer Site::quotes(const Asked& /*asked*/) {
    const auto quotes = TRY(workspace::quotes(workspace_));
    const auto picked = TRY(workspace::cells_of(workspace_, workspace::CellKind::quote));
    return page(200, view(Place::quotes), "Quotes", [&](Markup& markup) {
        markup.leaf("h1", "Quotes");
        markup.leaf(
            "p", "Only what each respondent allowed, under the name they allowed. Add quotes from a response's page.",
            {{"class", "lead"}});
        if (picked.size() > quotes.size()) {
            markup.open("div", {{"class", "inset"}});
            markup.leaf("p",
                        fmt::format("{} may not be told now and {} left out: a redaction or the consent says so.",
                                    plural(picked.size() - quotes.size(), "quote", "quotes"),
                                    picked.size() - quotes.size() == 1 ? "is" : "are"));
            markup.close();
        }
        if (quotes.empty()) {
            markup.leaf("p", "No quote was picked yet.");
        }
        for (const workspace::Quote& quote : quotes) {
            markup.open("figure", {{"class", "quote"}});
            markup.leaf("blockquote", quote.text, {{"dir", "auto"}, {"lang", quote.language}});
            markup.open("figcaption").text(quote.attribution + " ");
            markup.link(fmt::format("/response/{}", quote.response), fmt::format("Response {}", quote.response));
            markup.close().close();
        }
    });
}

Site::Answer Site::agreement(const Asked& asked) {
    std::set<std::string> coders;
    for (const workspace::Tag& tag : TRY(workspace::all_tags(workspace_))) {
        coders.insert(tag.coder);
    }
    for (const workspace::Cell& cell : TRY(workspace::cells_of(workspace_, workspace::CellKind::coded))) {
        coders.insert(cell.key);
    }
    const auto codes = TRY(workspace::codebook(workspace_));
    const std::string first = Asked::value(asked.query, "first"), second = Asked::value(asked.query, "second");
    const bool is_asked = coders.contains(first) && coders.contains(second) && first != second;
    std::vector<workspace::Agreement> all;
    if (is_asked) {
        all = TRY(workspace::agreement(workspace_, first, second));
    }
    return page(200, view(Place::agreement), "Agreement", [&](Markup& markup) {
        markup.leaf("h1", "Agreement of two coders");
        markup.leaf("p",
                    "Cohen's kappa for each code, over the responses that both have coded: 1 is full agreement, 0 "
                    "is what chance would give.",
                    {{"class", "lead"}});
        if (coders.size() < 2) {
            markup.leaf("p", "Two coders are needed. The second one starts the desk under another name.");
            return;
        }
        markup.open("form", {{"method", "get"}, {"action", "/agreement"}, {"class", "row start"}});
        write_select(markup, "first", "First coder", coder_options(coders), is_asked ? first : *coders.begin());
        write_select(markup, "second", "Second coder", coder_options(coders), is_asked ? second : *coders.rbegin());
        markup.leaf("button", "Compare", {{"class", "button second"}}).close();
        if (!is_asked) {
            return;
        }
        open_table(markup, "Agreement by code", {"Code", "Both", "First only", "Second only", "Neither", "Kappa"});
        for (const workspace::Agreement& one : all) {
            markup.open("tr").leaf("th", label_in(codes, one.code), {{"scope", "row"}});
            const auto figure = [&markup](std::string_view label, std::string_view text) {
                markup.leaf("td", text, {{"data-label", label}, {"class", "figure"}});
            };
            figure("Both", grouped(one.both));
            figure("First only", grouped(one.first_only));
            figure("Second only", grouped(one.second_only));
            figure("Neither", grouped(one.neither));
            figure("Kappa", in_words(one.kappa()));
            markup.close();
        }
        markup.close().close();
    });
}

Site::Answer Site::duplicates(const Asked& /*asked*/) {
    const auto groups = TRY(workspace::suspected_duplicates(workspace_));
    const View here = view(Place::duplicates);
    return page(200, here, "Duplicates", [&](Markup& markup) {
        markup.leaf("h1", "Suspected duplicates");
        markup.leaf(
            "p",
            "These responses share a long answer. It may be one person twice, or a text that many sent; every one "
            "counts until you set it aside.",
            {{"class", "lead"}});
        if (groups.empty()) {
            markup.leaf("p", "None are suspected.");
        }
        for (std::size_t number = 0; number < groups.size(); ++number) {
            markup.open("section", {{"class", "box"}}).leaf("h2", fmt::format("Group {}", number + 1));
            markup.open("ul", {{"class", "items"}});
            for (const workspace::ResponseId id : groups[number]) {
                const std::string name = fmt::format("Response {}", id);
                markup.open("li").link(fmt::format("/response/{}", id), name).open("span", {{"class", "actions"}});
                write_button_form(markup, here, fmt::format("/response/{}/different", id), {}, "Not a duplicate",
                                  name);
                write_button_form(markup, here, fmt::format("/response/{}/status", id), {{"status", "set_aside"}},
                                  "Set aside", name);
                markup.close().close();
            }
            markup.close().close();
        }
    });
}

Site::Answer Site::trail(const Asked& asked) {
    auto lines = TRY(workspace::audit_trail(workspace_));
    const std::size_t all = lines.size();
    if (all > trail_lines_max) {
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(trail_lines_max));
    }
    const View here = view(Place::trail);
    base::Result<void> written;
    auto response = page(200, here, "Audit trail", [&](Markup& markup) {
        written = write_done(markup, asked, here);
        markup.leaf("h1", "Audit trail");
        markup.leaf("p", "Every change, with who made it and on which day. It never holds what anybody wrote.",
                    {{"class", "lead"}});
        if (lines.empty()) {
            markup.leaf("p", "Nothing was changed yet.");
            return;
        }
        if (all > lines.size()) {
            markup.leaf("p", fmt::format("The latest {} of {} changes.", grouped(lines.size()), grouped(all)));
        }
        write_history(markup, lines, here, 0);
    });
    TRY(std::move(written));
    return response;
}

}  // namespace pillarbox::page
