// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/growing_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "core/base/file.hpp"

namespace pillarbox::base {

GrowingFile::GrowingFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

GrowingFile::~GrowingFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
        ::unlink(temporary_.c_str());
    }
}

Result<GrowingFile> GrowingFile::create(const std::filesystem::path& path) {
    std::filesystem::path temporary = path;
    temporary += fmt::format(".{}.part", ::getpid());
    ::unlink(temporary.c_str());
    constexpr mode_t everyone_reads = 0644;
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, everyone_reads);
    if (descriptor < 0) {
        return std::unexpected(error_of_errno(errno, path, "created"));
    }
    return GrowingFile(path, std::move(temporary), descriptor);
}

Result<void> GrowingFile::append(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return std::unexpected(error_of_errno(errno, path_, "written"));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> GrowingFile::finish() {
    if (::fsync(descriptor_) != 0) {
        return std::unexpected(error_of_errno(errno, path_, "flushed to disk"));
    }
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
        return std::unexpected(error_of_errno(errno, path_, "replaced"));
    }
    ::close(std::exchange(descriptor_, -1));
    return {};
}

}  // namespace pillarbox::base
