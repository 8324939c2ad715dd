// SPDX-License-Identifier: GPL-3.0-or-later
//
// The zip container of an .xlsx workbook (Open Packaging Conventions, ECMA-376 part 2), read from memory and
// distrusted: count, sizes and ratio of all entries are checked when it is opened, before a byte is unpacked.
// Threading: one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/form/workbook.hpp"

struct zip;

namespace pillarbox::form {

inline constexpr std::size_t package_entries_max = 2'000;
inline constexpr std::size_t package_read_bytes_max = std::size_t{96} << 20U;  // unpacked, over all reads

class Package {
  public:
    // `file` outlives the package. malformed: not a zip. limit_exceeded: over a cap. unsupported: encrypted.
    [[nodiscard]] static base::Result<Package> open(base::ByteView file, std::string_view where,
                                                    const WorkbookLimits& limits);

    [[nodiscard]] bool contains(const std::string& entry) const;
    // The whole unpacked entry, its checksum verified. not_found, malformed, limit_exceeded.
    [[nodiscard]] base::Result<std::string> read(const std::string& entry);

  private:
    struct Closer {
        void operator()(zip* archive) const;
    };
    Package(std::unique_ptr<zip, Closer> archive, std::string where)
        : archive_(std::move(archive)), where_(std::move(where)) {}

    std::unique_ptr<zip, Closer> archive_;
    std::string where_;
    std::size_t bytes_left_ = package_read_bytes_max;
};

}  // namespace pillarbox::form
