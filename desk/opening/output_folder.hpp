// SPDX-License-Identifier: GPL-3.0-or-later
//
// The folder into which opened responses go: private to its owner, and never in a half-written state.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "desk/exports/data_file.hpp"

namespace pillarbox::opening {

// Makes the folder (0700), or takes one that is empty or was made by an earlier run. already_exists for any other:
// its files might be overwritten, and making it private might lock others out of it.
[[nodiscard]] base::Result<void> prepare_output_folder(const std::filesystem::path& folder);

[[nodiscard]] std::filesystem::path journal_path(const std::filesystem::path& folder);

// Files that appear together: owner-only under temporary names, and only when every one of them is safely on disk do
// they get their names. With a full disk the results of the run before stay as they were.
class FilesTogether {
  public:
    // Of a folder that is there. What an interrupted run left under a temporary name is written over.
    explicit FilesTogether(std::filesystem::path folder) : folder_(std::move(folder)) {}
    ~FilesTogether();  // removes what has no name yet
    FilesTogether(const FilesTogether&) = delete;
    FilesTogether& operator=(const FilesTogether&) = delete;

    [[nodiscard]] base::Result<void> write(exports::RecordSource& records, const exports::DataFiles& files);
    [[nodiscard]] base::Result<void> give_names();

  private:
    [[nodiscard]] std::filesystem::path temporary(const std::string& name) const;

    std::filesystem::path folder_;
    std::vector<std::string> waiting_;  // names of those that have only a temporary one
};

}  // namespace pillarbox::opening
