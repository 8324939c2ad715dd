// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/station/station.hpp"
#include "targets.hpp"

namespace pillarbox::fuzz {
namespace {

// White space around a token is allowed; between its first and last letter it has one spelling.
void check_token(std::string_view text) {
    const auto token = station::parse_token(text);
    PILLARBOX_CHECK(!token || text.find(station::format_token(*token)) != std::string_view::npos);
}

// A token around any record, with the check that no fuzzer would find.
std::string token_of(base::ByteView record) {
    constexpr std::size_t check_size = 4;
    base::Bytes bytes(record.begin(), record.end());
    const crypto::Digest digest = crypto::sha256(record);
    bytes.insert(bytes.end(), digest.begin(), digest.begin() + check_size);
    return "pillarbox-enrol-1." + base::to_base64_url(bytes);
}

}  // namespace

void fuzz_token(base::ByteView input) {
    check_token(base::text_of(input));
    check_token(token_of(input));
}

}  // namespace pillarbox::fuzz
