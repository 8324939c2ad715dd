// SPDX-License-Identifier: GPL-3.0-or-later
//
// A receipt: the store's signed word on how far it holds a kiosk's log. It is also the answer to "what is my head?":
// one note for both, a C2SP signed-note. Format and worked example: docs/formats/batch.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/note.hpp"

namespace pillarbox::batch {

struct Receipt {
    LogId log_id{};
    std::uint64_t stored = 0;      // the last batch the store has committed; 0 before the first
    crypto::Digest stored_hash{};  // its hash (the genesis hash for 0)
    std::uint64_t safe = 0;        // up to here a second copy exists: the kiosk may purge; safe <= stored
    std::uint64_t epoch = 1;       // raised by the operator after a restore
    Limits limits;                 // what the store accepts
    friend bool operator==(const Receipt&, const Receipt&) = default;
};

// `store_name` is the note's key name, for example "store.example.org"; it must be one for which is_note_name holds,
// and the receipt must hold together (safe <= stored, the genesis hash for 0): both are checked, as programmer
// errors.
[[nodiscard]] std::string sign_receipt(const Receipt& receipt, std::string_view store_name,
                                       const crypto::SigningKey& store_key);

// not_authentic where no line of the pinned key verifies; malformed for anything that is not a receipt (a portal's
// HTML page).
[[nodiscard]] base::Result<Receipt> verify_receipt(std::string_view note, std::string_view store_name,
                                                   const crypto::VerifyKey& store_key);

}  // namespace pillarbox::batch
