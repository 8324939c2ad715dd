// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/cli/options.hpp"

#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"

namespace pillarbox::cli {

base::Result<base::Day> parse_day_option(const std::string& text, const std::string& option) {
    auto day = base::parse_day(text);
    if (!day.has_value()) {
        return base::fail(base::ErrorCode::usage, option, "This is not a day.", "Write it as 2023-01-20.");
    }
    return day;
}

base::Result<void> refuse_to_overwrite(const std::filesystem::path& path, Overwrite overwrite) {
    std::error_code ignored;
    if (overwrite == Overwrite::refuse && std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        return base::fail(base::ErrorCode::already_exists, path.string(), "There is a file of this name already.",
                          "Choose another name, or overwrite it with --force.");
    }
    return {};
}

base::Result<base::Bytes> read_pack_file(const std::filesystem::path& path) {
    return base::read_file(path, campaign::pack_size_bytes_max);
}

}  // namespace pillarbox::cli
