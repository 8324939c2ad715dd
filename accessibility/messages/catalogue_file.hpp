// SPDX-License-Identifier: GPL-3.0-or-later
//
// One .po file as it stands, read by GNU libgettextpo. For this folder's sources only.
// libgettextpo keeps global state: one thread at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::messages {

struct CatalogueEntry {
    std::string key;  // context, U+0004, msgid; the msgid alone where there is no context
    std::string plural;
    std::vector<std::string> forms;  // one; several where there is a plural
    enum class State { translated, fuzzy, untranslated } state = State::untranslated;
};

struct CatalogueFile {
    std::string plural_forms;  // header fields; empty where they are not there
    std::string review;
    std::vector<CatalogueEntry> entries;  // without the header and obsolete ones
};

[[nodiscard]] std::string key_of(std::string_view context, std::string_view english);

// Errors: `not_found`, `limit_exceeded`, `malformed` (with the file and line of the first mistake).
[[nodiscard]] base::Result<CatalogueFile> read_catalogue(const std::filesystem::path& path);

}  // namespace pillarbox::messages
