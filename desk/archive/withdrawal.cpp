// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/withdrawal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/fs.h>
#include <stdio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/base/folder.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/archive/bag_writer.hpp"
#include "desk/archive/description.hpp"
#include "desk/archive/durable.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/opening/large_files.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t text_file_size_bytes_max = std::size_t{64} << 20U;
constexpr std::string_view tags_suffix = ".tags.csv";
constexpr std::string_view lines_suffix = ".jsonl";

// The lines of a text for which `keep` is true.
template <typename Keep>
std::string lines_that(std::string_view text, const Keep& keep) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        const std::string_view line = text.substr(0, end + 1);
        if (keep(line)) {
            kept += line;
        }
        text.remove_prefix(line.size());
    }
    return kept;
}

class BagWithdrawal {
  public:
    BagWithdrawal(const fs::path& bag, const WithdrawnTags& withdrawn)
        : bag_(bag), withdrawn_(withdrawn), tags_(withdrawn.begin(), withdrawn.end()) {}

    base::Result<WithdrawalOutcome> run(base::Day day) {
        const BagReport report = TRY(check_bag(bag_));
        if (!report.holds()) {
            return base::fail(base::ErrorCode::damaged, bag_.string(), "The bag is not valid.",
                              "See `pillarbox archive verify`; withdraw from a sound copy.");
        }
        for (const ManifestEntry& entry : report.payload) {
            TRY(look_for_tags(entry.path));
            outcome_.has_released_files |= entry.path.starts_with("data/released/");
        }
        // Counted first: a bag that holds none of them stays as it is, to the byte.
        for (const ManifestEntry& entry : report.payload) {
            const auto changed = TRY(without_withdrawn(entry.path));
            if (changed.has_value()) {
                changed_.insert(entry.path);
            }
        }
        if (!changed_.empty()) {
            TRY(make_anew(report, day));
        }
        return outcome_;
    }

  private:
    [[nodiscard]] bool is_withdrawn(std::string_view hex) const {
        const auto bytes = base::from_hex(hex);
        const auto tag = bytes.has_value() ? base::array_of<32>(*bytes) : base::Result<batch::WithdrawalTag>({});
        return bytes.has_value() && tag.has_value() && withdrawn_.contains(*tag);
    }

    base::Result<std::string> text_of(const std::string& path) const {
        const base::Bytes bytes = TRY(base::read_file(bag_ / path, text_file_size_bytes_max));
        return std::string(base::text_of(bytes));
    }

    // "tag,id" lines: learns the ids of the withdrawn.
    base::Result<void> look_for_tags(const std::string& path) {
        if (!path.ends_with(tags_suffix)) {
            return {};
        }
        const std::string text = TRY(text_of(path));
        lines_that(text, [this](std::string_view line) {
            if (is_withdrawn(line.substr(0, 64)) && line.size() > 66) {
                ids_.insert(std::string(line.substr(65, line.size() - 66)));
            }
            return false;
        });
        return {};
    }

    // The file as it has to be; nothing where it may stay as it is.
    base::Result<std::optional<base::Bytes>> without_withdrawn(const std::string& path) {
        if (path.ends_with(".batch")) {
            return batch_without(path);
        }
        if (!path.ends_with(tags_suffix) && !path.ends_with(lines_suffix)) {
            return std::optional<base::Bytes>{};
        }
        const std::string text = TRY(text_of(path));
        const bool is_tags = path.ends_with(tags_suffix);
        std::uint64_t gone = 0;
        const std::string kept = lines_that(text, [&](std::string_view line) {
            const bool goes = is_tags ? is_withdrawn(line.substr(0, 64)) : holds_withdrawn_id(line);
            gone += goes ? 1U : 0U;
            return !goes;
        });
        outcome_.taken_out += is_tags ? 0U : gone;
        return gone == 0 ? std::optional<base::Bytes>{} : std::optional(base::bytes_of(kept));
    }

    // A line begins with {"__id":"uuid:...": the writer's own order of members.
    [[nodiscard]] bool holds_withdrawn_id(std::string_view line) const {
        constexpr std::string_view start = "{\"__id\":\"";
        if (!line.starts_with(start)) {
            return false;
        }
        line.remove_prefix(start.size());
        return ids_.contains(std::string(line.substr(0, line.find('"'))));
    }

