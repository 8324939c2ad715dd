// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/bag_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/file.hpp"
#include "desk/archive/bag_writer.hpp"
#include "desk/exports/display_width.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest_name = "manifest-sha512.txt";
constexpr std::string_view tag_manifest_name = "tagmanifest-sha512.txt";
constexpr std::size_t walked_max = 2 * manifest_entries_max;

struct Found {
    crypto::LongDigest digest{};
    std::uint64_t size_bytes = 0;
};

class BagCheck {
  public:
    explicit BagCheck(const fs::path& folder) { report_.folder = folder; }

    base::Result<BagReport> run() {
        TRY(walk());
        check_declaration();
        read_info();
        const auto payload = read_manifest(manifest_name);
        compare(payload, Part::payload);
        compare(read_manifest(tag_manifest_name), Part::tags);
        check_oxum();
        if (files_.contains("fetch.txt")) {
            add("fetch.txt", "Part of the bag would have to be fetched from elsewhere: it is not complete");
        }
        report_.payload = payload;
        for (const auto& [path, found] : files_) {
            if (!path.starts_with("data/")) {
                report_.tag_files.push_back({path, found.digest});
            }
        }
        if (const auto found = files_.find(manifest_name); found != files_.end()) {
            report_.manifest_digest = found->second.digest;
        }
        return std::move(report_);
    }

  private:
    enum class Part { payload, tags };

    void add(std::string_view path, std::string_view what) {
        report_.findings.push_back({std::string(path), std::string(what)});
    }

    base::Result<void> walk() {
        std::error_code problem;
        for (fs::recursive_directory_iterator entry(report_.folder, problem), end; !problem && entry != end;
             entry.increment(problem)) {
            if (++walked_ > walked_max) {  // links and folders too: each is a finding or a name to keep
                return base::fail(base::ErrorCode::limit_exceeded, report_.folder.string(),
                                  "The folder holds more files and folders than a bag may have.");
            }
            TRY(look_at(*entry));
        }
        if (problem) {
            return std::unexpected(base::error_of_errno(problem.value(), report_.folder, "read"));
        }
        return {};
    }

    // A symbolic link is told and not followed, also where it leads to a folder.
    base::Result<void> look_at(const fs::directory_entry& entry) {
        std::error_code problem;
        const fs::file_status status = entry.symlink_status(problem);
        const std::string path = entry.path().lexically_relative(report_.folder).generic_string();
        if (fs::is_directory(status)) {
            return {};
        }
        if (!fs::is_regular_file(status)) {
            add(path, fs::is_symlink(status) ? "This is a symbolic link" : "This is neither a file nor a folder");
            return {};
        }
        crypto::Sha512 hasher;
        Found found;
        auto read = read_in_pieces(entry.path(), [&](base::ByteView piece) -> base::Result<void> {
            hasher.add(piece);
            found.size_bytes += piece.size();
            return {};
        });
        if (!read.has_value()) {
            add(path, "The file can't be read");
            return {};
        }
        found.digest = hasher.finish();
        if (path.starts_with("data/")) {
            ++report_.payload_files;
            report_.payload_size_bytes += found.size_bytes;
        }
        files_.emplace(path, found);
        return {};
    }

    base::Result<base::Bytes> read_tag_file(std::string_view name, std::size_t size_max) {
        if (!files_.contains(name)) {
            return base::fail(base::ErrorCode::not_found, std::string(name), "The file is missing.");
        }
        return base::read_file(report_.folder / name, size_max);
    }

    void check_declaration() {
        const auto bytes = read_tag_file("bagit.txt", tag_file_size_bytes_max);
        if (!bytes.has_value()) {
            add("bagit.txt", "The file is missing or can't be read: this is not a bag");
            return;
        }
        const auto tags = parse_tags(*bytes, "bagit.txt");
        if (!tags.has_value()) {
            add("bagit.txt", tags.error().what);
        } else if (tags->size() != 2 || (*tags)[0].first != "BagIt-Version" ||
                   (*tags)[1].first != "Tag-File-Character-Encoding") {
            add("bagit.txt", "The file does not say version and encoding, and nothing else");
        } else if ((*tags)[0].second != "1.0") {
            add("bagit.txt", "The bag is of another version than 1.0");
        } else if ((*tags)[1].second != "UTF-8") {
            add("bagit.txt", "The tag files are in another encoding than UTF-8");
        }
    }

