// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/certificate.hpp"

#include <array>
#include <cstdio>
#include <fstream>

#include "tests/core/http/http_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;

namespace {

std::string output_of(const std::string& command) {
    std::string text;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 512> part{};
    while (std::fgets(part.data(), part.size(), pipe) != nullptr) {
        text += part.data();
    }
    ::pclose(pipe);
    return text;
}

}  // namespace

TEST_CASE("A certificate names its hosts and stays valid for twenty years as the openssl tool reads it") {
    const tests::TemporaryFolder folder;
    tests::CountingRandom random;
    const auto made = http::make_own_certificate({"store.example.org", "192.0.2.7", "2001:db8::1"},
                                                 base::parse_day("2024-02-29").value(), random);
    REQUIRE(made.has_value());
    std::ofstream(folder / "tls.crt") << made->certificate_pem;
    const std::string text = output_of("openssl x509 -noout -text -in " + (folder / "tls.crt").string() + " 2>&1");
    if (text.find("not found") != std::string::npos) {
        WARN("SKIPPED: openssl: the tool is not installed");
        return;
    }
    CHECK(text.find("DNS:store.example.org, IP Address:192.0.2.7, IP Address:2001:DB8:0:0:0:0:0:1") !=
          std::string::npos);
    CHECK(text.find("Not Before: Feb 29 00:00:00 2024 GMT") != std::string::npos);
    CHECK(text.find("Not After : Feb 29 00:00:00 2044 GMT") != std::string::npos);
    CHECK(text.find("ASN1 OID: prime256v1") != std::string::npos);
    CHECK(text.find("CA:FALSE") != std::string::npos);
}

TEST_CASE("A pin is the hash of the public key as the openssl tool computes it") {
    const tests::TemporaryFolder folder;
    const auto made = tests::make_certificate();
    std::ofstream(folder / "tls.crt") << made.certificate_pem;
    const std::string text = output_of("openssl x509 -noout -pubkey -in " + (folder / "tls.crt").string() +
                                       " | openssl pkey -pubin -outform der | openssl dgst -sha256 -hex -r");
    const auto pin = http::pin_of(made.certificate_pem);
    REQUIRE(pin.has_value());
    CHECK(text.substr(0, 64) == base::to_hex(*pin));
}

TEST_CASE("A host that is not a plain name is refused so that it cannot add extensions of its own") {
    tests::CountingRandom random;
    for (const char* host : {"", "a,DNS:evil.example.org", "a b", "*", "host/path", "dirName:x"}) {
        const auto made = http::make_own_certificate({host}, base::Day{}, random);
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == base::ErrorCode::usage);
    }
    CHECK_FALSE(http::make_own_certificate({}, base::Day{}, random).has_value());
}

TEST_CASE("A pin of anything but a certificate is refused") {
    CHECK(http::pin_of("").error().code == base::ErrorCode::malformed);
    CHECK(http::pin_of("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").error().code ==
          base::ErrorCode::malformed);
}
