// SPDX-License-Identifier: GPL-3.0-or-later
//
// A submission: one person's answers as canonical bytes. Deterministic CBOR
// `[version, campaign id, form version, submission uuid, day, kind, payload]`, payload = `[language, assisted, [[path, value]...]]`,
// padded so that its size says little (1, 2, 4 KiB buckets, Padme above). Plaintext: exists in locked memory only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
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

[[nodiscard]] crypto::SecretBytes encode(const Submission& submission);                   // canonical and padded
[[nodiscard]] base::Result<Submission> decode(base::ByteView padded);
inline constexpr std::size_t size_bytes_max = std::size_t{512} << 10U;

// The respondent's withdrawal code: 80 random bits as 16 letters of Crockford's base 32, in groups of four: "K7QM-...".
// Only the tag, a hash of the code, leaves the screen.
using WithdrawalCode = std::array<std::uint8_t, 10>;
[[nodiscard]] WithdrawalCode random_withdrawal_code(base::Random& random);
[[nodiscard]] std::string format_withdrawal_code(const WithdrawalCode& code);
[[nodiscard]] base::Result<WithdrawalCode> parse_withdrawal_code(std::string_view text);  // any case, O=0, I=L=1, '-' and spaces ignored
[[nodiscard]] crypto::Digest withdrawal_tag(const WithdrawalCode& code);

}  // namespace pillarbox::submission
