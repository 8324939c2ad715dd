// SPDX-License-Identifier: GPL-3.0-or-later
//
// The frame of every page of the desk (head, header, navigation, footer), the answer that carries it with its
// security fields, and the parts that several pages have. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/html/markup.hpp"
#include "core/http/web_answers.hpp"

namespace pillarbox::page {

using html::Markup;
using http::plain;
using http::see_other;
using http::served_file;
using Body = std::function<void(Markup& markup)>;

enum class Place {
    overview,
    responses,
    check,
    codebook,
    quotes,
    agreement,
    duplicates,
    trail,
    report,
    exports,
    elsewhere
};

// Who looks, and where they are. Without a name nobody is in yet: no navigation.
struct View {
    std::string campaign;
    std::string who;
    std::string form_token;
    Place place = Place::elsewhere;
};

[[nodiscard]] http::Response page(unsigned status, const View& view, std::string_view title, const Body& body);

// A form that changes something: its token is the session's, its hidden fields go along.
using Hidden = std::vector<std::pair<std::string_view, std::string>>;
void open_form(Markup& markup, const View& view, std::string_view path, const Hidden& hidden,
               std::string_view style = {});

// A form of one button. `about` is read out after the button's words, where these are the same in many rows.
void write_button_form(Markup& markup, const View& view, std::string_view path, const Hidden& hidden,
                       std::string_view words, std::string_view about = {}, std::string_view style = "quiet");

void write_problem(Markup& markup, std::string_view sentence, std::string_view remedy);
void write_text_field(Markup& markup, std::string_view name, std::string_view label, std::string_view hint,
                      std::string_view value);

// A choice of one; the option whose value is `chosen` is chosen.
using Options = std::vector<std::pair<std::string, std::string>>;  // value, words
void write_select(Markup& markup, std::string_view name, std::string_view label, const Options& options,
                  std::string_view chosen);

[[nodiscard]] std::string plural(std::uint64_t count, std::string_view one, std::string_view many);
[[nodiscard]] std::string day_in_words(std::string_view day);  // "2023-01-20" -> "20 January 2023"
[[nodiscard]] std::string language_in_words(std::string_view code);
[[nodiscard]] std::string grouped(std::uint64_t number);  // "100,000"

}  // namespace pillarbox::page
