// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bags of one kind, none larger than it may be: what is added goes into the newest, and into a new one where that
// would grow too large. A unit, a few files that belong together, is never divided; one that is larger than a bag may
// be has a bag to itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "desk/archive/bag_writer.hpp"

namespace pillarbox::archive {

struct PayloadFile {
    std::string path;  // below data/
    base::Bytes bytes;
};

class BagSeries {
  public:
    // Names are `stem`-001, -002...
    BagSeries(std::filesystem::path folder, std::string stem, std::uint64_t size_bytes_max);

    [[nodiscard]] base::Result<void> add(const std::vector<PayloadFile>& unit);
    [[nodiscard]] base::Result<void> add_file(const std::string& path, const std::filesystem::path& source);

    // `tag_files` and `info` go into each bag; "Bag-Group-Identifier", "Bag-Count", "External-Identifier" and
    // "Payload-Oxum" are added to `info`. The bags' names.
    [[nodiscard]] base::Result<std::vector<std::string>> finish(const std::vector<PayloadFile>& tag_files,
                                                                const Tags& info);
    [[nodiscard]] const std::string& stem() const { return stem_; }

  private:
    base::Result<BagWriter*> bag_for(std::uint64_t size_bytes);

    std::filesystem::path folder_;
    std::string stem_;
    std::uint64_t size_bytes_max_;
    std::vector<BagWriter> bags_;
};

}  // namespace pillarbox::archive
