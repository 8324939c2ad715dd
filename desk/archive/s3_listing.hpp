// SPDX-License-Identifier: GPL-3.0-or-later
//
// One page of a bucket's list (S3, ListObjectsV2 with encoding-type=url): keys and the token for the next page, out
// of XML that a server wrote. Not an XML reader: it looks for the two elements, which have no children. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::archive {

inline constexpr std::size_t listed_keys_max = 1000;  // S3's own most of a page
inline constexpr std::size_t listed_text_size_bytes_max = 8192;

struct S3Listing {
    std::vector<std::string> keys;  // decoded
    std::string continuation;       // empty: this is the last page
};

// malformed where it is no such list, or a text of it can't be decoded; limit_exceeded past a cap.
[[nodiscard]] base::Result<S3Listing> parse_s3_listing(std::string_view xml, const std::string& where);

}  // namespace pillarbox::archive
