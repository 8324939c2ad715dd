// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/disposal.hpp"

#include <fmt/format.h>

#include "core/base/file.hpp"
#include "core/batch/note.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/archive/durable.hpp"
#include "desk/exports/display_width.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view title = "Certificate of disposal\n";

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
    std::string text(title);
    const auto line = [&text](std::string_view label, const std::string& value) {
        text += fmt::format("{}: {}\n", label, value.empty() ? "none" : exports::harmless_line(value));
    };
    line("bag", bag.folder.filename().string());  // first: a run that ends a killed one looks for it
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

base::Result<std::string> read_text(const fs::path& path) {
    const base::Bytes bytes = TRY(base::read_file(path, batch::note_size_bytes_max));
    return std::string(base::text_of(bytes));
}

fs::path beside(const fs::path& bag, std::string_view what) {
    return bag.parent_path() / fmt::format(".{}.{}", bag.filename().string(), what);
}

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

// Three names tell how far it is: the bag's own, then ".NAME.disposing" with the certificate written as ".pending",
// then no bag and the certificate under its name. Each step is on disk before the next is taken.
class Disposal {
  public:
    explicit Disposal(const DisposalOrder& order)
        : order_(order),
          bag_(order.bag.has_filename() ? order.bag : order.bag.parent_path()),  // "bag/" means "bag"
          going_(beside(bag_, "disposing")),
          pending_(order.certificate.string() + ".pending") {}

    base::Result<std::string> run() {
        if (is_there(order_.certificate)) {
            return base::fail(base::ErrorCode::already_exists, order_.certificate.string(),
                              "There is a file of this name already.", "Name another file for the certificate.");
        }
        const bool was_begun = TRY(is_begun());
        if (!was_begun) {
            TRY(begin());
        }
        // Halves of copies that killed runs left of this bag go with it.
        for (const char* what : {"disposing", "withdrawal", "unfinished", "incoming"}) {
            TRY(delete_durably(beside(bag_, what)));
        }
        TRY(rename_durably(pending_, order_.certificate));
        return read_text(order_.certificate);
    }

  private:
    [[nodiscard]] std::string first_lines() const {
        return fmt::format("{}bag: {}\n", title, exports::harmless_line(bag_.filename().string()));
    }

    // Whether a run that was killed certified this bag, and may have deleted some of it.
    base::Result<bool> is_begun() const {
        if (!is_there(pending_)) {
            if (is_there(going_) && !is_there(bag_)) {
                return base::fail(base::ErrorCode::conflict, going_.string(),
                                  "A disposal of this bag was begun with a certificate of another name.",
                                  "Name that certificate again, so that it can be ended.");
            }
            return false;
        }
        const std::string text = TRY(read_text(pending_));
        if (!text.starts_with(first_lines())) {
            return base::fail(base::ErrorCode::already_exists, pending_.string(),
                              "The disposal of another bag was begun with this certificate.",
                              "End that one first, or name another file for the certificate.");
        }
        return !is_there(bag_) || is_there(going_);
    }

    base::Result<void> begin() const {
        const BagReport report = TRY(check_bag(bag_));
        if (!report.holds()) {
            return base::fail(
                base::ErrorCode::damaged, bag_.string(),
                "The bag is not valid, so it can't be certified what it was.",
                "See `pillarbox archive verify`; dispose of a sound copy, and delete this one by hand.");
        }
        const Rule rule = TRY(rule_for(report, order_));
        const std::string text = text_of_certificate(report, rule, order_);
        const std::string written = order_.committee_key == nullptr
                                        ? text
                                        : batch::sign_note(text, certificate_signer, *order_.committee_key);
        TRY(base::write_file(pending_, base::view_of(written)));
        return rename_durably(bag_, going_);
    }

    const DisposalOrder& order_;
    fs::path bag_, going_, pending_;
};

}  // namespace

base::Result<std::string> dispose(const DisposalOrder& order) {
    return Disposal(order).run();
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
