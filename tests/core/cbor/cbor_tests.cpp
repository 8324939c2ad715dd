// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cbor/cbor.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "core/base/utf8.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

base::Bytes hex(std::string_view text) {
    return base::from_hex(text).value();
}

std::string encoded_number(std::uint64_t number) {
    return base::to_hex(cbor::Writer().unsigned_integer(number).result());
}

}  // namespace

TEST_CASE("integers have the bytes of RFC 8949 appendix A") {
    const std::vector<std::pair<std::uint64_t, std::string>> examples = {
        {0, "00"},
        {1, "01"},
        {10, "0a"},
        {23, "17"},
        {24, "1818"},
        {25, "1819"},
        {100, "1864"},
        {255, "18ff"},
        {256, "190100"},
        {1000, "1903e8"},
        {65535, "19ffff"},
        {65536, "1a00010000"},
        {1000000, "1a000f4240"},
        {4294967295, "1affffffff"},
        {4294967296, "1b0000000100000000"},
        {1000000000000, "1b000000e8d4a51000"},
        {18446744073709551615U, "1bffffffffffffffff"},
    };
    for (const auto& [number, bytes] : examples) {
        CAPTURE(number);
        CHECK(encoded_number(number) == bytes);
        const base::Bytes input = hex(bytes);
        cbor::Reader reader(input);
        CHECK(reader.unsigned_integer().value() == number);
        CHECK(reader.end().has_value());
    }
}

TEST_CASE("strings and arrays and simple values have the bytes of RFC 8949 appendix A") {
    CHECK(base::to_hex(cbor::Writer().bytes({}).result()) == "40");
    CHECK(base::to_hex(cbor::Writer().bytes(hex("01020304")).result()) == "4401020304");
    CHECK(base::to_hex(cbor::Writer().text("").result()) == "60");
    CHECK(base::to_hex(cbor::Writer().text("IETF").result()) == "6449455446");
    CHECK(base::to_hex(cbor::Writer().text("\u00fc").result()) == "62c3bc");
    CHECK(base::to_hex(cbor::Writer().text("\u6c34").result()) == "63e6b0b4");
    CHECK(base::to_hex(cbor::Writer().text("\U00010151").result()) == "64f0908591");
    CHECK(base::to_hex(cbor::Writer().array(0).result()) == "80");
    CHECK(base::to_hex(cbor::Writer().boolean(false).boolean(true).null().result()) == "f4f5f6");
    cbor::Writer nested;
    nested.array(3).unsigned_integer(1);
    nested.array(2).unsigned_integer(2).unsigned_integer(3);
    nested.array(2).unsigned_integer(4).unsigned_integer(5);
    CHECK(base::to_hex(nested.result()) == "8301820203820405");
}

TEST_CASE("a number in a longer form than it needs is refused") {
    for (const char* text : {"1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff", "1b0000000000000000",
                             "1b00000000ffffffff"}) {
        CAPTURE(text);
        const base::Bytes input = hex(text);
        CHECK(cbor::Reader(input).unsigned_integer().error().code == ErrorCode::malformed);
    }
    // The same for lengths and counts.
    CHECK_FALSE(cbor::Reader(hex("580161")).bytes(9).has_value());
    CHECK_FALSE(cbor::Reader(hex("780161")).text(9).has_value());
    CHECK_FALSE(cbor::Reader(hex("980101")).array(9).has_value());
    CHECK_FALSE(cbor::Reader(hex("980101")).array_of(1).has_value());
}

TEST_CASE("forms outside the deterministic subset are refused by every reader") {
    // Indefinite strings and arrays, reserved information, maps, tags, floats, negative numbers, undefined, long
    // simple values.
    for (const char* text : {"5f4101ff",
                             "7f6161ff",
                             "9f01ff",
                             "1c",
                             "1d",
                             "1e",
                             "1f",
                             "5c",
                             "7d",
                             "9e",
                             "a0",
                             "bf",
                             "c074",
                             "d81800",
                             "f97e00",
                             "fa47c35000",
                             "fb3ff199999999999a",
                             "20",
                             "3863",
                             "f7",
                             "f0",
                             "f8ff",
                             "f818",
                             "f814",
                             "ff"}) {
        CAPTURE(text);
        const base::Bytes input = hex(text);
        CHECK(cbor::Reader(input).unsigned_integer().error().code == ErrorCode::malformed);
        CHECK(cbor::Reader(input).bytes(99).error().code == ErrorCode::malformed);
        CHECK(cbor::Reader(input).text(99).error().code == ErrorCode::malformed);
        CHECK(cbor::Reader(input).array(99).error().code == ErrorCode::malformed);
        CHECK(cbor::Reader(input).boolean().error().code == ErrorCode::malformed);
        CHECK(cbor::Reader(input).null().error().code == ErrorCode::malformed);
    }
}

