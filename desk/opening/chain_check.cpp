// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/chain_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/base/file.hpp"
#include "core/batch/receipt.hpp"
#include "core/batch/succession.hpp"
#include "desk/exports/display_width.hpp"
#include "desk/opening/large_files.hpp"

namespace pillarbox::opening {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t receipt_size_bytes_max = std::size_t{16} << 10U;
constexpr std::string_view ask_admin = "Ask the store's admin what happened to this kiosk's log.";

// The chain along which the log goes on, batch number -> hash; 0 holds the genesis hash.
using Chain = std::map<std::uint64_t, crypto::Digest>;

class LogCheck {
  public:
    LogCheck(const KioskLog& log, const ExportFolder& folder, const crypto::VerifyKey& store_key)
        : folder_(folder), store_key_(store_key) {
        report_.log = log;
    }

    LogReport run() {
        const KioskLog& log = report_.log;
        if (batch::log_id_of(log.device_key, log.forerunner) != log.log_id) {
            add(ErrorCode::not_authentic, log.folder, "The kiosk's key does not belong to this log.");
        }
        for (const std::filesystem::path& file : log.batch_files) {
            read_batch(file);
        }
        std::ranges::sort(report_.batches, {},
                          [](const CheckedBatch& checked) { return std::tie(checked.number, checked.file); });
        const Chain chain = follow_chain();
        check_receipt(chain);
        const std::size_t in_chain = report_.batches.size();
        for (const std::filesystem::path& file : log.branch_files) {
            read_batch(file);
        }
        report_.branch_batches = report_.batches.size() - in_chain;
        return std::move(report_);
    }

  private:
    void add(ErrorCode code, const std::filesystem::path& where, std::string what) {
        report_.problems.push_back(Error{code, where.string(), std::move(what), std::string(ask_admin)});
    }

    void read_batch(const std::filesystem::path& file) {
        auto checked = check_file(file);
        if (!checked.has_value()) {
            Error problem = checked.error();
            problem.where = file.string();
            report_.problems.push_back(std::move(problem));
            return;
        }
        const bool twice = std::ranges::any_of(
            report_.batches, [&](const CheckedBatch& other) { return other.hash == checked->hash; });
        if (!twice) {
            report_.batches.push_back(*std::move(checked));
        }
    }

    base::Result<CheckedBatch> check_file(const std::filesystem::path& file) {
        const base::Bytes bytes = TRY(base::read_file(file, desk_limits().batch_size_bytes_max));
        batch::Batch parsed = TRY(batch::parse_batch(bytes, desk_limits(), batch::Withdrawn::taken));
        if (parsed.header.log_id != report_.log.log_id) {
            return base::fail(ErrorCode::conflict, {}, "This batch is of another kiosk's log.",
                              std::string(ask_admin));
        }
        TRY(batch::verify_signature(parsed, report_.log.device_key));
        TRY(load_large(parsed, file.parent_path()));
        const crypto::Digest hash = batch::hash_of(parsed.header);
        previous_of_[hash] = parsed.header.previous;
        const auto withdrawn = static_cast<std::uint64_t>(
            std::ranges::count_if(parsed.items, [](const batch::Item& item) { return item.withdrawn.has_value(); }));
        report_.envelopes += parsed.items.size() - withdrawn;
        report_.withdrawn += withdrawn;
        return CheckedBatch{file, parsed.header.campaign_id, parsed.header.number, parsed.header.count, hash};
    }

    Chain follow_chain() {
        Chain chain{{0, batch::genesis_hash(report_.log.log_id)}};
        std::multimap<std::uint64_t, crypto::Digest> by_number;
        for (const CheckedBatch& checked : report_.batches) {
            by_number.emplace(checked.number, checked.hash);
        }
        const std::uint64_t last = by_number.empty() ? 0 : by_number.rbegin()->first;
        std::uint64_t expected = 1;
        for (auto entry = by_number.begin(); entry != by_number.end(); entry = by_number.upper_bound(entry->first)) {
            const std::uint64_t number = entry->first;
            if (number > expected) {
                add_gap(expected, number - 1);
            }
            if (by_number.count(number) > 1) {
                add(ErrorCode::conflict, report_.log.folder,
                    fmt::format("Fork: there are {} different batches with the number {}.", by_number.count(number),
                                number));
            }
            add_link(chain, by_number, number);
            expected = number + 1;
            if (number == last) {
                break;  // the last number may be the largest there is
            }
        }
        return chain;
    }

    void add_gap(std::uint64_t first, std::uint64_t last) {
        add(ErrorCode::conflict, report_.log.folder,
            first == last ? fmt::format("Gap: batch {} is missing.", first)
                          : fmt::format("Gap: batches {} to {} are missing.", first, last));
    }

    // Of several batches with one number, the chain goes on with one that cites the batch before.
    void add_link(Chain& chain, const std::multimap<std::uint64_t, crypto::Digest>& by_number, std::uint64_t number) {
        const auto before = chain.find(number - 1);
        const auto [first, last] = by_number.equal_range(number);
        chain[number] = first->second;
        if (before == chain.end()) {
            return;  // the gap has been told already
        }
        const auto linked = std::find_if(
            first, last, [&](const auto& candidate) { return previous_of_[candidate.second] == before->second; });
        if (linked == last) {
            add(ErrorCode::conflict, report_.log.folder,
                fmt::format("Batch {} does not continue batch {}: it cites another hash.", number, number - 1));
        } else {
            chain[number] = linked->second;
        }
    }

