// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a respondent allowed to be quoted, and what may stand beside a quotation. Read from the questions that a
// campaign asks by these names: "quote" (by_name, without_name, do_not_quote), "quote_name" or "contact_name",
// "organisation_name", "under_18". Whatever is missing or unknown counts as no: an answer is never quoted by default.
#pragma once

#include <string>
#include <string_view>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::exports {

enum class Consent { none, without_name, by_name };

// by_name counts as without_name for somebody under 18, to whom the kiosk does not offer it.
[[nodiscard]] Consent consent_of(const Record& record);

// What stands below a quotation: "Ada Example, Example Group" by name, "Someone answering for an organisation"
// without. Empty where nothing may be quoted. No station, borough or role: they could tell who it was.
[[nodiscard]] std::string attribution_of(const Record& record);

// Whether the text may be quoted as it stands: there is consent, and a text that is to be quoted without a name does
// not hold the respondent's own name, organisation, address or number, nor anything that looks like an e-mail address
// or a phone number.
[[nodiscard]] bool may_quote(const Record& record, std::string_view text);

// Whether the text holds the respondent's own name, organisation, address or number, or what looks like an e-mail
// address or a phone number: it tells who they are, whatever they allowed.
[[nodiscard]] bool tells_who(const Record& record, std::string_view text);

// Whether the answer is one of those that the above is read from: with a word of it taken out, more might be told.
[[nodiscard]] bool decides_consent(std::string_view path);

// A text that somebody wrote as evidence, not a name or an address: of type text with the appearance "multiline".
[[nodiscard]] bool is_evidence_text(const form::Node& node);

}  // namespace pillarbox::exports
