// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/page/frame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/day.hpp"

namespace pillarbox::page {
namespace {

struct Link {
    Place place;
    std::string_view path;
    std::string_view words;
};
constexpr std::array<Link, 10> links = {{
    {Place::overview, "/", "Overview"},
    {Place::responses, "/responses", "Responses"},
    {Place::check, "/check", "To check"},
    {Place::codebook, "/codebook", "Codebook"},
    {Place::quotes, "/quotes", "Quotes"},
    {Place::report, "/report", "Report"},
    {Place::exports, "/export", "Export"},
    {Place::agreement, "/agreement", "Agreement"},
    {Place::duplicates, "/duplicates", "Duplicates"},
    {Place::trail, "/trail", "Audit trail"},
}};

void write_head(Markup& markup, const View& view, std::string_view title) {
    markup.open("head");
    markup.lone("meta", {{"charset", "utf-8"}});
    markup.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    markup.lone("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    markup.leaf("title", fmt::format("{} - {}", title, view.campaign.empty() ? "Pillarbox desk" : view.campaign));
    markup.lone("link", {{"rel", "stylesheet"}, {"href", "/desk.css"}});
    markup.open("script", {{"src", "/desk.js"}, {"defer", ""}}).close();
    markup.close();
}

void write_header(Markup& markup, const View& view) {
    markup.open("header", {{"class", "top"}}).open("div", {{"class", "width"}});
    markup.open("div", {{"class", "brand"}});
    markup.leaf("span", "Pillarbox desk", {{"class", "name"}});
    markup.leaf("span", view.campaign, {{"class", "campaign"}});
    markup.close();
    if (!view.who.empty()) {
        markup.open("div", {{"class", "person"}});
        markup.leaf("span", view.who, {{"class", "who"}});
        write_button_form(markup, view, "/undo-last", {}, "Undo my last change", {}, "on-dark");
        write_button_form(markup, view, "/close", {}, "Close the desk", {}, "on-dark");
        markup.close();
    }
    markup.close().close();
}

void write_navigation(Markup& markup, const View& view) {
    markup.open("nav", {{"aria-label", "Main"}}).open("div", {{"class", "width"}}).open("ul");
    for (const Link& link : links) {
        markup.open("li");
        markup.leaf("a", link.words, {{"href", link.path}, {link.place == view.place ? "aria-current" : "", "page"}});
        markup.close();
    }
    markup.close().close().close();
}

constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> languages = {{
    {"ar", "Arabic"},   {"bn", "Bengali"}, {"en", "English"},
    {"es", "Spanish"},  {"fa", "Persian"}, {"fr", "French"},
    {"gu", "Gujarati"}, {"hi", "Hindi"},   {"it", "Italian"},
    {"pa", "Punjabi"},  {"pl", "Polish"},  {"pt", "Portuguese"},
    {"ro", "Romanian"}, {"so", "Somali"},  {"ta", "Tamil"},
    {"tr", "Turkish"},  {"ur", "Urdu"},    {"yue", "Cantonese"},
    {"zh", "Chinese"},  {"cy", "Welsh"},   {"bfi", "British Sign Language"},
}};

}  // namespace

http::Response page(unsigned status, const View& view, std::string_view title, const Body& body) {
    Markup markup;
    markup.open("html", {{"lang", "en"}});
    write_head(markup, view, title);
    markup.open("body");
    markup.leaf("a", "Skip to main content", {{"href", "#main"}, {"class", "skip"}});
    write_header(markup, view);
    if (!view.who.empty()) {
        write_navigation(markup, view);
    }
    markup.open("main", {{"id", "main"}, {"tabindex", "-1"}, {"class", "width"}});
    body(markup);
    markup.close();
    markup.open("footer").open("div", {{"class", "width"}});
    markup.leaf(
        "p",
        "This page is on this computer alone. The responses are sealed on its disk; what you print or copy is not.");
    markup.close().close().close().close();
    return http::web_page(status, markup.take());
}

void open_form(Markup& markup, const View& view, std::string_view path, const Hidden& hidden,
               std::string_view style) {
    markup.open("form", {{"method", "post"}, {"action", path}, {style.empty() ? "" : "class", style}});
    markup.lone("input", {{"type", "hidden"}, {"name", "form"}, {"value", view.form_token}});
    for (const auto& [name, value] : hidden) {
        markup.lone("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
    }
}

void write_button_form(Markup& markup, const View& view, std::string_view path, const Hidden& hidden,
                       std::string_view words, std::string_view about, std::string_view style) {
    open_form(markup, view, path, hidden, "inline");
    markup.open("button", {{"class", style}}).text(words);
    if (!about.empty()) {
        markup.leaf("span", fmt::format(" {}", about), {{"class", "hidden"}});
    }
    markup.close().close();
}

void write_problem(Markup& markup, std::string_view sentence, std::string_view remedy) {
    markup.open("div", {{"class", "problem"}, {"role", "alert"}, {"tabindex", "-1"}});
    markup.leaf("h2", "There is a problem").leaf("p", sentence);
    if (!remedy.empty()) {
        markup.leaf("p", remedy);
    }
    markup.close();
}

void write_text_field(Markup& markup, std::string_view name, std::string_view label, std::string_view hint,
                      std::string_view value) {
    const std::string hint_id = fmt::format("{}-hint", name);
    markup.open("div", {{"class", "field"}}).leaf("label", label, {{"for", name}});
    if (!hint.empty()) {
        markup.leaf("div", hint, {{"id", hint_id}, {"class", "hint"}});
    }
    markup.lone("input", {{"id", name},
                          {"name", name},
                          {"type", "text"},
                          {value.empty() ? "" : "value", value},
                          {"autocomplete", "off"},
                          {"dir", "auto"},
                          {hint.empty() ? "" : "aria-describedby", hint_id}});
    markup.close();
}

void write_select(Markup& markup, std::string_view name, std::string_view label, const Options& options,
                  std::string_view chosen) {
    markup.open("div", {{"class", "field"}}).leaf("label", label, {{"for", name}});
    markup.open("select", {{"id", name}, {"name", name}});
    for (const auto& [value, words] : options) {
        markup.leaf("option", words, {{"value", value}, {value == chosen ? "selected" : "", ""}});
    }
    markup.close().close();
}

std::string plural(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

std::string day_in_words(std::string_view day) {
    const auto parsed = base::parse_day(day);
    if (!parsed.has_value()) {
        return std::string(day);
    }
    const std::chrono::year_month_day date(*parsed);
    return fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                       months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()));
}

std::string language_in_words(std::string_view code) {
    const auto found = std::ranges::find(languages, code, &std::pair<std::string_view, std::string_view>::first);
    return std::string(found == languages.end() ? code : found->second);
}

}  // namespace pillarbox::page
