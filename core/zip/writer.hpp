// SPDX-License-Identifier: GPL-3.0-or-later
//
// Zip files made in memory by libzip, for documents that are zip files (OpenDocument). Entries keep their order and
// have one fixed date, so that the same entries give the same bytes. Reading zip files: core/form/package.hpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::zip {

enum class Packing { deflated, stored };

struct Entry {
    std::string name;
    std::string content;
    Packing packing = Packing::deflated;
};

[[nodiscard]] base::Result<base::Bytes> write(const std::vector<Entry>& entries);

// An entry that is made while it is packed, so that its content is never in memory as a whole.
struct MadeEntry {
    std::string name;
    std::function<base::Result<std::string>()> next_piece;  // empty after the last
};
// In their order, each from its first piece to its last. An error of a piece is what comes back.
[[nodiscard]] base::Result<base::Bytes> write(const std::vector<MadeEntry>& entries);

}  // namespace pillarbox::zip
