// SPDX-License-Identifier: GPL-3.0-or-later
//
// Zip files made in memory by libzip, for documents that are zip files (OpenDocument). Entries keep their order and
// have one fixed date, so that the same entries give the same bytes. Reading zip files: core/form/package.hpp.
#pragma once

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

}  // namespace pillarbox::zip
