// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/text_style.hpp"

namespace pillarbox::text {

bool is_set_apart(std::string_view language) {
    const auto base = language.substr(0, language.find('-'));
    return base == "ur" || base == "ar" || base == "fa";
}

}  // namespace pillarbox::text
