// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an author may have meant by a question type that there is not.
#pragma once

#include <string_view>

namespace pillarbox::form {

// "select_one" for "selectone colours"; empty where nothing is within two slips of the first word.
[[nodiscard]] std::string_view nearest_type(std::string_view type);

}  // namespace pillarbox::form
