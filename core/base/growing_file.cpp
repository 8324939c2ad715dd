// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/growing_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "core/base/file.hpp"

namespace pillarbox::base {
namespace {

// Whoever reads the error knows the file by the name that it will have.
template <typename Value>
Result<Value> told_of(const std::filesystem::path& path, Result<Value> outcome) {
    if (!outcome.has_value()) {
        outcome.error().where = path.string();
    }
    return outcome;
}

}  // namespace

GrowingFile::GrowingFile(std::filesystem::path path, std::filesystem::path temporary, NewFile file)
    : path_(std::move(path)), temporary_(std::move(temporary)), file_(std::move(file)) {}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})), file_(std::move(other.file_)) {}

GrowingFile::~GrowingFile() {
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
    }
}

Result<GrowingFile> GrowingFile::create(const std::filesystem::path& path) {
    std::filesystem::path temporary = path;
    temporary += fmt::format(".{}.part", ::getpid());
    ::unlink(temporary.c_str());
    NewFile file = TRY(told_of(path, NewFile::create(temporary, FileMode::everyone_reads)));
    return GrowingFile(path, std::move(temporary), std::move(file));
}

Result<void> GrowingFile::append(ByteView bytes) {
    return told_of(path_, file_.write(bytes));
}

Result<void> GrowingFile::finish() {
    TRY(told_of(path_, file_.flush()));
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
        return std::unexpected(error_of_errno(errno, path_, "replaced"));
    }
    temporary_.clear();
    return {};
}

}  // namespace pillarbox::base
