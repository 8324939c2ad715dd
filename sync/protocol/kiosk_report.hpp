// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk says of itself after a round, for the people who look after it: CBOR `[1, log id, program version,
// station, campaign, pack version, waiting, disk free, disk total, battery or null, clock, signature]`, described in
// docs/formats/protocol.md. Figures only: nothing of an answer, of a person or of when somebody answered.
//
// No decision about batches rests on it. The signature is made with the device key over "pillarbox-report-1" and the
// items before it, so that nobody who has only got past TLS can speak for a kiosk. It may be replayed by who has:
// then the page shows what the kiosk said once.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::protocol {

struct KioskReport {
    std::string program_version;  // "0.1.0"
    std::string station;          // as the station folder has it now
    std::string campaign_id;
    std::uint64_t pack_version = 0;
    std::uint64_t waiting = 0;  // responses that the store has not got
    std::uint64_t disk_free_bytes = 0;
    std::uint64_t disk_total_bytes = 0;
    std::optional<std::uint64_t> battery_percent;  // none where the kiosk has no battery, or does not tell
    friend bool operator==(const KioskReport&, const KioskReport&) = default;
};

// Caps of its texts, in bytes.
inline constexpr std::size_t program_version_size_bytes_max = 32;
inline constexpr std::size_t station_size_bytes_max = 200;
inline constexpr std::size_t campaign_id_size_bytes_max = 64;

// Texts over their caps are cut there; the battery is 100 at most.
[[nodiscard]] base::Bytes make_report(KioskReport report, const batch::LogId& log_id, std::chrono::sys_seconds clock,
                                      const crypto::SigningKey& device_key);

struct SignedReport {
    KioskReport report;
    std::chrono::sys_seconds clock;  // the kiosk's, when it made the report
};

// malformed for other bytes, for another log's, and for texts with control characters; not_authentic where the
// signature is not of `device_key`.
[[nodiscard]] base::Result<SignedReport> parse_report(base::ByteView bytes, const batch::LogId& log_id,
                                                      const crypto::VerifyKey& device_key);

// The figures alone, as the store keeps them: without clock, log and signature.
[[nodiscard]] base::Bytes encode_figures(const KioskReport& report, std::int64_t clock_offset_minutes);
struct KeptFigures {
    KioskReport report;
    std::int64_t clock_offset_minutes = 0;  // positive where the kiosk's clock is ahead
    friend bool operator==(const KeptFigures&, const KeptFigures&) = default;
};
[[nodiscard]] base::Result<KeptFigures> decode_figures(base::ByteView bytes);

}  // namespace pillarbox::protocol
