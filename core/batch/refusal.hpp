// SPDX-License-Identifier: GPL-3.0-or-later
//
// A refusal: the store's signed word that it takes no more of a kiosk's log, and why. A kiosk tells its staff so, and
// they may stop relying on it; so it is a C2SP signed-note, as a receipt is, which no captive portal can make. Its
// first line differs from a receipt's, so neither passes for the other. Format: docs/formats/batch.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/note.hpp"

namespace pillarbox::batch {

// The operator no longer trusts the kiosk's key: batches up to `after` count, later ones do not.
struct Revoked {
    std::uint64_t after = 0;
    friend bool operator==(const Revoked&, const Revoked&) = default;
};

// The campaign of the kiosk's next batch has ended; `last_day` was the last on which its batches came in by network.
struct Closed {
    std::string campaign_id;
    base::Day last_day{};
    friend bool operator==(const Closed&, const Closed&) = default;
};

struct Refusal {
    LogId log_id{};
    std::variant<Revoked, Closed> reason;
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

// The campaign id must be one (is_campaign_id): checked, as a programmer error.
[[nodiscard]] std::string sign_refusal(const Refusal& refusal, std::string_view store_name,
                                       const crypto::SigningKey& store_key);

// not_authentic where no line of the pinned key verifies; malformed for anything that is not a refusal.
[[nodiscard]] base::Result<Refusal> verify_refusal(std::string_view note, std::string_view store_name,
                                                   const crypto::VerifyKey& store_key);

}  // namespace pillarbox::batch
