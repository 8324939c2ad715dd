// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/files.hpp"

#include <fstream>

#include "core/base/check.hpp"

void pillarbox::fuzz::put_file(const std::filesystem::path& path, base::ByteView content) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    file.close();
    PILLARBOX_CHECK(file.good());
}
