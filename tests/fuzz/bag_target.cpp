// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/base/check.hpp"
#include "desk/archive/archive_target.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/archive/retention.hpp"
#include "desk/archive/s3_listing.hpp"
#include "desk/archive/withdrawn.hpp"
#include "targets.hpp"
#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

// A bag that comes from anywhere, and the lists that come with it. The input is bagit.txt, bag-info.txt,
// manifest-sha512.txt, tagmanifest-sha512.txt, a file of the payload, retention.json and a list of withdrawals, with
// lines "----" between them. A first byte '+' stands for a tag manifest that fits, whatever the others are.
namespace pillarbox::fuzz {
namespace {

constexpr std::string_view mark = "----\n";
constexpr std::string_view payload_name = "data/a.txt";
constexpr std::array<std::string_view, 3> tag_file_names = {"bagit.txt", "bag-info.txt", "manifest-sha512.txt"};

std::string_view next_part(std::string_view& rest) {
    const std::size_t end = rest.find(mark);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + mark.size());
    return part;
}

// What is read says the same when it is written again, and no path of it leads anywhere else.
void check_manifest(std::string_view text) {
    auto entries = archive::parse_manifest(base::view_of(text), "manifest");
    if (!entries.has_value()) {
        return;
    }
    for (const archive::ManifestEntry& entry : *entries) {
        PILLARBOX_CHECK(archive::stays_inside(entry.path) && entry.path.size() <= archive::path_size_bytes_max);
        const auto joined = ("/bag/" / std::filesystem::path(entry.path)).lexically_normal().string();
        PILLARBOX_CHECK(joined.starts_with("/bag/") && joined.size() > std::string_view("/bag/").size());
    }
    std::ranges::sort(*entries, {}, &archive::ManifestEntry::path);
    const auto again = archive::parse_manifest(base::view_of(archive::format_manifest(*entries)), "manifest");
    PILLARBOX_CHECK(again.has_value() && *again == *entries);
}

void check_tags(std::string_view text) {
    const auto tags = archive::parse_tags(base::view_of(text), "tags");
    if (tags.has_value()) {
        PILLARBOX_CHECK(tags->size() <= archive::tags_max);
        const auto again = archive::parse_tags(base::view_of(archive::format_tags(*tags)), "tags");
        PILLARBOX_CHECK(again.has_value() && *again == *tags);
    }
}

// A bag that is valid lists this one file with its digest and its size; what is told of any other goes to a terminal
// line by line, and moves no cursor.
void check_report(const archive::BagReport& report, std::string_view payload) {
    const std::string told = archive::describe(report);
    PILLARBOX_CHECK(std::ranges::count(told, '\n') == static_cast<std::ptrdiff_t>(1 + report.findings.size()));
    PILLARBOX_CHECK(!told.contains('\x1b') && !told.contains('\r'));
    if (!report.holds()) {
        return;
    }
    PILLARBOX_CHECK(report.payload.size() == 1 && report.payload.front().path == payload_name);
    PILLARBOX_CHECK(report.payload.front().digest == crypto::sha512(base::view_of(payload)));
    PILLARBOX_CHECK(archive::tag_of(report.info, "Payload-Oxum") == std::to_string(payload.size()) + ".1");
}

// The last part is read as the list of a bucket too, and the one before as a target.
void check_lists(std::string_view retention, std::string_view withdrawn) {
    const auto rules = archive::parse_retention(retention, "retention");
    PILLARBOX_CHECK(!rules.has_value() || rules->size() <= archive::class_names.size());
    const auto tags = archive::parse_withdrawn(withdrawn, "withdrawn");
    PILLARBOX_CHECK(!tags.has_value() || tags->size() <= withdrawn.size());
    const auto target = archive::parse_target(retention, "target.json");
    PILLARBOX_CHECK(!target.has_value() || !target->server.base_url.empty());
    const auto listing = archive::parse_s3_listing(withdrawn, "list");
    PILLARBOX_CHECK(!listing.has_value() || listing->keys.size() <= archive::listed_keys_max);
}

}  // namespace

void fuzz_bag(base::ByteView input) {
    static const tests::TemporaryFolder folder;
    std::filesystem::create_directory(folder / "data");
    std::string_view rest = base::text_of(input);
    const bool fits = rest.starts_with('+');
    rest.remove_prefix(fits ? 1 : 0);
    std::vector<archive::ManifestEntry> listed;
    for (const std::string_view name : tag_file_names) {
        const std::string_view text = next_part(rest);
        put_file(folder / std::string(name), base::view_of(text));
        listed.push_back({std::string(name), crypto::sha512(base::view_of(text))});
        name.starts_with("manifest") ? check_manifest(text) : check_tags(text);
    }
    const std::string_view given = next_part(rest);
    check_manifest(given);
    put_file(folder / "tagmanifest-sha512.txt",
             base::view_of(fits ? archive::format_manifest(listed) : std::string(given)));
    const std::string_view payload = next_part(rest);
    put_file(folder / std::string(payload_name), base::view_of(payload));
    const auto report = archive::check_bag(folder.path());
    PILLARBOX_CHECK(report.has_value());
    check_report(*report, payload);
    const std::string_view retention = next_part(rest);
    check_lists(retention, rest);
}

}  // namespace pillarbox::fuzz