TEST_CASE("a length over the input is malformed and a length over the cap is a limit") {
    CHECK(cbor::Reader(hex("5bffffffffffffffff")).bytes(SIZE_MAX).error().code == ErrorCode::malformed);
    CHECK(cbor::Reader(hex("7b7fffffffffffffff")).text(SIZE_MAX).error().code == ErrorCode::malformed);
    CHECK(cbor::Reader(hex("9bffffffffffffffff")).array(SIZE_MAX).error().code == ErrorCode::malformed);
    CHECK(cbor::Reader(hex("9a7fffffff0000")).array(SIZE_MAX).error().code == ErrorCode::malformed);
    CHECK(cbor::Reader(hex("43616263")).bytes(2).error().code == ErrorCode::limit_exceeded);
    CHECK(cbor::Reader(hex("63616263")).text(2).error().code == ErrorCode::limit_exceeded);
    CHECK(cbor::Reader(hex("83010203")).array(2).error().code == ErrorCode::limit_exceeded);
    CHECK(cbor::Reader(hex("4161")).bytes(1).has_value());
}

TEST_CASE("truncated heads and an empty input are refused") {
    for (const char* text : {"", "18", "19", "1901", "1a010203", "1b01020304050607"}) {
        CAPTURE(text);
        const base::Bytes input = hex(text);
        CHECK(cbor::Reader(input).unsigned_integer().error().code == ErrorCode::malformed);
    }
    const base::Bytes nothing;
    CHECK_FALSE(cbor::Reader(nothing).boolean().has_value());
    CHECK_FALSE(cbor::Reader(nothing).next_is_null());
    CHECK(cbor::Reader(nothing).end().has_value());
}

TEST_CASE("left over bytes and a wrong count are refused") {
    const base::Bytes input = hex("0102");
    cbor::Reader reader(input);
    REQUIRE(reader.unsigned_integer().has_value());
    CHECK(reader.end().error().code == ErrorCode::malformed);
    CHECK_FALSE(cbor::Reader(hex("820102")).array_of(3).has_value());
    CHECK(cbor::Reader(hex("820102")).array_of(2).has_value());
}

TEST_CASE("a refused item is not passed over") {
    const base::Bytes input = hex("626869");
    cbor::Reader reader(input);
    CHECK_FALSE(reader.bytes(9).has_value());
    CHECK_FALSE(reader.text(1).has_value());
    CHECK(reader.position() == 0);
    CHECK(reader.text(2).value() == "hi");
}

TEST_CASE("text that is not UTF-8 is refused") {
    for (const char* text : {"6180", "61c3", "62c0af", "62c1bf", "63e08080", "63eda080", "63edbfbf", "64f0808080",
                             "64f4908080", "64f5808080", "62c328", "63e28228", "61ff", "61fe"}) {
        CAPTURE(text);
        const base::Bytes input = hex(text);
        CHECK(cbor::Reader(input).text(9).error().code == ErrorCode::malformed);
    }
    CHECK(base::is_utf8("\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff"));
    CHECK(base::is_utf8(std::string_view("a\0b", 3)));
}

TEST_CASE("what is written is read back") {
    CHECK(rc::check("numbers, bytes, booleans", [](std::uint64_t number, const base::Bytes& bytes, bool truth) {
        cbor::Writer writer;
        writer.array(4).unsigned_integer(number).bytes(bytes).boolean(truth).null();
        cbor::Reader reader(writer.result());
        RC_ASSERT(reader.array_of(4).has_value());
        RC_ASSERT(reader.unsigned_integer().value() == number);
        const base::ByteView read = reader.bytes(bytes.size()).value();
        RC_ASSERT(base::Bytes(read.begin(), read.end()) == bytes);
        RC_ASSERT(reader.boolean().value() == truth);
        RC_ASSERT(reader.next_is_null());
        RC_ASSERT(reader.null().has_value());
        RC_ASSERT(reader.end().has_value());
    }));
}

TEST_CASE("random bytes never crash the reader and what it accepts is canonical") {
    CHECK(rc::check("re-encoding gives the same bytes", [](const base::Bytes& input) {
        cbor::Reader reader(input);
        cbor::Writer again;
        while (!reader.at_end()) {
            if (auto number = reader.unsigned_integer(); number.has_value()) {
                again.unsigned_integer(*number);
            } else if (auto bytes = reader.bytes(64); bytes.has_value()) {
                again.bytes(*bytes);
            } else if (auto text = reader.text(64); text.has_value()) {
                again.text(*text);
            } else if (auto count = reader.array(64); count.has_value()) {
                again.array(*count);
            } else if (auto truth = reader.boolean(); truth.has_value()) {
                again.boolean(*truth);
            } else if (reader.null().has_value()) {
                again.null();
            } else {
                break;
            }
        }
        RC_ASSERT(reader.position() <= input.size());
        RC_ASSERT(again.result() ==
                  base::Bytes(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(reader.position())));
    }));
}
