// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/cbor/cbor.hpp"
#include "targets.hpp"

namespace pillarbox::fuzz {
namespace {

// Copies the next item, or an array's head, whatever it is; false where it is none that the reader takes.
bool copy_item(cbor::Reader& reader, cbor::Writer& writer) {
    constexpr std::size_t no_cap = SIZE_MAX;
    const std::size_t start = reader.position();
    const auto refused = [&] { PILLARBOX_CHECK(reader.position() == start); };  // nothing is passed over unread
    if (const auto number = reader.unsigned_integer()) {
        writer.unsigned_integer(*number);
        return true;
    }
    refused();
    if (const auto bytes = reader.bytes(no_cap)) {
        writer.bytes(*bytes);
        return true;
    }
    refused();
    if (const auto text = reader.text(no_cap)) {
        writer.text(*text);
        return true;
    }
    refused();
    if (const auto count = reader.array(no_cap)) {
        writer.array(*count);
        return true;
    }
    refused();
    if (const auto truth = reader.boolean()) {
        writer.boolean(*truth);
        return true;
    }
    refused();
    if (reader.null()) {
        writer.null();
        return true;
    }
    refused();
    return false;
}

}  // namespace

void fuzz_cbor(base::ByteView input) {
    cbor::Reader reader(input);
    cbor::Writer writer;
    while (copy_item(reader, writer)) {
    }
    // One encoding for each item: what was read is what the writer makes of it.
    PILLARBOX_CHECK(std::ranges::equal(writer.result(), input.first(reader.position())));
}

}  // namespace pillarbox::fuzz
