// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/round.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/file.hpp"
#include "sync/client/kept_receipt.hpp"
#include "sync/client/large_parts.hpp"
#include "sync/protocol/attestation.hpp"

namespace pillarbox::client {
namespace {

constexpr int uploads_without_progress_max = 3;

struct Parcel {
    std::vector<base::Bytes> batches;
    std::uint64_t last_number = 0;
    std::uint64_t responses = 0;
    std::vector<NamedEnvelope> named;  // by the last of them: their parts go first
};

// The batch that was just drawn, so that it need not be read from the outbox again.
struct Drawn {
    std::uint64_t number = 0;
    base::Bytes bytes;
};

// Batches from `first` on, as they were drawn: at least one, and no more than fit an upload.
base::Result<Parcel> gather(outbox::Outbox& outbox, std::uint64_t first, std::uint64_t last, Drawn& drawn) {
    Parcel parcel;
    std::size_t size_bytes = 0;
    for (std::uint64_t number = first; number <= last; ++number) {
        base::Bytes batch;
        if (number == drawn.number) {
            batch = std::exchange(drawn, {}).bytes;
        } else {
            batch = TRY(outbox.batch_at(number));
        }
        size_bytes += batch.size();
        if (!parcel.batches.empty() && size_bytes > upload_size_bytes_max) {
            break;
        }
        parcel.responses += TRY(batch::responses_in(base::ByteView(batch)));
        parcel.named = TRY(named_in(batch));
        parcel.last_number = number;
        parcel.batches.push_back(std::move(batch));
        if (!parcel.named.empty()) {
            break;  // a store has room for what one batch names
        }
    }
    return parcel;
}

base::Result<std::optional<base::Bytes>> draw(outbox::Outbox& outbox, const crypto::SigningKey& device_key,
                                              const RoundSettings& settings, batch::Limits limits) {
    const outbox::Counts counts = TRY(outbox.counts());
    // A test response may leave alone at any time, but never makes up the number for others.
    const bool only_tests = counts.waiting == 0 && counts.tests_waiting > 0;
    if (!only_tests && (counts.waiting == 0 || counts.waiting < settings.batch_responses_min)) {
        return std::optional<base::Bytes>();
    }
    limits.batch_size_bytes_max = std::min(limits.batch_size_bytes_max, upload_size_bytes_max);
    return outbox.draw_batch(settings.campaign_id, settings.pack_digest, device_key, limits);
}

// Sends a parcel and draws the next batch meanwhile where there is none after this one: reading, hashing and signing
// take about as long as the way to the store and back. Nobody but the drawing touches the outbox until both are over.
// What it meets is met again where the batch is needed; where no thread can be had, it draws after the upload.
base::Result<batch::Receipt> send(const Parcel& parcel, const batch::Limits& limits, outbox::Outbox& outbox,
                                  StoreClient& store, const crypto::SigningKey& device_key,
                                  const RoundSettings& settings, const outbox::Head& head, Drawn& drawn) {
    if (parcel.last_number < head.number) {
        return store.upload(head.log_id, parcel.batches);
    }
    auto drawing = std::async([&] { return draw(outbox, device_key, settings, limits); });
    auto receipt = store.upload(head.log_id, parcel.batches);
    auto next = drawing.get();
    if (next.has_value() && next->has_value()) {
        drawn = {head.number + 1, *std::move(*next)};
    }
    return receipt;
}

// To look through the pool takes about as long as to connect. The outbox remembers what it has seen.
base::Result<batch::Receipt> ask_head(outbox::Outbox& outbox, StoreClient& store, const batch::LogId& log_id) {
    auto looking = std::async([&outbox] { return outbox.counts(); });
    auto receipt = store.head(log_id);
    TRY(looking.get());
    return receipt;
}

// Our branch of a log of which the store holds another. Its answers bring nothing new: they are that other branch's.
base::Result<void> show_branch(outbox::Outbox& outbox, StoreClient& store, const crypto::SigningKey& device_key,
                               const RoundSettings& settings, const batch::Limits& limits) {
    TRY(draw(outbox, device_key, settings, limits));
    const outbox::Head head = TRY(outbox.head());
    const auto shown = base::read_file(settings.shown_branch_path, head.hash.size());
    if (shown.has_value() && std::ranges::equal(*shown, head.hash)) {
        return {};
    }
    Drawn none;
    std::uint64_t next = TRY(outbox.first_unpurged());
    while (next <= head.number) {
        const Parcel parcel = TRY(gather(outbox, next, head.number, none));
        TRY(store.upload(head.log_id, parcel.batches));
        next = parcel.last_number + 1;
    }
    return settings.shown_branch_path.empty() ? base::Result<void>{}
                                              : base::write_file(settings.shown_branch_path, head.hash);
}

std::unexpected<base::Error> store_went_back(std::uint64_t first_missing, std::uint64_t first_held) {
    return base::fail(
        base::ErrorCode::conflict, "store",
        fmt::format("The store lacks batches {} to {}, which it had called safe.", first_missing, first_held - 1),
        "Tell the store's admin: it was probably restored from an old backup. Nothing more is deleted here.");
}

// The store was put back to an old copy. Where its operator knows that (a higher epoch), it takes the receipt under
// which the batches were purged here as the proof that it had them, and goes on behind them.
base::Result<batch::Receipt> show_lost(outbox::Outbox& outbox, StoreClient& store,
                                       const crypto::SigningKey& device_key, const RoundSettings& settings,
                                       const batch::Receipt& head, std::uint64_t first_held) {
    const std::uint64_t last_purged = first_held - 1;
    const auto kept = read_kept_receipt(settings.kept_receipt_path, store.pin());
    const bool proves = kept.has_value() && kept->receipt.log_id == head.log_id && kept->receipt.epoch < head.epoch &&
                        kept->receipt.safe >= last_purged;
    if (!proves) {
        return store_went_back(head.stored + 1, first_held);
    }
    const crypto::Digest hash = TRY(outbox.batch_hash(last_purged));
    const base::Bytes attestation =
        protocol::make_attestation({kept->note, last_purged, hash, {}}, head.log_id, device_key);
    const batch::Receipt receipt = TRY(store.attest(head.log_id, attestation));
    TRY(outbox.check(receipt));
    if (receipt.stored < last_purged) {
        return store_went_back(receipt.stored + 1, first_held);
    }
    return receipt;
}

}  // namespace

base::Result<RoundReport> run_round(outbox::Outbox& outbox, StoreClient& store, const crypto::SigningKey& device_key,
                                    const RoundSettings& settings) {
    RoundReport report;
    const outbox::Head start = TRY(outbox.head());
    report.receipt = TRY(ask_head(outbox, store, start.log_id));
    auto purged = purge_under(outbox, settings.kept_receipt_path, store.note(), report.receipt);
    if (!purged.has_value()) {
        if (purged.error().code == base::ErrorCode::conflict) {
            const auto shown = show_branch(outbox, store, device_key, settings, report.receipt.limits);
            static_cast<void>(shown);  // the next round tries again: what people have to know is the conflict
        }
        return std::unexpected(purged.error());
    }
    report.responses_purged = *purged;
    int without_progress = 0;
    Drawn drawn;
    while (true) {
        const std::uint64_t next = report.receipt.stored + 1;
        const outbox::Head head = TRY(outbox.head());
        if (next > head.number) {
            auto bytes = TRY(draw(outbox, device_key, settings, report.receipt.limits));
            if (!bytes.has_value()) {
                break;
            }
            drawn = {head.number + 1, *std::move(bytes)};
            continue;
        }
        const std::uint64_t first_held = TRY(outbox.first_unpurged());
        if (next < first_held) {
            report.receipt = TRY(show_lost(outbox, store, device_key, settings, report.receipt, first_held));
            report.batches_attested += first_held - next;
            continue;
        }
        const Parcel parcel = TRY(gather(outbox, next, head.number, drawn));
        for (const NamedEnvelope& named : parcel.named) {
            TRY(send_parts(outbox, store, device_key, named));
        }
        report.receipt = TRY(send(parcel, report.receipt.limits, outbox, store, device_key, settings, head, drawn));
        report.responses_purged += TRY(purge_under(outbox, settings.kept_receipt_path, store.note(), report.receipt));
        if (report.receipt.stored >= parcel.last_number) {
            report.batches_sent += parcel.batches.size();
            report.responses_sent += parcel.responses;
            without_progress = 0;
        } else if (++without_progress == uploads_without_progress_max) {
            return base::fail(base::ErrorCode::conflict, "store", "The store does not take the next batch.",
                              "Tell the store's admin; everything stays on the kiosk.");
        }
    }
    static_cast<void>(TRY(outbox.checkpoint()));
    const outbox::Counts counts = TRY(outbox.counts());
    report.responses_kept = counts.waiting + counts.batched;
    return report;
}

}  // namespace pillarbox::client
