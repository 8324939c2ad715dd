// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the outbox's tests share: keys, items, receipts, the raw bytes of the database's files.
#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "core/outbox/outbox.hpp"
#include "tests/support/order.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

struct OutboxFixture {
    TemporaryFolder folder;
    std::filesystem::path path = folder / "outbox.db";
    crypto::SystemRandom random;
    crypto::SigningKey key = *crypto::SigningKey::from_seed(base::Bytes(32, 1));
    batch::LogId log_id = batch::log_id_of(key.verify_key(), {});

    [[nodiscard]] outbox::Outbox open() {
        auto opened = outbox::Outbox::open(path, random);
        if (!opened.has_value()) {
            FAIL(opened.error().describe());
        }
        return std::move(*opened);
    }
    [[nodiscard]] base::Result<std::optional<base::Bytes>> draw(outbox::Outbox& outbox,
                                                                const batch::Limits& limits = {}) {
        return outbox.draw_batch("test", crypto::Digest{}, key, limits);
    }
    [[nodiscard]] batch::Receipt receipt_for(outbox::Outbox& outbox) const {
        const auto head = outbox.head();
        REQUIRE(head.has_value());
        batch::Receipt receipt;
        receipt.log_id = log_id;
        receipt.stored = head->number;
        receipt.stored_hash = head->hash;
        receipt.safe = head->number;
        return receipt;
    }
    // All that is on the disk of this outbox.
    [[nodiscard]] std::string raw() const { return read(path) + log() + read(path.string() + "-shm"); }
    // The write-ahead log.
    [[nodiscard]] std::string log() const { return read(path.string() + "-wal"); }

    [[nodiscard]] static std::string read(const std::filesystem::path& file) {
        const auto bytes = base::read_file(file, std::size_t{1} << 30U);
        return bytes.has_value() ? std::string(base::text_of(*bytes)) : std::string();
    }
};

inline std::vector<batch::Item> items_in(base::ByteView batch_bytes) {
    auto parsed = batch::parse_batch(batch_bytes, {});
    REQUIRE(parsed.has_value());
    return std::move(parsed->items);
}

inline batch::Item item_of_text(const std::string& text) {
    return batch::Item{{}, base::bytes_of(text)};
}

// "envelope 10007 " over and over, so that it is found wherever SQLite cuts it, and `size_bytes` long.
inline batch::Item numbered_item(int number, std::size_t size_bytes = 1300) {
    const std::string label = "envelope " + std::to_string(10'000 + number) + " ";
    std::string text;
    while (text.size() < size_bytes) {
        text += label;
    }
    text.resize(size_bytes);
    return item_of_text(text);
}

// Where in these bytes each of the first `count` numbered items lies, in the order of their numbers.
inline Sample places_in(const std::string& raw, int count) {
    Sample places;
    for (int number = 0; number < count; ++number) {
        const std::size_t at = raw.find("envelope " + std::to_string(10'000 + number) + " ");
        REQUIRE(at != std::string::npos);
        places.push_back(static_cast<double>(at));
    }
    return places;
}

}  // namespace pillarbox::tests