    void read_info() {
        const auto bytes = read_tag_file("bag-info.txt", tag_file_size_bytes_max);
        if (!bytes.has_value()) {
            add("bag-info.txt", "The file is missing or can't be read");
            return;
        }
        auto tags = parse_tags(*bytes, "bag-info.txt");
        if (!tags.has_value()) {
            add("bag-info.txt", tags.error().what);
            return;
        }
        report_.info = *std::move(tags);
    }

    std::vector<ManifestEntry> read_manifest(std::string_view name) {
        const auto bytes = read_tag_file(name, manifest_size_bytes_max);
        if (!bytes.has_value()) {
            add(name, "The file is missing or can't be read");
            return {};
        }
        auto entries = parse_manifest(*bytes, std::string(name));
        if (!entries.has_value()) {
            add(name, entries.error().what);
            return {};
        }
        return *std::move(entries);
    }

    // Both ways: what is listed must be there and as listed, and what is there must be listed.
    void compare(const std::vector<ManifestEntry>& listed, Part part) {
        const std::string_view manifest = part == Part::payload ? manifest_name : tag_manifest_name;
        std::map<std::string_view, const crypto::LongDigest*> wanted;
        for (const ManifestEntry& entry : listed) {
            const bool is_payload = entry.path.starts_with("data/");
            if (is_payload != (part == Part::payload) || entry.path == tag_manifest_name) {
                add(manifest, "It lists a file that does not belong into it");
                continue;
            }
            wanted.emplace(entry.path, &entry.digest);
            const auto found = files_.find(entry.path);
            if (found == files_.end()) {
                add(entry.path, "The file is missing");
            } else if (found->second.digest != entry.digest) {
                add(entry.path, "The file changed: its checksum is not the listed one");
            }
        }
        for (const auto& [path, found] : files_) {
            const bool is_payload = path.starts_with("data/");
            if (is_payload == (part == Part::payload) && path != tag_manifest_name && !wanted.contains(path)) {
                add(path, fmt::format("The file is not listed in {}", manifest));
            }
        }
    }

    void check_oxum() {
        const auto times = std::ranges::count(report_.info, "Payload-Oxum", &Tags::value_type::first);
        const std::string oxum = fmt::format("{}.{}", report_.payload_size_bytes, report_.payload_files);
        if (times != 1) {
            add("bag-info.txt", "Payload-Oxum does not stand there once");
        } else if (tag_of(report_.info, "Payload-Oxum") != oxum) {
            add("bag-info.txt", "Payload-Oxum says other numbers of bytes and files than there are");
        }
    }

    BagReport report_;
    std::size_t walked_ = 0;
    std::map<std::string, Found, std::less<>> files_;
};

}  // namespace

base::Result<BagReport> check_bag(const fs::path& folder) {
    std::error_code problem;
    if (!fs::is_directory(fs::symlink_status(folder, problem))) {
        return base::fail(base::ErrorCode::not_found, folder.string(), "This is not a folder.", "Name a bag.");
    }
    return BagCheck(folder).run();
}

std::string describe(const BagReport& report) {
    std::string text =
        fmt::format("{}: {}, {} files, {} bytes\n", report.folder.filename().string(),
                    report.holds() ? "valid" : "NOT valid", report.payload_files, report.payload_size_bytes);
    for (const BagFinding& finding : report.findings) {
        text += fmt::format("  {}: {}.\n", exports::harmless_line(finding.path), finding.what);
    }
    return text;
}

base::Result<std::vector<fs::path>> bags_in(const fs::path& folder) {
    std::error_code problem;
    std::vector<fs::path> bags;
    if (fs::exists(folder / "bagit.txt", problem)) {
        return std::vector<fs::path>{folder};
    }
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
        std::error_code ignored;
        if (!entry->path().filename().string().starts_with('.') && fs::exists(entry->path() / "bagit.txt", ignored)) {
            bags.push_back(entry->path());
        }
    }
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), folder, "read"));
    }
    if (bags.empty()) {
        return base::fail(base::ErrorCode::not_found, folder.string(), "There is no bag in this folder.",
                          "Name a bag, or a folder of bags.");
    }
    std::ranges::sort(bags);
    return bags;
}

std::string tag_of(const Tags& tags, std::string_view label) {
    const auto found = std::ranges::find(tags, label, &Tags::value_type::first);
    return found == tags.end() ? std::string() : found->second;
}

}  // namespace pillarbox::archive
