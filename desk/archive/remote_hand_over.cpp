// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "core/base/file.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/archive/hand_over.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view declaration_name = "bagit.txt";
constexpr std::string_view tag_manifest_name = "tagmanifest-sha512.txt";

struct BagFile {
    std::string path;
    std::uint64_t size_bytes = 0;
    crypto::LongDigest digest{};
};

// What a whole bag has, as it was read here a moment ago. bagit.txt is last: what lacks it is no bag.
base::Result<std::vector<BagFile>> files_of(const BagReport& bag) {
    std::vector<BagFile> files, last;
    for (const auto& list : {bag.payload, bag.tag_files}) {
        for (const ManifestEntry& entry : list) {
            std::error_code problem;
            const std::uintmax_t size = fs::file_size(bag.folder / entry.path, problem);
            if (problem) {
                return std::unexpected(base::error_of_errno(problem.value(), bag.folder / entry.path, "read"));
            }
            (entry.path == declaration_name ? last : files).push_back({entry.path, size, entry.digest});
        }
    }
    files.insert(files.end(), last.begin(), last.end());
    return files;
}

class ServerHandOver {
  public:
    ServerHandOver(BagReport bag, std::vector<BagFile> files, RemotePlace& place, opening::Progress& progress,
                   std::uint64_t& done_bytes)
        : bag_(std::move(bag)),
          files_(std::move(files)),
          name_(bag_.folder.filename().string()),
          place_(place),
          progress_(progress),
          done_bytes_(done_bytes) {
        for (const BagFile& file : files_) {
            paths_.insert(file.path);
        }
    }

    base::Result<HandOverOutcome> run() {
        const BagFile& declaration = files_.back();
        const Presence named = TRY(at(name_, declaration));
        if (named != Presence::missing) {
            return compare_with_ours();
        }
        const std::string folder = place_.folder_on_its_way(name_, bag_.manifest_digest);
        is_in_place_ = folder == name_;
        if (is_in_place_ && TRY(place_.holds_more_than(name_, paths_))) {
            return another_has_the_name();
        }
        const FolderState state = TRY(place_.begin(folder));
        for (const BagFile& file : files_) {
            if (&file == &declaration && is_in_place_) {
                break;
            }
            TRY(send(folder, file, state));
        }
        TRY(place_.give_name(folder, name_, paths_));
        if (is_in_place_) {
            TRY(send(folder, declaration, FolderState::is_new));
        } else if (TRY(at(name_, declaration)) != Presence::same) {
            return arrived_otherwise(declaration);
        }
        return outcome_;
    }

  private:
    base::Result<Presence> at(const std::string& folder, const BagFile& file) {
        return place_.compare(folder + "/" + file.path, file.size_bytes, file.digest);
    }

    std::unexpected<base::Error> arrived_otherwise(const BagFile& file) const {
        return base::fail(base::ErrorCode::damaged, place_.url_of(name_ + "/" + file.path),
                          "The file did not arrive as it was sent.",
                          "Hand the bag over again; then ask the archive.");
    }

    [[nodiscard]] std::unexpected<base::Error> another_has_the_name() const {
        return base::fail(base::ErrorCode::already_exists, place_.url_of(name_),
                          "The archive has another bag of this name, or a part of one.",
                          "Settle it with the archive: a bag is never overwritten.");
    }

    void count(const BagFile& file) {
        done_bytes_ += file.size_bytes;
        progress_.update(done_bytes_);
    }

    // Nothing that is there is believed without being read; what was sent is read back.
    base::Result<void> send(const std::string& folder, const BagFile& file, FolderState state) {
        const Presence before = state == FolderState::is_new ? Presence::missing : TRY(at(folder, file));
        if (before == Presence::same) {
            ++outcome_.files_there;
        } else if (before == Presence::other && is_in_place_) {  // never half of ours: S3 has an object whole or not
            return another_has_the_name();
        } else {
            TRY(place_.put(folder + "/" + file.path, bag_.folder / file.path));
            ++outcome_.files_sent;
            if (TRY(at(folder, file)) != Presence::same) {
                return arrived_otherwise(file);
            }
        }
        count(file);
        return {};
    }

    base::Result<HandOverOutcome> compare_with_ours() {
        bool is_ours = false;
        for (const BagFile& file : files_) {
            if (file.path == tag_manifest_name) {
                is_ours = TRY(at(name_, file)) == Presence::same;
            }
        }
        if (!is_ours) {
            return another_has_the_name();
        }
        for (const BagFile& file : files_) {
            if (TRY(at(name_, file)) != Presence::same) {
                return base::fail(base::ErrorCode::damaged, place_.url_of(name_ + "/" + file.path),
                                  "The archive's copy of this bag is damaged here.",
                                  "Let the archive move it away, then hand it over again.");
            }
            count(file);
        }
        if (TRY(place_.holds_more_than(name_, paths_))) {
            return base::fail(base::ErrorCode::damaged, place_.url_of(name_),
                              "The archive's copy of this bag holds more than the bag.",
                              "Let the archive move it away, then hand it over again.");
        }
        outcome_.was_there = true;
        return outcome_;
    }

    BagReport bag_;
    std::vector<BagFile> files_;
    std::set<std::string> paths_;
    std::string name_;
    bool is_in_place_ = false;  // under its name already while it is on its way
    RemotePlace& place_;
    opening::Progress& progress_;
    std::uint64_t& done_bytes_;
    HandOverOutcome outcome_;
};

}  // namespace

base::Result<HandOverOutcome> hand_over_to_server(const fs::path& bag, RemotePlace& place,
                                                  opening::Progress& progress, std::uint64_t& done_bytes) {
    const fs::path named = bag.has_filename() ? bag : bag.parent_path();  // "bag/" means "bag"
    BagReport report = TRY(check_bag(named));
    if (!report.holds()) {
        return base::fail(base::ErrorCode::damaged, named.string(), "The bag is not valid.",
                          "See `pillarbox archive verify`; a damaged bag is not handed over.");
    }
    std::vector<BagFile> files = TRY(files_of(report));
    return ServerHandOver(std::move(report), std::move(files), place, progress, done_bytes).run();
}

}  // namespace pillarbox::archive
