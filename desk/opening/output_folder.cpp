// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/output_folder.hpp"

#include <sys/stat.h>

#include <cerrno>

#include "core/base/file.hpp"
#include "core/base/folder.hpp"
#include "core/base/new_file.hpp"

namespace pillarbox::opening {
namespace {

namespace fs = std::filesystem;
}

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

FilesTogether::~FilesTogether() {
    for (const std::string& name : waiting_) {
        std::error_code ignored;
        fs::remove(temporary(name), ignored);
    }
}

fs::path FilesTogether::temporary(const std::string& name) const {
    return folder_ / (name + ".new");
}

base::Result<void> FilesTogether::write(exports::RecordSource& records, const exports::DataFiles& files) {
    std::vector<base::NewFile> written;
    for (const auto& file : files) {
        std::error_code ignored;
        fs::remove(temporary(file->name()), ignored);
        waiting_.push_back(file->name());
        base::NewFile made = TRY(base::NewFile::create(temporary(file->name()), base::FileMode::owner_only));
        written.push_back(std::move(made));
    }
    TRY(exports::write_files(records, files, [&written](std::size_t file, std::string_view piece) {
        return written[file].write(base::view_of(piece));
    }));
    for (base::NewFile& file : written) {
        TRY(file.flush());
    }
    return {};
}

base::Result<void> FilesTogether::give_names() {
    for (const std::string& name : waiting_) {
        std::error_code problem;
        fs::rename(temporary(name), folder_ / name, problem);
        if (problem) {
            return std::unexpected(base::error_of_errno(problem.value(), folder_ / name, "replaced"));
        }
    }
    waiting_.clear();
    return base::flush_folder(folder_);
}

}  // namespace pillarbox::opening
