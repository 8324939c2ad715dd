// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names in a form that mean something to the kiosk. Each is optional: a form without it simply lacks that behaviour.
#pragma once

#include <string_view>

namespace pillarbox::flow::conventions {

// A hidden question that the kiosk sets to "yes" on the under-18 path. The form builds its relevance on it.
inline constexpr std::string_view under_18 = "under_18";

// A select_one: the choice "helping" (or an answer in a kiosk's assisted mode) marks the submission as assisted.
inline constexpr std::string_view respondent = "respondent";
inline constexpr std::string_view helping = "helping";

// Under "meta": how the answers came to the kiosk, where not through the person's own hands. "paper": staff copied a
// paper form.
inline constexpr std::string_view medium = "medium";

// A note for the service's own staff. While it is relevant the receipt is withheld until it is asked for: a slip or a
// screen with a code would show colleagues and managers who took part.
inline constexpr std::string_view staff_note = "staff_note";

// A list of choices: what the call is about. The attract screen shows each up to its first colon, so that a choice
// can go on to explain itself.
inline constexpr std::string_view themes = "themes";

}  // namespace pillarbox::flow::conventions
