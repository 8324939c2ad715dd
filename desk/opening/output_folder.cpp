// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/output_folder.hpp"

#include <sys/stat.h>

#include <cerrno>

#include "core/base/file.hpp"

namespace pillarbox::opening {
namespace {

namespace fs = std::filesystem;

fs::path temporary_name(const fs::path& folder, const std::string& file_name) {
    return folder / (file_name + ".new");
}

void remove_all_quietly(const fs::path& folder, const std::vector<exports::NamedText>& files) {
    for (const exports::NamedText& file : files) {
        std::error_code ignored;
        fs::remove(temporary_name(folder, file.file_name), ignored);
    }
}

base::Result<void> write_temporaries(const fs::path& folder, const std::vector<exports::NamedText>& files) {
    for (const exports::NamedText& file : files) {
        TRY(base::write_file(temporary_name(folder, file.file_name), base::view_of(file.text),
                             base::FileMode::owner_only));
    }
    return {};
}

}  // namespace

fs::path journal_path(const fs::path& folder) {
    return folder / "opened.journal";
}

base::Result<void> prepare_output_folder(const fs::path& folder) {
    std::error_code problem;
    const bool was_there = fs::exists(folder, problem);
    if (was_there && !fs::is_directory(folder, problem)) {
        return base::fail(base::ErrorCode::already_exists, folder.string(), "This is not a folder.",
                          "Choose another output folder.");
    }
    const bool empty = !was_there || fs::is_empty(folder, problem);
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), folder, "looked into"));
    }
    if (!empty && !fs::exists(journal_path(folder), problem)) {
        return base::fail(base::ErrorCode::already_exists, folder.string(),
                          "The folder holds files that an earlier `pillarbox open` did not make.",
                          "Choose a new or empty output folder.");
    }
    TRY(base::make_folder(folder));
    if (::chmod(folder.c_str(), S_IRWXU) != 0) {
        return std::unexpected(base::error_of_errno(errno, folder, "made private"));
    }
    return {};
}

base::Result<void> write_together(const fs::path& folder, const std::vector<exports::NamedText>& files) {
    auto written = write_temporaries(folder, files);
    if (!written.has_value()) {
        remove_all_quietly(folder, files);
        return written;
    }
    for (const exports::NamedText& file : files) {
        std::error_code problem;
        fs::rename(temporary_name(folder, file.file_name), folder / file.file_name, problem);
        if (problem) {
            remove_all_quietly(folder, files);
            return std::unexpected(base::error_of_errno(problem.value(), folder / file.file_name, "replaced"));
        }
    }
    return {};
}

}  // namespace pillarbox::opening
