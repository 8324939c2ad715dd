// SPDX-License-Identifier: GPL-3.0-or-later
//
// The withdrawal tags that the archive has to honour: a text file with one tag (64 hexadecimal letters) or one
// respondent's code ("K7QM-...") a line, "#" comments allowed.
#pragma once

#include <filesystem>
#include <set>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::archive {

using WithdrawnTags = std::set<batch::WithdrawalTag>;

[[nodiscard]] base::Result<WithdrawnTags> parse_withdrawn(std::string_view text, const std::string& where);
[[nodiscard]] base::Result<WithdrawnTags> read_withdrawn(const std::filesystem::path& path);

}  // namespace pillarbox::archive
