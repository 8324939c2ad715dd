// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "core/base/folder.hpp"
#include "core/base/new_file.hpp"

namespace pillarbox::base {
namespace {

class FileDescriptor {
  public:
    explicit FileDescriptor(int number) : number_(number) {}
    ~FileDescriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }

  private:
    int number_;
};

Result<void> write_and_sync(const std::filesystem::path& path, ByteView bytes, FileMode mode) {
    NewFile file = TRY(NewFile::create(path, mode));
    TRY(file.write(bytes));
    return file.flush();
}

}  // namespace

Error error_of_errno(int number, const std::filesystem::path& path, std::string_view doing) {
    ErrorCode code = ErrorCode::input_output;
    std::string remedy = "Check the disk and try again.";
    if (number == ENOENT || number == ENOTDIR) {
        code = ErrorCode::not_found;
        remedy = "Check the path.";
    } else if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        code = ErrorCode::no_space;
        remedy = "Free some space on that disk and try again.";
    } else if (number == EROFS) {
        remedy = "The disk is read-only: choose another place, or mount it for writing.";
    } else if (number == EACCES || number == EPERM) {
        remedy = "Check who owns it and its permissions.";
    }
    return Error{code, path.string(), fmt::format("Could not be {}: {}.", doing, std::strerror(number)), remedy};
}

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t size_max) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        return std::unexpected(error_of_errno(errno, path, "opened"));
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) {
        return std::unexpected(error_of_errno(errno, path, "read"));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::input_output, path.string(), "Not a regular file.",
                    "Name a file, not a folder or a device.");
    }
    if (static_cast<std::uintmax_t>(status.st_size) > size_max) {
        return fail(ErrorCode::limit_exceeded, path.string(),
                    fmt::format("The file has {} bytes; at most {} are accepted.", status.st_size, size_max));
    }
    Bytes bytes(static_cast<std::size_t>(status.st_size));
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return std::unexpected(error_of_errno(errno, path, "read"));
        }
        if (count == 0) {
            return fail(ErrorCode::input_output, path.string(), "The file shrank while it was read.", "Try again.");
        }
        filled += static_cast<std::size_t>(count);
    }
    return bytes;
}

Result<void> write_file(const std::filesystem::path& path, ByteView bytes, FileMode mode) {
    std::filesystem::path temporary = path;
    temporary += fmt::format(".{}.part", ::getpid());
    ::unlink(temporary.c_str());
    auto written = write_and_sync(temporary, bytes, mode);
    if (written.has_value() && ::rename(temporary.c_str(), path.c_str()) != 0) {
        written = std::unexpected(error_of_errno(errno, path, "replaced"));
    }
    if (!written.has_value()) {
        ::unlink(temporary.c_str());
        return written;
    }
    // The rename is durable only once the folder is: without this a power cut may bring the old file back.
    return flush_folder(folder_of(path));
}

Result<void> make_folder(const std::filesystem::path& path) {
    std::error_code status;
    std::filesystem::create_directories(path, status);
    if (status) {
        return std::unexpected(error_of_errno(status.value(), path, "created"));
    }
    return {};
}

}  // namespace pillarbox::base
