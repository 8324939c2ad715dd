// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/bag_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "desk/archive/durable.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_size_bytes = std::size_t{1} << 18U;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }

  private:
    int number_;
};

// A file that is written once. Not flushed here: finish() flushes all of them together.
class NewFile {
  public:
    explicit NewFile(const fs::path& path)
        : path_(path),
          file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)) {}

    base::Result<void> write(base::ByteView bytes) {
        hasher_.add(bytes);
        size_bytes_ += bytes.size();
        while (!bytes.empty()) {
            const ssize_t count = ::write(file_.get(), bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count <= 0) {
                return std::unexpected(base::error_of_errno(count < 0 ? errno : ENOSPC, path_, "written"));
            }
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return {};
    }
    [[nodiscard]] crypto::LongDigest digest() { return hasher_.finish(); }
    [[nodiscard]] std::uint64_t size_bytes() const { return size_bytes_; }

  private:
    fs::path path_;
    Descriptor file_;
    crypto::Sha512 hasher_;
    std::uint64_t size_bytes_ = 0;
};

base::Result<void> make_private_folder(const fs::path& folder) {
    TRY(base::make_folder(folder));
    if (::chmod(folder.c_str(), S_IRWXU) != 0) {
        return std::unexpected(base::error_of_errno(errno, folder, "made private"));
    }
    return {};
}

}  // namespace

base::Result<void> read_in_pieces(const fs::path& path,
                                  const std::function<base::Result<void>(base::ByteView)>& take) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        return std::unexpected(base::error_of_errno(errno, path, "opened"));
    }
    if (!S_ISREG(status.st_mode)) {
        return base::fail(base::ErrorCode::input_output, path.string(), "Not a regular file.",
                          "A bag holds files and folders only.");
    }
    base::Bytes piece(piece_size_bytes);
    while (true) {
        const ssize_t count = ::read(file.get(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return std::unexpected(base::error_of_errno(errno, path, "read"));
        }
        if (count == 0) {
            return {};
        }
        TRY(take(base::ByteView(piece).first(static_cast<std::size_t>(count))));
    }
}

BagWriter::BagWriter(fs::path folder, std::string name)
    : folder_(folder / name), unfinished_(folder / ("." + name + ".unfinished")), name_(std::move(name)) {}

base::Result<BagWriter> BagWriter::create(const fs::path& folder, const std::string& name) {
    PILLARBOX_CHECK(stays_inside(name) && !name.contains('/'));
    BagWriter writer(folder, name);
    std::error_code problem;
    if (fs::exists(fs::symlink_status(writer.folder_, problem))) {
        return base::fail(base::ErrorCode::already_exists, writer.folder_.string(),
                          "There is a bag of this name already.", "Name another folder: a bag is never overwritten.");
    }
    fs::remove_all(writer.unfinished_, problem);
    TRY(make_private_folder(writer.unfinished_ / "data"));
    TRY(make_private_folder(writer.unfinished_));
    return writer;
}

base::Result<fs::path> BagWriter::place_for(const std::string& path) const {
    PILLARBOX_CHECK(stays_inside(path));
    const fs::path place = unfinished_ / path;
    TRY(base::make_folder(place.parent_path()));
    return place;
}

base::Result<void> BagWriter::add(const std::string& path, base::ByteView bytes) {
    const fs::path place = TRY(place_for("data/" + path));
    NewFile file(place);
    TRY(file.write(bytes));
    payload_size_bytes_ += file.size_bytes();
    payload_.push_back({"data/" + path, file.digest()});
    return {};
}

base::Result<void> BagWriter::add_file(const std::string& path, const fs::path& source) {
    const fs::path place = TRY(place_for("data/" + path));
    NewFile file(place);
    TRY(read_in_pieces(source, [&](base::ByteView piece) { return file.write(piece); }));
    payload_size_bytes_ += file.size_bytes();
    payload_.push_back({"data/" + path, file.digest()});
    return {};
}

base::Result<void> BagWriter::add_tag_file(const std::string& path, base::ByteView bytes) {
    const fs::path place = TRY(place_for(path));
    NewFile file(place);
    TRY(file.write(bytes));
    tag_files_.push_back({path, file.digest()});
    return {};
}

base::Result<fs::path> BagWriter::finish(Tags info) {
    info.emplace_back("Payload-Oxum", fmt::format("{}.{}", payload_size_bytes_, payload_.size()));
    const std::string manifest = format_manifest(payload_);
    const std::string bag_info = format_tags(info);
    TRY(add_tag_file("bagit.txt", base::view_of(declaration)));
    TRY(add_tag_file("bag-info.txt", base::view_of(bag_info)));
    TRY(add_tag_file("manifest-sha512.txt", base::view_of(manifest)));
    const std::string tag_manifest = format_manifest(tag_files_);
    TRY(add_tag_file("tagmanifest-sha512.txt", base::view_of(tag_manifest)));
    TRY(flush_tree(unfinished_));
    TRY(rename_durably(unfinished_, folder_));
    return folder_;
}

}  // namespace pillarbox::archive
