// SPDX-License-Identifier: GPL-3.0-or-later
//
// A campaign: one call for evidence, read out of its signed pack. The pack carries the workbook itself (so that the
// kiosk asks exactly what the officer checked, and the archive keeps it), the committee's recipients, a version and
// an expiry date, under the committee's Ed25519 signature. Dates, notices and names stand in the workbook's
// "campaign" sheet. Byte table and worked example: docs/formats/pack.md.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/signing.hpp"
#include "core/envelope/envelope.hpp"
#include "core/form/form.hpp"

namespace pillarbox::campaign {

inline constexpr std::size_t pack_size_bytes_max = std::size_t{32} << 20U;

struct Campaign {
    std::string id;               // "las-strategy-2023-28"
    std::uint64_t version = 0;    // of the pack; a kiosk never goes back to a lower one
    base::Day opens{}, closes{};  // first and last day on which answers are taken
    base::Day withdraw_until{};   // last day on which a response can be withdrawn
    base::Day expires{};          // last day on which the pack itself may be used
    std::vector<envelope::Recipient> recipients;
    std::shared_ptr<const form::Form> form;
    std::map<std::string, form::LocalizedText, std::less<>> texts;  // "committee", "purpose", "safety_notice", ...
    base::Bytes workbook;                                           // the .xlsx as signed
    crypto::Digest pack_digest{};                                   // SHA-256 of the signed pack

    // The text in a language, falling back to the form's default; empty where the sheet has no such row.
    [[nodiscard]] const std::string& text(std::string_view name, std::string_view language) const;
};

// `where`, in all of these, is the file's name for messages.
// Reads the workbook's form and "campaign" sheet: columns name, value, label::Language (code). Refuses missing or
// wrong rows by name.
[[nodiscard]] base::Result<Campaign> read_campaign_workbook(base::ByteView xlsx, std::string_view where);

// Everything that is wrong with the "campaign" sheet, for its author; empty where it makes a campaign of the form.
[[nodiscard]] std::vector<base::Error> campaign_problems(const form::Form& form, std::string_view where);

// build: the unsigned pack. sign: adds the signature. Both refuse a pack that verify would refuse for its content.
[[nodiscard]] base::Result<base::Bytes> build_pack(base::ByteView xlsx, std::string_view where, std::uint64_t version,
                                                   base::Day expires,
                                                   const std::vector<envelope::Recipient>& recipients);
[[nodiscard]] base::Result<base::Bytes> sign_pack(base::ByteView unsigned_pack,
                                                  const crypto::SigningKey& committee_key);

struct Acceptance {
    crypto::VerifyKey committee_key;
    std::optional<base::Day> today;  // nothing: the expiry is not checked (the desk reads responses long after it)
    std::uint64_t version_min = 0;   // outdated where the pack's is lower
    std::string campaign_id;         // conflict where the pack is for another; empty accepts any
};
// The signature is checked before anything in the pack is parsed: nobody without the committee's key reaches the
// parsers. not_authentic, expired, outdated, conflict (see Acceptance); malformed where the pack or its signed
// content is wrong.
[[nodiscard]] base::Result<Campaign> verify_pack(base::ByteView signed_pack, std::string_view where,
                                                 const Acceptance& acceptance);

}  // namespace pillarbox::campaign