    void check_receipt(const Chain& chain) {
        const std::filesystem::path path = report_.log.folder / "receipt.txt";
        std::error_code ignored;
        if (report_.log.batch_files.empty() && !std::filesystem::exists(path, ignored)) {
            return;  // a kiosk that has sent nothing yet
        }
        const auto note = base::read_file(path, receipt_size_bytes_max);
        if (!note.has_value()) {
            report_.problems.push_back(note.error());
            return;
        }
        const auto receipt = batch::verify_receipt(base::text_of(*note), folder_.store_name, store_key_);
        if (!receipt.has_value()) {
            Error problem = receipt.error();
            problem.where = path.string();
            report_.problems.push_back(std::move(problem));
            return;
        }
        if (receipt->log_id != report_.log.log_id) {
            add(ErrorCode::conflict, path, "This receipt is for another kiosk's log.");
            return;
        }
        report_.receipt = receipt->stored;
        compare(chain, *receipt, path);
    }

    void compare(const Chain& chain, const batch::Receipt& receipt, const std::filesystem::path& path) {
        const std::uint64_t last = chain.rbegin()->first;
        if (receipt.stored > last) {
            add(ErrorCode::conflict, path,
                fmt::format("The store signed for {} batches, but the export ends at batch {}.", receipt.stored,
                            last));
            return;
        }
        if (receipt.stored < last) {
            add(ErrorCode::conflict, path,
                fmt::format("The export goes on to batch {}, but the store signed for {} only.", last,
                            receipt.stored));
        }
        const auto at = chain.find(receipt.stored);
        if (at == chain.end() || at->second != receipt.stored_hash) {
            add(ErrorCode::conflict, path, fmt::format("The receipt is for another batch {}.", receipt.stored));
        }
    }

    const ExportFolder& folder_;
    const crypto::VerifyKey& store_key_;
    LogReport report_;
    std::map<crypto::Digest, crypto::Digest> previous_of_;  // batch hash -> the hash it cites
};

std::string result_of(const LogReport& log) {
    std::string result = log.problems.empty() ? "ok" : fmt::format("{} PROBLEMS", log.problems.size());
    if (log.withdrawn > 0) {
        result += fmt::format(", {} withdrawn", log.withdrawn);
    }
    if (log.branch_batches > 0) {
        result += fmt::format(", {} batches of a copy", log.branch_batches);
    }
    return result;
}

// Whether the export's key is the pinned one, or came to follow it.
bool leads_to(const ExportFolder& folder, const crypto::VerifyKey& pinned) {
    if (pinned == folder.store_key) {
        return true;
    }
    const auto followed = batch::follow_successions(folder.successions, folder.store_name, pinned);
    return followed.has_value() && std::ranges::find(*followed, folder.store_key) != followed->end();
}

}  // namespace

batch::Limits desk_limits() {
    return batch::Limits{.batch_size_bytes_max = std::size_t{64} << 20U,
                         .envelope_size_bytes_max = std::size_t{16} << 20U};
}

LogReport check_log(const KioskLog& log, const ExportFolder& folder, const crypto::VerifyKey& store_key) {
    return LogCheck(log, folder, store_key).run();
}

bool ExportReport::holds() const {
    return problems.empty() && std::ranges::all_of(logs, [](const LogReport& log) { return log.problems.empty(); });
}

ExportReport check_export(const ExportFolder& folder, const std::optional<crypto::VerifyKey>& store_key) {
    ExportReport report;
    const bool is_own = !store_key.has_value() || leads_to(folder, *store_key);
    if (!is_own) {
        report.problems.push_back(Error{ErrorCode::not_authentic, (folder.folder / "store.json").string(),
                                        "The export names another store key than the one given.",
                                        "Check with the store's admin which key is right."});
    }
    for (const std::filesystem::path& unlisted : folder.unlisted) {
        report.problems.push_back(Error{ErrorCode::conflict, unlisted.string(),
                                        "There are batches here of a kiosk that kiosks.json does not list.",
                                        std::string(ask_admin)});
    }
    for (const KioskLog& log : folder.logs) {
        report.logs.push_back(check_log(log, folder, is_own ? folder.store_key : *store_key));
    }
    return report;
}

std::string describe(const ExportReport& report) {
    std::size_t station_width = 7;
    for (const LogReport& log : report.logs) {
        station_width = std::max(station_width, exports::display_width(exports::harmless_line(log.log.station)));
    }
    const auto pad = [&](std::string text) {
        text.append(station_width - std::min(station_width, exports::display_width(text)), ' ');
        return text;
    };
    std::string table = fmt::format("{}  {:<8}  {:>7}  {:>9}  {:>7}  result\n", pad("station"), "log", "batches",
                                    "envelopes", "receipt");
    std::string problems;
    for (const LogReport& log : report.logs) {
        table += fmt::format("{}  {:<8}  {:>7}  {:>9}  {:>7}  {}\n", pad(exports::harmless_line(log.log.station)),
                             base::to_hex(log.log.log_id).substr(0, 8), log.batches.size(), log.envelopes,
                             log.receipt.has_value() ? std::to_string(*log.receipt) : "-", result_of(log));
        for (const Error& problem : log.problems) {
            problems += exports::harmless_line(problem.describe()) + "\n";
        }
    }
    for (const Error& problem : report.problems) {
        problems += exports::harmless_line(problem.describe()) + "\n";
    }
    return table + problems;
}

}  // namespace pillarbox::opening
