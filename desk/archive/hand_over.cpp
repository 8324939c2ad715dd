// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/hand_over.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/file.hpp"
#include "core/base/folder.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/archive/bag_writer.hpp"
#include "desk/archive/durable.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

base::Result<crypto::LongDigest> digest_of(const fs::path& path) {
    crypto::Sha512 hasher;
    TRY(read_in_pieces(path, [&hasher](base::ByteView piece) -> base::Result<void> {
        hasher.add(piece);
        return {};
    }));
    return hasher.finish();
}

// Written under another name first: a file under its own name is whole.
base::Result<void> copy_whole(const fs::path& from, const fs::path& to) {
    fs::path part = to;
    part += ".part";
    TRY(base::make_folder(to.parent_path()));
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0) {
        return std::unexpected(base::error_of_errno(errno, part, "created"));
    }
    auto copied = read_in_pieces(from, [&](base::ByteView piece) -> base::Result<void> {
        while (!piece.empty()) {
            const ssize_t count = ::write(file, piece.data(), piece.size());
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count <= 0) {
                return std::unexpected(base::error_of_errno(count < 0 ? errno : ENOSPC, part, "written"));
            }
            piece = piece.subspan(static_cast<std::size_t>(count));
        }
        return {};
    });
    if (copied.has_value() && ::fsync(file) != 0) {
        copied = std::unexpected(base::error_of_errno(errno, part, "flushed to disk"));
    }
    ::close(file);
    TRY(std::move(copied));
    if (::rename(part.c_str(), to.c_str()) != 0) {
        return std::unexpected(base::error_of_errno(errno, to, "given its name"));
    }
    return {};
}

class FolderHandOver {
  public:
    FolderHandOver(const fs::path& bag, const fs::path& archive, opening::Progress& progress,
                   std::uint64_t& done_bytes)
        : bag_(bag),
          target_(archive / bag.filename()),
          incoming_(archive / ("." + bag.filename().string() + ".incoming")),
          progress_(progress),
          done_bytes_(done_bytes) {}

    base::Result<HandOverOutcome> run() {
        const BagReport here = TRY(check_bag(bag_));
        if (!here.holds()) {
            return base::fail(base::ErrorCode::damaged, bag_.string(), "The bag is not valid.",
                              "See `pillarbox archive verify`; a damaged bag is not handed over.");
        }
        std::error_code problem;
        if (fs::exists(fs::symlink_status(target_, problem))) {
            return compare_with(here);
        }
        TRY(base::make_folder(incoming_));
        TRY(remove_strangers());
        TRY(copy_all());
        // Again for all of it: what an earlier run left here was perhaps never flushed.
        TRY(flush_tree(incoming_));
        const BagReport there = TRY(check_bag(incoming_));
        if (!there.holds() || there.manifest_digest != here.manifest_digest) {
            return base::fail(base::ErrorCode::damaged, incoming_.string(),
                              "The bag did not arrive as it was sent: " + describe(there),
                              "Check that disk; then hand it over again.");
        }
        TRY(give_name());
        return outcome_;
    }

  private:
    base::Result<HandOverOutcome> compare_with(const BagReport& here) {
        const BagReport there = TRY(check_bag(target_));
        if (there.manifest_digest != here.manifest_digest) {
            return base::fail(base::ErrorCode::already_exists, target_.string(),
                              "The archive has another bag of this name.",
                              "Settle it with the archive: a bag is never overwritten.");
        }
        if (!there.holds()) {
            return base::fail(base::ErrorCode::damaged, target_.string(),
                              "The archive's copy of this bag is damaged: " + describe(there),
                              "Let the archive move it away, then hand it over again.");
        }
        outcome_.was_there = true;
        done_bytes_ += here.payload_size_bytes;
        progress_.update(done_bytes_);
        return outcome_;
    }

    // What lies in our half-done folder and is not of this bag: halves of files, and files of an older bag of this
    // name. Links are removed, never followed.
    base::Result<void> remove_strangers() {
        std::error_code problem;
        std::vector<fs::path> strangers;
        for (fs::recursive_directory_iterator entry(incoming_, problem), end; !problem && entry != end;
             entry.increment(problem)) {
            const fs::path own = bag_ / entry->path().lexically_relative(incoming_);
            const fs::file_status status = entry->symlink_status();
            if (fs::symlink_status(own, problem).type() != status.type()) {
                strangers.push_back(entry->path());
            }
            problem.clear();
        }
        for (const fs::path& stranger : strangers) {
            fs::remove_all(stranger, problem);
        }
        return {};
    }

    base::Result<void> copy_all() {
        std::error_code problem;
        for (fs::recursive_directory_iterator entry(bag_, problem), end; !problem && entry != end;
             entry.increment(problem)) {
            if (entry->is_directory()) {
                continue;
            }
            TRY(copy(entry->path()));
            done_bytes_ += entry->file_size(problem);
            progress_.update(done_bytes_);
        }
        if (problem) {
            return std::unexpected(base::error_of_errno(problem.value(), bag_, "read"));
        }
        return {};
    }

    base::Result<void> copy(const fs::path& from) {
        const fs::path to = incoming_ / from.lexically_relative(bag_);
        std::error_code problem;
        if (fs::is_regular_file(fs::symlink_status(to, problem)) &&
            fs::file_size(to, problem) == fs::file_size(from, problem)) {
            const auto ours = TRY(digest_of(from));
            const auto theirs = digest_of(to);
            if (theirs.has_value() && *theirs == ours) {
                ++outcome_.files_there;
                return {};
            }
        }
        ++outcome_.files_sent;
        return copy_whole(from, to);
    }

    // RENAME_NOREPLACE: between the look at the start and now somebody else may have brought a bag of this name.
    base::Result<void> give_name() {
        if (::renameat2(AT_FDCWD, incoming_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) != 0) {
            if (errno == EEXIST) {
                return base::fail(base::ErrorCode::already_exists, target_.string(),
                                  "The archive has another bag of this name by now.",
                                  "Settle it with the archive: a bag is never overwritten.");
            }
            return std::unexpected(base::error_of_errno(errno, target_, "given its name"));
        }
        return base::flush_folder(target_.parent_path());
    }

    fs::path bag_, target_, incoming_;
    opening::Progress& progress_;
    std::uint64_t& done_bytes_;
    HandOverOutcome outcome_;
};

}  // namespace

base::Result<HandOverOutcome> hand_over_to_folder(const fs::path& bag, const fs::path& archive_folder,
                                                  opening::Progress& progress, std::uint64_t& done_bytes) {
    std::error_code problem;
    if (!fs::is_directory(archive_folder, problem)) {
        return base::fail(base::ErrorCode::not_found, archive_folder.string(), "The archive's folder is not there.",
                          "Mount it, or make it: it is not made here, so that a share that is not mounted is told.");
    }
    const fs::path named = bag.has_filename() ? bag : bag.parent_path();  // "bag/" means "bag"
    const fs::path to = archive_folder.has_filename() ? archive_folder : archive_folder.parent_path();
    return FolderHandOver(named, to, progress, done_bytes).run();
}

}  // namespace pillarbox::archive
