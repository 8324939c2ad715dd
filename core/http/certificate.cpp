// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/certificate.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <ranges>

namespace pillarbox::http {
namespace {

template <auto function>
struct Release {
    template <typename T>
    void operator()(T* object) const noexcept {
        function(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Stream = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;

constexpr int validity_years = 20;

std::unexpected<base::Error> openssl_failed(std::string_view doing) {
    return base::fail(base::ErrorCode::unavailable, "OpenSSL", fmt::format("Could not {}.", doing),
                      "Check that the machine has free memory and an unbroken OpenSSL 3.");
}

bool is_address(const std::string& host) {
    in6_addr address{};
    return ::inet_pton(AF_INET, host.c_str(), &address) == 1 || ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

// OpenSSL reads the list as a little language of its own, so nothing but plain names may go in.
base::Result<std::string> alternative_names(const std::vector<std::string>& hosts) {
    std::string list;
    for (const std::string& host : hosts) {
        const bool address = is_address(host);
        const bool plain = std::ranges::all_of(host, [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                   (letter >= '0' && letter <= '9') || letter == '-' || letter == '.';
        });
        if (!address && (!plain || host.empty() || host.size() > 253)) {
            return base::fail(base::ErrorCode::usage, host, "Not a host name or address.",
                              "Give names such as store.example.org or addresses such as 192.0.2.7.");
        }
        list += fmt::format("{}{}:{}", list.empty() ? "" : ",", address ? "IP" : "DNS", host);
    }
    if (list.empty()) {
        return base::fail(base::ErrorCode::usage, {}, "A certificate needs at least one host name.");
    }
    return list;
}

bool set_serial(X509* certificate, base::Random& random) {
    std::array<std::uint8_t, 16> bytes{};
    random.fill(bytes);
    bytes.front() =
        static_cast<std::uint8_t>((bytes.front() & 0x7FU) | 1U);  // positive and not zero (RFC 5280 4.1.2.2)
    const Number number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_validity(X509* certificate, base::Day first_day) {
    const std::chrono::year_month_day first{first_day};
    std::chrono::year_month_day last = first + std::chrono::years{validity_years};
    if (!last.ok()) {  // 29 February
        last = last.year() / last.month() / std::chrono::last;
    }
    const auto seconds = [](std::chrono::year_month_day day) {
        return std::chrono::duration_cast<std::chrono::seconds>(base::Day{day}.time_since_epoch()).count();
    };
    return ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(first)) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(last)) != nullptr;
}

bool add_extension(X509* certificate, int kind, const std::string& text) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, text.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_name(X509* certificate) {
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* text = reinterpret_cast<const unsigned char*>("Pillarbox store");
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1;
}

std::string text_in(BIO* stream) {
    char* start = nullptr;
    const long size = BIO_get_mem_data(stream, &start);
    return size > 0 ? std::string(start, static_cast<std::size_t>(size)) : std::string{};
}

}  // namespace

base::Result<OwnCertificate> make_own_certificate(const std::vector<std::string>& hosts, base::Day first_day,
                                                  base::Random& random) {
    const std::string names = TRY(alternative_names(hosts));
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate) {
        return openssl_failed("make a key");
    }
    const bool filled = X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                        set_serial(certificate.get(), random) && set_validity(certificate.get(), first_day) &&
                        set_name(certificate.get()) && X509_set_pubkey(certificate.get(), key.get()) == 1 &&
                        add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                        add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature") &&
                        add_extension(certificate.get(), NID_ext_key_usage, "serverAuth") &&
                        add_extension(certificate.get(), NID_subject_alt_name, names);
    if (!filled || X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
        return openssl_failed("make a certificate");
    }
    const Stream certificate_text(BIO_new(BIO_s_mem()));
    const Stream key_text(BIO_new(BIO_s_secmem()));
    if (!certificate_text || !key_text || PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return openssl_failed("write a certificate");
    }
    return OwnCertificate{text_in(certificate_text.get()), text_in(key_text.get())};
}

base::Result<CertificatePin> pin_of(std::string_view certificate_pem) {
    const Stream stream(BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size())));
    const Certificate certificate(stream ? PEM_read_bio_X509(stream.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate) {
        return base::fail(base::ErrorCode::malformed, {}, "Not a certificate in PEM.", "Check the certificate file.");
    }
    CertificatePin pin{};
    unsigned char* start = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &start);
    struct FreeBytes {
        void operator()(unsigned char* bytes) const noexcept { OPENSSL_free(bytes); }
    };
    const std::unique_ptr<unsigned char, FreeBytes> key_info(start);
    if (size <= 0 ||
        EVP_Digest(key_info.get(), static_cast<std::size_t>(size), pin.data(), nullptr, EVP_sha256(), nullptr) != 1) {
        return openssl_failed("hash a public key");
    }
    return pin;
}

}  // namespace pillarbox::http
