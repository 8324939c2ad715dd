// SPDX-License-Identifier: GPL-3.0-or-later
//
// Disposes of a bag when its time has come, and certifies it: what it was, by the digest of its manifest, which class
// and rule, on which day. The certificate is there, whole, before the first file goes; a run that was killed is ended
// by the next one. Files are deleted, not scraped off the disk: the certificate says so.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"
#include "desk/archive/retention.hpp"

namespace pillarbox::archive {

// The name under which the committee's key signs certificates (C2SP signed-note).
inline constexpr std::string_view certificate_signer = "pillarbox-disposal";

struct DisposalOrder {
    std::filesystem::path bag;
    std::filesystem::path certificate;  // the file to write; not overwritten
    base::Day day{};
    Retention retention;                                // rules now in force; where it is silent the bag's own count
    std::string early_reason;                           // empty: not before the rule says
    const crypto::SigningKey* committee_key = nullptr;  // none: the certificate is not signed
};

// The certificate's text. conflict where the rule keeps the bag longer; damaged where the bag is not valid (what
// would be certified then?); already_exists where there is another certificate of this name.
[[nodiscard]] base::Result<std::string> dispose(const DisposalOrder& order);

// The text of a certificate that this key signed.
[[nodiscard]] base::Result<std::string> verify_certificate(const std::filesystem::path& certificate,
                                                           const crypto::VerifyKey& committee_key);

}  // namespace pillarbox::archive
