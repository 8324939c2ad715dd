// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/stick.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/file.hpp"

namespace pillarbox::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t folders_max = 64;
constexpr int levels = 2;

bool is_of_type(const fs::path& path, fs::file_type type) {
    std::error_code status;
    return fs::symlink_status(path, status).type() == type;
}

// Folders in it that are no links, by name; those of one level at a time, so that a stick full of folders can't keep
// the kiosk from the next stick.
void add_folders_of(const fs::path& folder, std::vector<fs::path>& found) {
    std::error_code status;
    for (fs::directory_iterator entry(folder, status), end; !status && entry != end; entry.increment(status)) {
        if (found.size() >= folders_max) {
            return;
        }
        if (is_of_type(entry->path(), fs::file_type::directory)) {
            found.push_back(entry->path());
        }
    }
}

// The first entry of this name and type; empty where there is none.
fs::path find_on_stick(const fs::path& sticks, std::string_view name, fs::file_type type) {
    std::vector<fs::path> level{sticks};
    for (int depth = 0; depth <= levels; ++depth) {
        std::vector<fs::path> deeper;
        for (const auto& folder : level) {
            if (is_of_type(folder / name, type)) {
                return folder / name;
            }
            add_folders_of(folder, deeper);
        }
        std::ranges::sort(deeper);
        level = std::move(deeper);
    }
    return {};
}

}  // namespace

base::Result<base::Bytes> read_from_stick(const fs::path& sticks, std::string_view name, std::size_t size_bytes_max) {
    const auto file = find_on_stick(sticks, name, fs::file_type::regular);
    if (file.empty()) {
        return base::fail(base::ErrorCode::not_found, sticks.string(),
                          "There is no file " + std::string(name) + " on a USB stick.", "Put the stick in and wait.");
    }
    return base::read_file(file, size_bytes_max);
}

fs::path folder_on_stick(const fs::path& sticks, std::string_view name) {
    return find_on_stick(sticks, name, fs::file_type::directory);
}

}  // namespace pillarbox::app
