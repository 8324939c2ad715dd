// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/disposal.hpp"

#include <fmt/format.h>

#include <cerrno>

#include "core/base/file.hpp"
#include "core/batch/note.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/exports/display_width.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

struct Rule {
    std::string class_name, keep_until, reason;
};

base::Result<Rule> rule_for(const BagReport& bag, const DisposalOrder& order) {
    Rule rule{tag_of(bag.info, "Pillarbox-Retention-Class"), tag_of(bag.info, "Pillarbox-Keep-Until"),
              tag_of(bag.info, "Pillarbox-Keep-Reason")};
    if (const auto now = order.retention.find(rule.class_name); now != order.retention.end()) {
        rule.keep_until = format_keep_until(now->second);
        rule.reason = now->second.reason;
    }
    const auto until = base::parse_day(rule.keep_until);
    const bool is_time = until.has_value() && *until < order.day;
    if (!is_time && order.early_reason.empty()) {
        return base::fail(base::ErrorCode::conflict, order.bag.string(),
                          rule.keep_until.empty() ? "Nothing says how long this bag is to be kept."
                                                  : fmt::format("The bag is to be kept until {}.",
                                                                exports::harmless_line(rule.keep_until)),
                          "Name the rules with --retention, or say with --early why it goes all the same.");
    }
    return rule;
}

std::string text_of_certificate(const BagReport& bag, const Rule& rule, const DisposalOrder& order) {
    std::string text = "Certificate of disposal\n";
    const auto line = [&text](std::string_view label, const std::string& value) {
        text += fmt::format("{}: {}\n", label, value.empty() ? "none" : exports::harmless_line(value));
    };
    line("bag", bag.folder.filename().string());
    line("campaign", tag_of(bag.info, "Pillarbox-Campaign"));
    line("organisation", tag_of(bag.info, "Source-Organization"));
    line("content", tag_of(bag.info, "External-Description"));
    line("manifest sha512", base::to_hex(bag.manifest_digest));
    line("payload", fmt::format("{} files, {} bytes", bag.payload_files, bag.payload_size_bytes));
    line("retention class", rule.class_name);
    line("keep until", rule.keep_until);
    line("reason", rule.reason);
    if (!order.early_reason.empty()) {
        line("disposed of early", order.early_reason);
    }
    line("disposed of on", base::format_day(order.day));
    line("method", "the files were deleted; the medium was not destroyed");
    return text;
}

base::Result<void> delete_folder(const fs::path& folder) {
    std::error_code problem;
    fs::remove_all(folder, problem);
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), folder, "deleted"));
    }
    return {};
}

base::Result<void> rename_path(const fs::path& from, const fs::path& to) {
    std::error_code problem;
    fs::rename(from, to, problem);
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), from, "renamed"));
    }
    return {};
}

base::Result<std::string> read_text(const fs::path& path) {
    const base::Bytes bytes = TRY(base::read_file(path, batch::note_size_bytes_max));
    return std::string(base::text_of(bytes));
}

}  // namespace

// Three names tell how far it is: the bag's own, then ".NAME.disposing" with the certificate written as ".pending",
// then no bag and the certificate under its name.
base::Result<std::string> dispose(const DisposalOrder& order) {
    const fs::path bag = order.bag.has_filename() ? order.bag : order.bag.parent_path();  // "bag/" means "bag"
    const fs::path going = bag.parent_path() / ("." + bag.filename().string() + ".disposing");
    fs::path pending = order.certificate;
    pending += ".pending";
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(order.certificate, ignored))) {
        return base::fail(base::ErrorCode::already_exists, order.certificate.string(),
                          "There is a file of this name already.", "Name another file for the certificate.");
    }
    if (!fs::exists(going, ignored) || !fs::exists(pending, ignored)) {
        const BagReport report = TRY(check_bag(bag));
        if (!report.holds()) {
            return base::fail(
                base::ErrorCode::damaged, bag.string(), "The bag is not valid, so it can't be certified what it was.",
                "See `pillarbox archive verify`; dispose of a sound copy, and delete this one by hand.");
        }
        const Rule rule = TRY(rule_for(report, order));
        const std::string text = text_of_certificate(report, rule, order);
        const std::string written =
            order.committee_key == nullptr ? text : batch::sign_note(text, certificate_signer, *order.committee_key);
        TRY(base::write_file(pending, base::view_of(written)));
        TRY(rename_path(bag, going));
    }
    TRY(delete_folder(going));
    TRY(rename_path(pending, order.certificate));
    return read_text(order.certificate);
}

base::Result<std::string> verify_certificate(const fs::path& certificate, const crypto::VerifyKey& committee_key) {
    const std::string note = TRY(read_text(certificate));
    const auto text = batch::verify_note(note, certificate_signer, committee_key);
    if (!text.has_value()) {
        base::Error error = text.error();
        error.where = certificate.string();
        return std::unexpected(std::move(error));
    }
    return std::string(*text);
}

}  // namespace pillarbox::archive
