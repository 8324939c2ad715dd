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
    [[nodiscard]] std::string raw() const {
        std::string all;
        for (const char* suffix : {"", "-wal", "-shm"}) {
            const auto bytes = base::read_file(path.string() + suffix, std::size_t{1} << 30U);
            all += bytes.has_value() ? std::string(base::text_of(*bytes)) : std::string();
        }
        return all;
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

// "envelope 0007 " and enough behind it that it fills `size_bytes`.
inline batch::Item numbered_item(int number, std::size_t size_bytes = 1300) {
    std::string text = "envelope " + std::to_string(10'000 + number) + " ";
    text.resize(size_bytes, '.');
    return item_of_text(text);
}

}  // namespace pillarbox::tests
