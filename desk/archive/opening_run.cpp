// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/opening_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include "core/base/file.hpp"
#include "desk/archive/seen.hpp"
#include "desk/opening/large_files.hpp"

namespace pillarbox::archive {
namespace {

using opening::CheckedBatch;
using opening::LogReport;

using Opened = std::vector<base::Result<base::Bytes>>;  // the encoded submission of each item

base::Result<base::Bytes> open_item(const batch::Item& item, const std::vector<envelope::Identity>& identities) {
    const crypto::SecretBytes plaintext = TRY(envelope::open(item.envelope, identities, submission::size_bytes_max));
    return base::Bytes(plaintext.view().begin(), plaintext.view().end());
}

Opened open_items(const std::vector<batch::Item>& items, const OpeningPlan& plan) {
    Opened opened(items.size(), base::Bytes{});
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t index = next++; index < items.size(); index = next++) {
            if (!items[index].withdrawn.has_value()) {
                opened[index] = open_item(items[index], plan.identities);
            }
        }
    };
    std::vector<std::jthread> others;
    for (unsigned index = 1; index < plan.jobs; ++index) {
        try {
            others.emplace_back(work);
        } catch (const std::system_error&) {
            break;  // fewer threads do the same work
        }
    }
    work();
    return opened;
}

base::Result<batch::Batch> read_batch(const CheckedBatch& checked) {
    const base::Bytes bytes = TRY(base::read_file(checked.file, opening::desk_limits().batch_size_bytes_max));
    batch::Batch parsed = TRY(batch::parse_batch(bytes, opening::desk_limits(), batch::Withdrawn::taken));
    if (batch::hash_of(parsed.header) != checked.hash) {
        return base::fail(base::ErrorCode::conflict, checked.file.string(), "The file changed since it was checked.",
                          "Let nothing write to the export folder, then run again.");
    }
    TRY(opening::load_large(parsed, checked.file.parent_path()));
    return parsed;
}

class OpeningRun {
  public:
    OpeningRun(Spool& spool, const OpeningPlan& plan, const TakeBatch& take_batch, opening::Progress& progress)
        : spool_(spool),
          plan_(plan),
          take_batch_(take_batch),
          progress_(progress),
          withdrawn_(plan.withdrawn.begin(), plan.withdrawn.end()) {}

    base::Result<OpeningCounts> run(const opening::ExportReport& report) {
        if (!withdrawn_.empty()) {
            TRY(each_batch(
                report, [this](const LogReport&, const CheckedBatch& checked) { return learn_withdrawn(checked); }));
        }
        TRY(each_batch(report,
                       [this](const LogReport& log, const CheckedBatch& checked) { return take(log, checked); }));
        return std::move(counts_);
    }

  private:
    template <typename Body>
    base::Result<void> each_batch(const opening::ExportReport& report, const Body& body) {
        for (const LogReport& log : report.logs) {
            for (const CheckedBatch& checked : log.batches) {
                TRY(body(log, checked));
            }
        }
        return {};
    }

    // One person's response may lie in several envelopes, under other tags too where a kiosk was restored: it goes by
    // its uuid.
    base::Result<void> learn_withdrawn(const CheckedBatch& checked) {
        const batch::Batch batch = TRY(read_batch(checked));
        for (const batch::Item& item : batch.items) {
            if (plan_.withdrawn.contains(item.tag) && !item.withdrawn.has_value()) {
                const auto encoded = open_item(item, plan_.identities);
                const auto submission =
                    encoded.has_value() ? submission::decode(*encoded) : base::Result<submission::Submission>{};
                if (encoded.has_value() && submission.has_value()) {
                    withdrawn_uuids_.insert(submission->uuid);
                }
            }
        }
        return {};
    }

    base::Result<void> take(const LogReport& log, const CheckedBatch& checked) {
        batch::Batch batch = TRY(read_batch(checked));
        if (checked.campaign_id != plan_.campaign_id) {
            ++counts_.other_campaigns;
            std::vector<batch::WithdrawalTag> all;
            std::ranges::transform(batch.items, std::back_inserter(all), &batch::Item::tag);
            batch::withdraw_items(batch, all);
            return take_batch_(log, checked, batch::encode_batch(batch));
        }
        batch::withdraw_items(batch, withdrawn_);
        const Opened opened = open_items(batch.items, plan_);
        for (std::size_t index = 0; index < opened.size(); ++index) {
            TRY(take_item(log, checked, batch.items[index], opened[index], index + 1));
        }
        // Only now: a response may have been withdrawn under the tag of another envelope.
        for (const std::size_t index : std::exchange(also_withdrawn_, {})) {
            batch.items[index].withdrawn = crypto::sha256(batch.items[index].envelope);
            batch.items[index].envelope.clear();
        }
        done_ += batch.items.size();
        progress_.update(done_);
        return take_batch_(log, checked, batch::encode_batch(batch));
    }

    base::Result<void> take_item(const LogReport& log, const CheckedBatch& checked, const batch::Item& item,
                                 const base::Result<base::Bytes>& encoded, std::size_t position) {
        if (item.withdrawn.has_value()) {
            ++counts_.withdrawn;
            return {};
        }
        if (!envelopes_.insert(crypto::sha256(item.envelope))) {
            ++counts_.duplicates;
            return {};
        }
        if (!encoded.has_value()) {
            return lose(log, checked, position, encoded.error());
        }
        const auto submission = submission::decode(*encoded);
        if (!submission.has_value()) {
            return lose(log, checked, position, submission.error());
        }
        if (submission->campaign_id != plan_.campaign_id) {
            return lose(log, checked, position,
                        {base::ErrorCode::conflict, {}, "The submission inside is for another campaign.", {}});
        }
        if (withdrawn_uuids_.contains(submission->uuid)) {
            ++counts_.withdrawn;
            also_withdrawn_.push_back(position - 1);
            return {};
        }
        if (!uuids_.insert(submission->uuid)) {
            ++counts_.duplicates;
            return {};
        }
        if (submission->kind == submission::Kind::test) {
            ++counts_.tests;
            return {};
        }
        ++counts_.responses;
        return spool_.add(*submission, *encoded, log.log.station, item.tag);
    }

    base::Result<void> lose(const LogReport& log, const CheckedBatch& checked, std::size_t position,
                            const base::Error& why) {
        counts_.damaged.push_back(
            fmt::format("{},{},{},\"{}\"", base::to_hex(log.log.log_id), checked.number, position, why.what));
        return {};
    }

    Spool& spool_;
    const OpeningPlan& plan_;
    const TakeBatch& take_batch_;
    opening::Progress& progress_;
    std::vector<batch::WithdrawalTag> withdrawn_;
    std::set<submission::Uuid> withdrawn_uuids_;
    Seen<16> uuids_;
    Seen<32> envelopes_;
    std::vector<std::size_t> also_withdrawn_;
    OpeningCounts counts_;
    std::uint64_t done_ = 0;
};

}  // namespace

base::Result<OpeningCounts> open_into(Spool& spool, const opening::ExportReport& report, const OpeningPlan& plan,
                                      const TakeBatch& take_batch, opening::Progress& progress) {
    return OpeningRun(spool, plan, take_batch, progress).run(report);
}

}  // namespace pillarbox::archive
