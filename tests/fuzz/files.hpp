// SPDX-License-Identifier: GPL-3.0-or-later
//
// For parsers that read a file themselves: the fuzzer's bytes as a file, in the temporary folder (`run` puts it into
// memory). Nothing is flushed, unlike base::write_file, which would be most of the time.
#pragma once

#include <filesystem>

#include "core/base/bytes.hpp"

namespace pillarbox::fuzz {

void put_file(const std::filesystem::path& path, base::ByteView content);

}  // namespace pillarbox::fuzz
