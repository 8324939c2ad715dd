// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/words.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "core/crypto/fingerprint.hpp"
#include "core/crypto/scrypt.hpp"

using namespace pillarbox;

TEST_CASE("each byte has a short word of its own that three letters tell from all others") {
    std::set<std::string_view> beginnings;
    std::string_view before;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const std::string_view word = crypto::word_of(static_cast<std::uint8_t>(byte));
        CAPTURE(byte, word);
        CHECK((word.size() >= 3 && word.size() <= 6));
        CHECK(std::ranges::all_of(word, [](char letter) { return letter >= 'a' && letter <= 'z'; }));
        CHECK(before < word);
        CHECK(beginnings.insert(word.substr(0, 3)).second);
        before = word;
    }
}

TEST_CASE("words of bytes stand with one space between") {
    const base::Bytes bytes = {0, 255, 0};
    const std::string first(crypto::word_of(0));
    const std::string last(crypto::word_of(255));
    CHECK(base::text_of(crypto::words_of(bytes).view()) == first + " " + last + " " + first);
    CHECK(crypto::words_of({}).size() == 0);
}

TEST_CASE("key words are six and change with any bit of the key") {
    const std::string words = crypto::key_words_of({});
    CHECK(std::ranges::count(words, ' ') == 5);
    for (unsigned bit = 0; bit < 256; ++bit) {
        crypto::VerifyKey other;
        other.bytes[bit / 8] = static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK(crypto::key_words_of(other) != words);
    }
}

TEST_CASE("scrypt gives the key of RFC 7914 where block size is 8 and parallelism 1") {
    // RFC 7914 section 12: "pleaseletmein", "SodiumChloride", N = 16384.
    const auto key = crypto::scrypt(base::view_of("pleaseletmein"), base::view_of("SodiumChloride"), 14, 64).value();
    CHECK(base::to_hex(key.view()) ==
          "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
          "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}
