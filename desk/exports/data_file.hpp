// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file of an export, made piece by piece: what comes before the responses, each of them, what comes after. So all
// files of an export are made in one walk through the responses, and none of them is ever in memory as a whole.
// Where the pieces go is the caller's: into a folder (desk/opening/output_folder.hpp), into a zip file
// (desk/outputs).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "desk/exports/record_source.hpp"

namespace pillarbox::exports {

class DataFile {
  public:
    explicit DataFile(std::string name) : name_(std::move(name)) {}
    virtual ~DataFile() = default;
    DataFile(const DataFile&) = delete;
    DataFile& operator=(const DataFile&) = delete;

    [[nodiscard]] const std::string& name() const { return name_; }

    // Each puts its piece at the end of `text`. Responses are added in their order, each once.
    virtual void begin(std::string& text) = 0;
    virtual void add(const Record& record, const AnswerIndex& answers, std::string& text) = 0;
    virtual void end(std::string& text) = 0;

  private:
    std::string name_;
};

using DataFiles = std::vector<std::unique_ptr<DataFile>>;

// One that the responses have no part in: a codebook.
class WholeFile final : public DataFile {
  public:
    WholeFile(std::string name, std::string whole) : DataFile(std::move(name)), whole_(std::move(whole)) {}
    void begin(std::string& text) override { text += whole_; }
    void add(const Record& /*record*/, const AnswerIndex& /*answers*/, std::string& /*text*/) override {}
    void end(std::string& /*text*/) override {}

  private:
    std::string whole_;
};

// Takes the next piece of a file, by its place among the files.
using TakePiece = std::function<base::Result<void>(std::size_t file, std::string_view piece)>;

// All files in one walk. Every file gets a piece, if an empty one.
[[nodiscard]] base::Result<void> write_files(RecordSource& records, const DataFiles& files, const TakePiece& take);

// Moves `from` to the end of `files`.
void append(DataFiles& files, DataFiles from);
[[nodiscard]] std::vector<std::string> names_of(const DataFiles& files);

}  // namespace pillarbox::exports
