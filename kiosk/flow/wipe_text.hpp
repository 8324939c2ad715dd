// SPDX-License-Identifier: GPL-3.0-or-later
//
// Overwrites a string's bytes before it is emptied: std::string gives its memory back as it is.
#pragma once

#include <string>

namespace pillarbox::flow {

void wipe_text(std::string& text);

}  // namespace pillarbox::flow
