// SPDX-License-Identifier: GPL-3.0-or-later
//
// A submission: one person's answers as canonical bytes. Deterministic CBOR
// `[1, campaign id, form version, submission uuid, day, kind, payload]`, payload = `[language, assisted, [[path,
// value]...]]`, the day as text "YYYY-MM-DD". Padded so that its size says little: 1, 2 or 4 KiB, Padme above
// (Nikitin et al., PoPETs 2019). Plaintext: encoded bytes exist in locked memory only, and the one buffer used on the
// way is wiped.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/form/instance.hpp"

namespace pillarbox::submission {

using Uuid = std::array<std::uint8_t, 16>;  // RFC 9562 version 4
[[nodiscard]] Uuid random_uuid(base::Random& random);
[[nodiscard]] std::string format_uuid(const Uuid& uuid);

enum class Kind { response = 1, test = 2 };  // a test submission never enters the counts

struct Submission {
    std::string campaign_id;
    std::string form_version;
    Uuid uuid{};
    base::Day day{};
    Kind kind = Kind::response;
    std::string language;   // the one in use when it was sent
    bool assisted = false;  // staff typed for someone
    std::vector<form::Answer> answers;
};

inline constexpr std::size_t size_bytes_max = std::size_t{512} << 10U;  // padded
inline constexpr std::size_t answers_max = 20'000;
inline constexpr std::size_t name_size_bytes_max = 200;  // of ids, versions and languages
inline constexpr std::size_t path_size_bytes_max = 2000;

// Canonical and padded. limit_exceeded past a cap, malformed where a text is not UTF-8, is no id, or a path comes
// twice.
[[nodiscard]] base::Result<crypto::SecretBytes> encode(const Submission& submission);
// Accepts what encode writes and nothing else. The result is plaintext in ordinary memory: for the desk, not for a
// kiosk.
[[nodiscard]] base::Result<Submission> decode(base::ByteView padded);

// The size in bytes that content of this size is padded to; at least one byte more.
[[nodiscard]] std::size_t padded_size(std::size_t content_size_bytes);

// The respondent's withdrawal code: 80 random bits as 16 letters of Crockford's base 32, in groups of four:
// "K7QM-...". Only the tag, a hash of the code, leaves the screen.
using WithdrawalCode = std::array<std::uint8_t, 10>;
[[nodiscard]] WithdrawalCode random_withdrawal_code(base::Random& random);
[[nodiscard]] std::string format_withdrawal_code(const WithdrawalCode& code);
[[nodiscard]] base::Result<WithdrawalCode> parse_withdrawal_code(
    std::string_view text);  // any case, O=0, I=L=1, '-' and spaces ignored
[[nodiscard]] crypto::Digest withdrawal_tag(const WithdrawalCode& code);

}  // namespace pillarbox::submission
