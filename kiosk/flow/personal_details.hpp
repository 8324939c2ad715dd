// SPDX-License-Identifier: GPL-3.0-or-later
//
// A guess whether a text tells who somebody is: for a gentle word before sending, never to refuse anything.
#pragma once

#include <string_view>

namespace pillarbox::flow {

// True for what looks like an e-mail address, a phone number (nine digits or more, in any script of ours, also with
// spaces and hyphens between) or a name after an English form of address ("Dr Jones").
[[nodiscard]] bool may_tell_who(std::string_view text);

}  // namespace pillarbox::flow
