// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/new_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace pillarbox::base {

NewFile::NewFile(int descriptor, std::filesystem::path path) : descriptor_(descriptor), path_(std::move(path)) {}

NewFile::NewFile(NewFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

NewFile::~NewFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<NewFile> NewFile::create(const std::filesystem::path& path, FileMode mode) {
    const int descriptor =
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, static_cast<mode_t>(mode));
    if (descriptor < 0) {
        return std::unexpected(error_of_errno(errno, path, "created"));
    }
    return NewFile(descriptor, path);
}

Result<void> NewFile::write(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return std::unexpected(error_of_errno(written < 0 ? errno : ENOSPC, path_, "written"));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> NewFile::flush() {
    if (::fsync(descriptor_) != 0) {
        return std::unexpected(error_of_errno(errno, path_, "flushed to disk"));
    }
    return {};
}

}  // namespace pillarbox::base
