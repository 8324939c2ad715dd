// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is looked for, as it stands in an address: the filter of a list and the page of it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/form/form.hpp"
#include "core/http/forms.hpp"
#include "desk/page/frame.hpp"
#include "desk/workspace/responses.hpp"

namespace pillarbox::page {

inline constexpr std::uint64_t responses_on_a_page = 50;

struct Search {
    workspace::Filter filter;
    std::uint64_t at = 1;  // the first response to show, or the one that is shown: counted from 1
};

// What is unknown or empty lets everything pass; usage where a day is none.
[[nodiscard]] base::Result<Search> parse_search(const http::Form& fields);
// "words=ambulance&at=51", escaped; empty for everything from the first.
[[nodiscard]] std::string query_of(const Search& search);
[[nodiscard]] std::string escape_in_query(std::string_view text);
[[nodiscard]] bool is_narrowed(const workspace::Filter& filter);

// The question of this name, wherever its group; null where there is none.
[[nodiscard]] const form::Node* question_named(const form::Form& form, std::string_view name);
[[nodiscard]] std::string choice_in_words(const form::Form& form, std::string_view question, std::string_view choice);

void write_filters(Markup& markup, const form::Form& form, const std::vector<workspace::Code>& codes,
                   const http::Form& fields);

[[nodiscard]] std::string words_of(workspace::Status status);
[[nodiscard]] std::string words_of(exports::Consent consent);
[[nodiscard]] std::string words_of(workspace::FindingKind kind);
[[nodiscard]] const std::vector<workspace::Status>& statuses();
[[nodiscard]] const std::vector<workspace::FindingKind>& finding_kinds();

}  // namespace pillarbox::page
