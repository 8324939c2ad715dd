// SPDX-License-Identifier: GPL-3.0-or-later
//
// The outbox: the kiosk's pool of sealed envelopes, and the only meeting point of pillarbox-kiosk and pillarbox-sync.
//
// A pool of equal slots filled with random bytes; an envelope overwrites random free slots, so that the file tells
// nothing of the order in which people answered. Pending envelopes leave it in random order, in batches whose
// composition is durable before anything is sent. Layout and crash reasoning: docs/formats/outbox.md.
//
// Threading: one Outbox per thread; any number of processes may hold the same file open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/receipt.hpp"

namespace pillarbox::outbox {

// Staff's figures: numbers of responses, never their content or times.
struct Counts {
    std::uint64_t waiting = 0;        // kept here, in no batch yet
    std::uint64_t batched = 0;        // in a batch that no receipt covers yet
    std::uint64_t acknowledged = 0;   // purged under a receipt, ever
    std::uint64_t tests = 0;          // test responses kept here: in none of the figures above
    std::uint64_t tests_waiting = 0;  // of these, in no batch yet
    std::uint64_t quarantined = 0;    // damaged rows, kept aside
    std::uint64_t bytes_free = 0;     // room left in slots of the pool before it grows
};

// The chain's end as this kiosk knows it.
struct Head {
    batch::LogId log_id{};
    std::uint64_t number = 0;
    crypto::Digest hash{};
    friend bool operator==(const Head&, const Head&) = default;
};

// When the write-ahead log, which still shows what was added last, is emptied.
enum class Emptying {
    before_returning,
    by_checkpoint,  // the caller owes a checkpoint() as soon as the person is thanked: that takes as long as the add
};

class Outbox {
  public:
    // Opens the file, making it where there is none. Checks its integrity; damaged rows are quarantined and the rest
    // kept.
    [[nodiscard]] static base::Result<Outbox> open(const std::filesystem::path& path, base::Random& random);
    ~Outbox();
    Outbox(Outbox&&) noexcept;
    Outbox& operator=(Outbox&&) noexcept;

    // Durable when it returns success: this is what "thanked means kept" stands on.
    [[nodiscard]] base::Result<void> add(const batch::Item& item, Emptying emptying = Emptying::before_returning);
    [[nodiscard]] base::Result<Counts> counts();

    // --- for pillarbox-sync and staff ---
    // Starts this kiosk's log. already_exists where one was started with another id.
    [[nodiscard]] base::Result<void> start_log(const batch::LogId& log_id);
    [[nodiscard]] base::Result<Head> head();  // not_found before start_log
    // Gives up the log and goes on with another, whose id is log_id_of(device key, the old log id). For a log that
    // can't go on: a batch with a damaged envelope, or a fork. All envelopes of unpurged batches wait again; those
    // that the store had already come twice, and the desk counts an envelope once. not_found before start_log;
    // conflict where the log has this id already.
    [[nodiscard]] base::Result<void> restart_log(const batch::LogId& new_log_id);

    // Draws waiting envelopes in random order into the next batch and keeps it; nullopt where nothing waits.
    // Any batch once drawn is returned byte for byte the same by batch_at until it is purged.
    [[nodiscard]] base::Result<std::optional<base::Bytes>> draw_batch(std::string_view campaign_id,
                                                                      const crypto::Digest& pack_digest,
                                                                      const crypto::SigningKey& device_key,
                                                                      const batch::Limits& limits);
    [[nodiscard]] base::Result<base::Bytes> batch_at(std::uint64_t number);
    // The content of a part (core/batch/part.hpp) of a large envelope: of item `index` of an unpurged batch that
    // names it. Not held in memory as a whole.
    [[nodiscard]] base::Result<base::Bytes> part_content(std::uint64_t batch_number, std::size_t index,
                                                         std::uint64_t part_number);
    [[nodiscard]] base::Result<std::uint64_t>
    first_unpurged();  // number of the oldest batch still held; head+1 if none

    // The hash of a batch that was ever made here, or the genesis hash for 0; not_found for others.
    [[nodiscard]] base::Result<crypto::Digest> batch_hash(std::uint64_t number);

    // conflict where purge() would refuse the receipt.
    [[nodiscard]] base::Result<void> check(const batch::Receipt& receipt);
    // Purges up to `receipt.safe`, and only if the log id is ours, `stored` is at most our head, and the hash equals
    // ours there. Otherwise `conflict`, and nothing is changed. Returns how many envelopes were purged.
    [[nodiscard]] base::Result<std::uint64_t> purge(const batch::Receipt& receipt);

    // Empties the write-ahead log into the database when nothing else is going on, and gives back the memory that
    // holds pages of it, which a kiosk has no use for until the next response.
    [[nodiscard]] base::Result<void> checkpoint();

  private:
    struct State;
    explicit Outbox(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::outbox
