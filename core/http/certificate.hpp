// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store's own TLS certificate, and the pin by which a kiosk knows it.
//
// A kiosk trusts one public key, told to it at enrolment, and no authority: a certificate that a network's owner or a
// mistaken authority issues for the same name is refused. So the store signs its certificate itself and gives it a
// long life; names and dates in it are for tools that insist on them. Pins are SHA-256 over the SubjectPublicKeyInfo
// (RFC 7469 section 2.4).
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

namespace pillarbox::http {

using CertificatePin = std::array<std::uint8_t, 32>;

// Both in PEM. The key is secret: write it to an owner-only file.
struct OwnCertificate {
    std::string certificate_pem;
    std::string key_pem;
};

// ECDSA on P-256, valid for 20 years from `first_day`. `hosts`: DNS names and IP addresses, at least one.
// The key itself comes from OpenSSL's generator; `random` gives the serial number.
[[nodiscard]] base::Result<OwnCertificate> make_own_certificate(const std::vector<std::string>& hosts,
                                                                base::Day first_day, base::Random& random);

[[nodiscard]] base::Result<CertificatePin> pin_of(std::string_view certificate_pem);

}  // namespace pillarbox::http
