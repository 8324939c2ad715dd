// SPDX-License-Identifier: GPL-3.0-or-later
//
// The overview, the list of responses and the queue of what is to be checked.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/utf8.hpp"
#include "desk/exports/consent.hpp"
#include "desk/page/asked.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/duplicates.hpp"
#include "desk/workspace/intake.hpp"
#include "desk/workspace/quotes.hpp"
#include "desk/workspace/redaction.hpp"

namespace pillarbox::page {
namespace {

using workspace::Listed;

constexpr std::size_t excerpt_size_bytes_max = 220;

std::string shortened(std::string text) {
    if (text.size() <= excerpt_size_bytes_max) {
        return text;
    }
    return std::string(base::head_of(text, excerpt_size_bytes_max)) + "\xE2\x80\xA6";
}

// The beginning of the longest text, without what was redacted.
base::Result<std::string> excerpt_of(workspace::Workspace& workspace, workspace::ResponseId id) {
    const exports::Record whole = TRY(workspace::read_response(workspace, id));
    const exports::Record record = workspace::redacted(whole, TRY(workspace::redactions_of(workspace, id)));
    std::string longest;
    for (const form::Answer& answer : record.submission.answers) {
        const form::Node* node = workspace.form().find(exports::without_positions(answer.path));
        if (node != nullptr && exports::is_evidence_text(*node) && answer.value.size() > longest.size()) {
            longest = answer.value;
        }
    }
    return shortened(std::move(longest));
}

void write_cell(Markup& markup, std::string_view label, std::string_view text) {
    markup.leaf("td", text, {{"data-label", label}});
}

base::Result<void> write_row(Markup& markup, workspace::Workspace& workspace, const Listed& one,
                             const Search& search) {
    const form::Form& form = workspace.form();
    const std::string excerpt = TRY(excerpt_of(workspace, one.id));
    markup.open("tr").open("th", {{"scope", "row"}, {"class", "lead"}});
    markup.link(fmt::format("/response/{}?{}", one.id, query_of(search)), fmt::format("Response {}", one.id));
    if (!excerpt.empty()) {
        markup.leaf("p", excerpt, {{"class", "excerpt"}, {"dir", "auto"}, {"lang", one.language}});
    }
    markup.close();
    write_cell(markup, "Day", day_in_words(one.day));
    markup.open("td", {{"data-label", "From"}});
    markup.text(choice_in_words(form, "respondent", one.respondent));
    if (!one.borough.empty()) {
        markup.leaf("div", choice_in_words(form, "borough", one.borough), {{"class", "soft"}});
    }
    markup.close();
    write_cell(markup, "Language", language_in_words(one.language) + (one.assisted ? ", typed by staff" : ""));
    write_cell(markup, "Consent", words_of(one.consent));
    markup.open("td", {{"data-label", "Status"}});
    markup.leaf("span", words_of(one.status), {{"class", fmt::format("badge {}", workspace::name_of(one.status))}});
    markup.close().close();
    return {};
}

void write_pages(Markup& markup, const Search& search, std::uint64_t total) {
    if (total <= responses_on_a_page) {
        return;
    }
    const std::uint64_t current = (search.at - 1) / responses_on_a_page;
    const std::uint64_t last = (total - 1) / responses_on_a_page;
    const auto link_to = [&](std::uint64_t number, std::string_view words) {
        Search other = search;
        other.at = number * responses_on_a_page + 1;
        markup.link("/responses?" + query_of(other), words);
    };
    markup.open("nav", {{"class", "pages"}, {"aria-label", "Pages of the list"}});
    if (current > 0) {
        link_to(current - 1, "Previous page");
    }
    markup.leaf("span", fmt::format("Page {} of {}", grouped(current + 1), grouped(last + 1)));
    if (current < last) {
        link_to(current + 1, "Next page");
    }
    markup.close();
}

void write_number(Markup& markup, std::uint64_t number, std::string_view words, std::string_view path) {
    markup.open("li").open("a", {{"href", path}});
    markup.leaf("span", grouped(number), {{"class", "number"}});
    markup.leaf("span", words, {{"class", "words"}});
    markup.close().close();
}

std::uint64_t count_of(const workspace::Totals& totals, workspace::Status status) {
    const auto found = std::ranges::find(totals.by_status, workspace::name_of(status),
                                         &std::pair<std::string, std::uint64_t>::first);
    return found == totals.by_status.end() ? 0 : found->second;
}

struct Waiting {
    workspace::FindingKind kind;
    std::uint64_t responses;
};
base::Result<std::vector<Waiting>> waiting_findings(workspace::Workspace& workspace) {
    std::vector<Waiting> waiting;
    for (const workspace::FindingKind kind : finding_kinds()) {
        const auto listing = TRY(workspace::list(workspace, {.finding = kind}, 0, 0));
        waiting.push_back({kind, listing.total});
    }
    return waiting;
}

void write_statuses(Markup& markup, const workspace::Totals& totals) {
    markup.leaf("h2", "How far we are");
    markup.open("ul", {{"class", "numbers"}});
    for (const workspace::Status status : statuses()) {
        write_number(markup, count_of(totals, status), words_of(status),
                     fmt::format("/responses?status={}", workspace::name_of(status)));
    }
    markup.close();
}

void write_taken_in(Markup& markup, const workspace::Totals& totals) {
    markup.leaf("h2", "What was taken in").open("dl", {{"class", "summary"}});
    const auto row = [&markup](std::string_view term, std::uint64_t number) {
        markup.open("div").leaf("dt", term).leaf("dd", grouped(number)).close();
    };
    row("Responses", totals.responses);
    row("Envelopes opened", totals.envelopes);
    row("Envelopes that could not be read", totals.lost);
    row("Withdrawn", totals.withdrawn);
    markup.close();
}

}  // namespace

base::Result<void> write_list(Markup& markup, workspace::Workspace& workspace, const Search& search,
                              const workspace::Listing& listing) {
    markup.open("table", {{"class", "list"}});
    markup.leaf("caption", "Responses", {{"class", "hidden"}}).open("thead").open("tr");
    for (const char* head : {"Response", "Day", "From", "Language", "Consent", "Status"}) {
        markup.leaf("th", head, {{"scope", "col"}});
    }
    markup.close().close().open("tbody");
    Search own = search;
    for (const Listed& one : listing.responses) {
        TRY(write_row(markup, workspace, one, own));
        ++own.at;
    }
    markup.close().close();
    return {};
}

Site::Answer Site::overview(const Asked& asked) {
    const workspace::Totals totals = TRY(workspace::totals(workspace_));
    const std::vector<Waiting> waiting = TRY(waiting_findings(workspace_));
    const auto duplicates = TRY(workspace::suspected_duplicates(workspace_));
    const auto quotes = TRY(workspace::quotes(workspace_));
    const View here = view(Place::overview);
    return page(200, here, "Overview", [&](Markup& markup) {
        markup.leaf("h1", fmt::format("Good day, {}", asked.editor.who));
        if (totals.responses == 0) {
            markup.leaf("p",
                        "There is no response in this workspace yet. Take in an export of the store with "
                        "`pillarbox workspace take-in`, then load this page again.");
        }
        write_statuses(markup, totals);
        markup.leaf("h2", "What waits for you");
        markup.leaf("p", "Hints that a program found. They decide nothing: look at each passage.",
                    {{"class", "soft"}});
        markup.open("ul", {{"class", "numbers"}});
        for (const Waiting& one : waiting) {
            write_number(markup, one.responses, words_of(one.kind),
                         fmt::format("/check?finding={}", workspace::name_of(one.kind)));
        }
        write_number(markup, duplicates.size(), "Suspected duplicates", "/duplicates");
        write_number(markup, quotes.size(), "Quotes picked", "/quotes");
        markup.close();
        write_taken_in(markup, totals);
    });
}

Site::Answer Site::responses(const Asked& asked) {
    const auto codes = TRY(workspace::codebook(workspace_));
    const auto search = parse_search(asked.query);
    const View here = view(Place::responses);
    if (!search.has_value()) {
        return page(422, here, "Error: Responses", [&](Markup& markup) {
            write_problem(markup, search.error().what, "Choose it from the calendar, or leave it empty.");
            markup.leaf("h1", "Responses");
            write_filters(markup, workspace_.form(), codes, asked.query);
        });
    }
    const std::uint64_t offset = search->at - 1;
    const auto listing = TRY(workspace::list(workspace_, search->filter, offset, responses_on_a_page));
    base::Result<void> written;
    auto response = page(200, here, "Responses", [&](Markup& markup) {
        markup.leaf("h1", "Responses");
        write_filters(markup, workspace_.form(), codes, asked.query);
        const std::string count = plural(listing.total, "response", "responses");
        markup.leaf("h2", is_narrowed(search->filter) ? count + " found" : count);
        if (listing.total == 0) {
            markup.leaf("p", "Try fewer words or filters.");
        } else {
            written = write_list(markup, workspace_, *search, listing);
            write_pages(markup, *search, listing.total);
        }
    });
    TRY(std::move(written));
    return response;
}

Site::Answer Site::check(const Asked& asked) {
    auto search = TRY(parse_search(asked.query));
    const std::vector<Waiting> waiting = TRY(waiting_findings(workspace_));
    if (!search.filter.finding.has_value()) {
        const auto first = std::ranges::find_if(waiting, [](const Waiting& one) { return one.responses > 0; });
        search.filter.finding = first == waiting.end() ? finding_kinds().front() : first->kind;
    }
    const auto listing = TRY(workspace::list(workspace_, search.filter, search.at - 1, responses_on_a_page));
    base::Result<void> written;
    auto response = page(200, view(Place::check), "To check", [&](Markup& markup) {
        markup.leaf("h1", "To check");
        markup.leaf(
            "p",
            "A program marked passages in these responses. It misses some and marks others for nothing: it only "
            "points, you decide. A response leaves the queue when you say that you have looked.",
            {{"class", "lead"}});
        markup.open("nav", {{"class", "tabs"}, {"aria-label", "Kinds of hints"}}).open("ul");
        for (const Waiting& one : waiting) {
            markup.open("li").leaf("a", fmt::format("{} ({})", words_of(one.kind), grouped(one.responses)),
                                   {{"href", fmt::format("/check?finding={}", workspace::name_of(one.kind))},
                                    {one.kind == search.filter.finding ? "aria-current" : "", "page"}});
            markup.close();
        }
        markup.close().close();
        markup.leaf("h2", words_of(*search.filter.finding));
        if (listing.total == 0) {
            markup.leaf("p", "Nothing waits here.");
            return;
        }
        written = write_list(markup, workspace_, search, listing);
        if (listing.total > listing.responses.size()) {
            markup.open("p").link("/responses?" + query_of(search), "See all of them in the list").close();
        }
    });
    TRY(std::move(written));
    return response;
}

}  // namespace pillarbox::page