    base::Result<std::optional<base::Bytes>> batch_without(const std::string& path) {
        const base::Bytes bytes = TRY(base::read_file(bag_ / path, opening::desk_limits().batch_size_bytes_max));
        batch::Batch parsed = TRY(batch::parse_batch(bytes, opening::desk_limits(), batch::Withdrawn::taken));
        for (const batch::Item& item : parsed.items) {
            if (item.large.has_value() && withdrawn_.contains(item.tag)) {
                gone_files_.insert(opening::large_file(fs::path(path).parent_path(), *item.large).string());
            }
        }
        const std::uint64_t gone = batch::withdraw_items(parsed, tags_);
        outcome_.taken_out += gone;
        return gone == 0 ? std::optional<base::Bytes>{} : std::optional(batch::encode_batch(parsed));
    }

    base::Result<void> make_anew(const BagReport& report, base::Day day) {
        const std::uint64_t counted = outcome_.taken_out;
        const fs::path workplace = bag_.parent_path() / ("." + bag_.filename().string() + ".withdrawal");
        std::error_code ignored;
        fs::remove_all(workplace, ignored);
        TRY(base::make_folder(workplace));
        BagWriter writer = TRY(BagWriter::create(workplace, bag_.filename().string()));
        for (const ManifestEntry& entry : report.payload) {
            const std::string path = entry.path.substr(std::string_view("data/").size());
            if (gone_files_.contains(entry.path)) {
                continue;
            }
            if (changed_.contains(entry.path)) {
                const auto bytes = TRY(without_withdrawn(entry.path));
                TRY(writer.add(path, bytes.value()));
            } else {
                TRY(writer.add_file(path, bag_ / entry.path));
            }
        }
        outcome_.taken_out = counted;
        TRY(copy_metadata(report, day, writer));
        Tags info = report.info;
        std::erase_if(info, [](const auto& tag) { return tag.first == "Payload-Oxum"; });
        info.emplace_back("Pillarbox-Withdrawal", fmt::format("{} taken out on {}", counted, base::format_day(day)));
        const fs::path made = TRY(writer.finish(std::move(info)));
        return exchange(made, workplace);
    }

    // Every tag file but those that the writer makes; the list of events tells of this too.
    base::Result<void> copy_metadata(const BagReport& report, base::Day day, BagWriter& writer) const {
        constexpr std::array<std::string_view, 4> made_anew = {"bagit.txt", "bag-info.txt", "manifest-sha512.txt",
                                                               "tagmanifest-sha512.txt"};
        for (const ManifestEntry& entry : report.tag_files) {
            if (std::ranges::find(made_anew, entry.path) != made_anew.end()) {
                continue;
            }
            base::Bytes bytes = TRY(base::read_file(bag_ / entry.path, tag_file_size_bytes_max));
            if (entry.path == "metadata/events.xml") {
                const Event event{
                    "deletion",
                    fmt::format("{} withdrawn responses were deleted; the bag was made anew.", outcome_.taken_out),
                    "success"};
                const std::string longer = TRY(with_event(base::text_of(bytes), event, day));
                bytes = base::bytes_of(longer);
            }
            TRY(writer.add_tag_file(entry.path, bytes));
        }
        return {};
    }

    // Both are whole under their names at every moment: the kernel exchanges the two names in one step. Only when
    // that is on disk the old bag goes, so that a power cut brings back neither half of it.
    base::Result<void> exchange(const fs::path& made, const fs::path& workplace) const {
        if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, bag_.c_str(), RENAME_EXCHANGE) != 0) {
            return std::unexpected(base::error_of_errno(errno, bag_, "replaced"));
        }
        TRY(base::flush_folder(base::folder_of(bag_)));
        TRY(base::flush_folder(workplace));
        return delete_durably(workplace);
    }

    fs::path bag_;
    const WithdrawnTags& withdrawn_;
    std::vector<batch::WithdrawalTag> tags_;
    std::set<std::string> ids_;         // "uuid:..." of the withdrawn
    std::set<std::string> changed_;     // paths of files that hold them
    std::set<std::string> gone_files_;  // of large envelopes
    WithdrawalOutcome outcome_;
};

}  // namespace

base::Result<WithdrawalOutcome> withdraw_from_bag(const fs::path& bag, const WithdrawnTags& withdrawn,
                                                  base::Day day) {
    const fs::path named = bag.has_filename() ? bag : bag.parent_path();  // "bag/" means "bag"
    TRY(delete_durably(named.parent_path() / ("." + named.filename().string() + ".withdrawal")));
    return BagWithdrawal(named, withdrawn).run(day);
}

}  // namespace pillarbox::archive
