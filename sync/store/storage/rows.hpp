// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a store keeps (docs/formats/protocol.md shows the tables): itself, tokens, kiosks, their batches, and the
// forks that were refused. No row holds an address or a time finer than a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::storage {

// Who vouches for a second copy. It decides the `safe` watermark, up to which kiosks purge.
enum class Copies {
    backed_up,  // safe = what the last verified backup or a synchronous standby covers
    sole,       // the operator declared that this copy is enough: safe = stored
};
[[nodiscard]] std::string_view word_of(Copies copies);  // "backed_up", "sole": as the tables have it

struct Identity {
    std::string name;  // "store.example.org": the key name in signed notes
    std::uint64_t epoch = 1;
    Copies copies = Copies::backed_up;
};

struct Kiosk {
    batch::LogId log_id{};
    std::string station;
    crypto::VerifyKey device_key;
    batch::LogId forerunner{};
    std::uint64_t stored = 0;
    crypto::Digest stored_hash{};
    std::uint64_t responses = 0;                 // test responses are not among them
    std::uint64_t safe = 0;                      // as the last verified backup left it
    std::string last_day;                        // of the last new batch; empty before the first
    std::optional<std::uint64_t> revoked_after;  // the last batch that counts, where the kiosk is revoked
    friend bool operator==(const Kiosk&, const Kiosk&) = default;
};

struct Batch {
    std::uint64_t number = 0;
    crypto::Digest hash{};
    std::string campaign_id;
    base::ByteView content;  // the exact bytes that were signed; of whoever made or reads the row
};

// Its secret is not kept, only the SHA-256.
struct Token {
    crypto::Digest digest{};
    std::string station;
    std::optional<batch::LogId> log_id;  // once used: burnt for all others
    friend bool operator==(const Token&, const Token&) = default;
};

// A well-signed batch that does not follow from what is stored: a cloned or restored kiosk.
struct Fork {
    batch::LogId log_id{};
    std::uint64_t number = 0;
    crypto::Digest hash{};
    std::string day;
    friend bool operator==(const Fork&, const Fork&) = default;
};

// A well-signed batch that is kept apart, in no chain: of a revoked kiosk, after the last one that counts, or of
// another branch of the log. The latter are also noted as forks, by which they are told from the former.
struct Quarantined {
    std::uint64_t number = 0;
    crypto::Digest hash{};
    std::string day;
    base::ByteView content;  // of whoever made or reads the row
};

// A batch that was looked for, with its content.
struct Holding {
    std::uint64_t number = 0;
    base::Bytes content;
};

// A campaign whose batches come in by network until this day, and from a USB stick also later.
struct ClosedCampaign {
    std::string id;
    base::Day last_day{};
    friend bool operator==(const ClosedCampaign&, const ClosedCampaign&) = default;
};

// Batches that this store once held and called safe, and lost when it was put back to an old copy. The kiosk has
// shown the receipt, so the chain goes on behind them; they are filled in again from the last one down, since each
// batch names the hash of the one before. Filled: last < first.
struct Gap {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    crypto::Digest last_hash{};
    std::string day;  // on which it was attested
    [[nodiscard]] bool is_open() const { return last >= first; }
    [[nodiscard]] bool holds(std::uint64_t number) const { return first <= number && number <= last; }
    friend bool operator==(const Gap&, const Gap&) = default;
};

// How much of a kiosk is in quarantine.
struct QuarantineSize {
    std::uint64_t batches = 0;
    std::uint64_t size_bytes = 0;
};

// A name that can stand in a signed note: 1 to 100 printable ASCII characters without spaces and '+'.
[[nodiscard]] base::Result<void> check_store_name(std::string_view name);

// What is read back must be something that the store could sign for: constraints hold when a row is written, not when
// the disk has changed it since. `damaged` otherwise; `where` names the database.
[[nodiscard]] base::Result<void> check_identity(const Identity& identity, std::string_view where);
[[nodiscard]] base::Result<base::Day> read_closing_day(std::string_view text, std::string_view where);
[[nodiscard]] base::Result<void> check_kiosk(const Kiosk& kiosk, std::string_view where);

}  // namespace pillarbox::storage
