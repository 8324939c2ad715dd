// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers of a site for browsers, each with the fields that keep the site to itself: nothing from elsewhere, nothing
// inline, in no frame. The referrer stays among the site's own pages: without one, browsers send no Origin with a form.
// Pure.
#pragma once

#include <string_view>

#include "core/http/message.hpp"

namespace pillarbox::http {

// `html` is what follows the document type.
[[nodiscard]] Response web_page(unsigned status, std::string_view html);
[[nodiscard]] Response see_other(std::string_view path);
[[nodiscard]] Response served_file(std::string_view type, std::string_view content);
[[nodiscard]] Response plain(unsigned status, std::string_view sentence);

}  // namespace pillarbox::http
