// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/page.hpp"

#include <fmt/format.h>

#include <array>

namespace pillarbox::fleet {
namespace {

struct Link {
    Place place;
    std::string_view path;
    std::string_view text;
};
constexpr std::array<Link, 4> links = {{
    {Place::kiosks, "/fleet", "Kiosks"},
    {Place::responses, "/fleet/responses", "Responses"},
    {Place::campaigns, "/fleet/campaigns", "Campaigns"},
    {Place::audit, "/fleet/audit", "Audit log"},
}};

void write_navigation(Markup& markup, const Viewing& viewing) {
    markup.open("nav", {{"class", "navigation"}, {"aria-label", "Main"}}).open("ul");
    for (const Link& link : links) {
        markup.open("li");
        if (link.place == viewing.place) {
            markup.leaf("a", link.text, {{"href", link.path}, {"aria-current", "page"}});
        } else {
            markup.link(link.path, link.text);
        }
        markup.close();
    }
    markup.close();
    const Account& account = viewing.session->credentials.account;
    markup.open("form", {{"method", "post"}, {"action", "/fleet/sign-out"}, {"class", "account"}});
    markup.lone("input", {{"type", "hidden"}, {"name", "form"}, {"value", viewing.session->form_token}});
    markup.leaf("span", fmt::format("{} ({})", account.name, name_of(account.role)));
    markup.leaf("button", "Sign out", {{"class", "link"}});
    markup.close().close();
}

}  // namespace

http::Response page(unsigned status, const Viewing& viewing, std::string_view title, const Body& body) {
    Markup markup;
    markup.open("html", {{"lang", "en"}}).open("head");
    markup.lone("meta", {{"charset", "utf-8"}});
    markup.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    markup.leaf("title", fmt::format("{} - {}", title, viewing.store_name));
    markup.lone("link", {{"rel", "stylesheet"}, {"href", "/fleet/style.css"}});
    markup.open("script", {{"src", "/fleet/fleet.js"}, {"defer", ""}}).close();
    markup.close().open("body");
    markup.leaf("a", "Skip to main content", {{"href", "#main"}, {"class", "skip"}});
    markup.open("header").open("div", {{"class", "width"}});
    markup.leaf("a", "Pillarbox", {{"href", "/fleet"}, {"class", "name"}});
    markup.leaf("span", viewing.store_name, {{"class", "store"}});
    markup.close().close();
    markup.open("div", {{"class", "width"}});
    if (viewing.session != nullptr) {
        write_navigation(markup, viewing);
    }
    markup.open("main", {{"id", "main"}, {"tabindex", "-1"}});
    body(markup);
    markup.close().close();
    markup.open("footer").open("div", {{"class", "width"}});
    markup.leaf("p", "Nobody can read responses here: they stay sealed until the committee opens them.");
    markup.close().close().close().close();
    return http::web_page(status, markup.take());
}

void write_error_summary(Markup& markup, const std::optional<FieldError>& error) {
    if (!error.has_value()) {
        return;
    }
    markup.open("div", {{"class", "errors"}, {"role", "alert"}, {"tabindex", "-1"}});
    markup.leaf("h2", "There is a problem");
    markup.link("#" + error->field, error->message);
    markup.close();
}

void write_field(Markup& markup, const Field& field, const std::optional<FieldError>& error) {
    const bool is_wrong = error.has_value() && error->field == field.name;
    const std::string hint_id = std::string(field.name) + "-hint";
    const std::string error_id = std::string(field.name) + "-error";
    std::string described = field.hint.empty() ? std::string() : hint_id;
    if (is_wrong) {
        described += described.empty() ? error_id : " " + error_id;
    }
    markup.open("div", {{"class", is_wrong ? "field wrong" : "field"}});
    markup.leaf("label", field.label, {{"for", field.name}});
    if (!field.hint.empty()) {
        markup.leaf("div", field.hint, {{"id", hint_id}, {"class", "hint"}});
    }
    if (is_wrong) {
        markup.leaf("p", "Error: " + error->message, {{"id", error_id}, {"class", "error"}});
    }
    markup.lone("input", {{"id", field.name},
                          {"name", field.name},
                          {"type", field.type},
                          {field.value.empty() ? "" : "value", field.value},
                          {"autocomplete", field.autocomplete},
                          {"spellcheck", "false"},
                          {described.empty() ? "" : "aria-describedby", described},
                          {is_wrong ? "aria-invalid" : "", "true"}});
    markup.close();
}

void write_form(Markup& markup, std::string_view path, std::string_view form_token, std::string_view button,
                Weight weight, const Body& fields) {
    markup.open("form", {{"method", "post"}, {"action", path}, {"novalidate", ""}});
    markup.lone("input", {{"type", "hidden"}, {"name", "form"}, {"value", form_token}});
    fields(markup);
    markup.leaf("button", button, {{"class", weight == Weight::grave ? "button grave" : "button"}});
    markup.close();
}

}  // namespace pillarbox::fleet
