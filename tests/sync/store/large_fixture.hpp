// SPDX-License-Identifier: GPL-3.0-or-later
//
// A kiosk with an envelope that is too large for a batch.
#pragma once

#include "core/batch/part.hpp"
#include "sync/store/parts.hpp"
#include "sync/store/revoking.hpp"
#include "tests/sync/store/store_fixture.hpp"

namespace pillarbox::tests {

// Random bytes of so many whole parts and a half, in parts that this kiosk signs, and the item that names them.
class LargeEnvelopeMaker {
  public:
    LargeEnvelopeMaker(const ChainMaker& kiosk, base::Random& random, std::size_t whole_parts = 2)
        : bytes(whole_parts * batch::part_size_bytes_max + batch::part_size_bytes_max / 2) {
        random.fill(bytes);
        random.fill(tag);
        large = {crypto::sha256(bytes), bytes.size()};
        for (std::uint64_t number = 1; number <= count(); ++number) {
            parts.push_back(part(kiosk, number));
        }
    }

    [[nodiscard]] std::uint64_t count() const { return batch::part_count(bytes.size()); }
    [[nodiscard]] batch::PartHeader header(const ChainMaker& kiosk, std::uint64_t number) const {
        return {kiosk.log_id(), tag, large, number, {}};
    }
    [[nodiscard]] base::ByteView content(std::uint64_t number) const {
        return base::ByteView(bytes).subspan((number - 1) * batch::part_size_bytes_max,
                                             batch::part_size_bytes(bytes.size(), number));
    }
    [[nodiscard]] base::Bytes part(const ChainMaker& kiosk, std::uint64_t number) const {
        return batch::make_part(header(kiosk, number), content(number), kiosk.key()).value();
    }
    [[nodiscard]] batch::Item item() const {
        batch::Item item;
        item.tag = tag;
        item.large = large;
        return item;
    }

    base::Bytes bytes;
    batch::WithdrawalTag tag{};
    batch::LargeEnvelope large;
    std::vector<base::Bytes> parts;  // part 1 is the first
};

class LargeStore : public StoreFixture {
  public:
    explicit LargeStore(store::Copies copies = store::Copies::sole, std::size_t whole_parts = 2)
        : StoreFixture(copies), kiosk(enrolled_kiosk()), large(kiosk, random, whole_parts) {}

    http::Response send(const base::Bytes& part) const { return post(protocol::parts_path(kiosk.log_id()), part); }
    http::Response send(std::uint64_t number) const { return send(large.parts.at(number - 1)); }
    void send_all(const LargeEnvelopeMaker& envelope) const {
        for (const base::Bytes& part : envelope.parts) {
            REQUIRE(send(part).status == 200);
        }
    }
    [[nodiscard]] std::uint64_t held_in(const http::Response& response) const {
        const auto parts = batch::verify_parts_held(base::text_of(response.body), store_name, store_key);
        REQUIRE(parts.has_value());
        CHECK(parts->log_id == kiosk.log_id());
        CHECK(parts->envelope == large.large.digest);
        return parts->held;
    }
    [[nodiscard]] std::uint64_t held() const {
        const auto answer = get(protocol::held_parts_path(kiosk.log_id(), large.large.digest));
        REQUIRE(answer.status == 200);
        return held_in(answer);
    }
    // Envelopes and bytes that no stored batch names.
    [[nodiscard]] storage::UnnamedSize unnamed() const {
        const auto opened = database();
        const auto sizes = store::unnamed_sizes(*opened);
        REQUIRE(sizes.has_value());
        REQUIRE(sizes->size() <= 1);
        return sizes->empty() ? storage::UnnamedSize{} : sizes->front();
    }
    [[nodiscard]] store::Kiosk row() const {
        const auto opened = database();
        return store::find_kiosk(*opened, kiosk.log_id())->value();
    }
    [[nodiscard]] bool verifies() const {
        const auto opened = database();
        const auto walked =
            store::walk_batches(*opened, row(), [](std::uint64_t, base::ByteView) { return base::Result<void>{}; });
        UNSCOPED_INFO((walked.has_value() ? std::string() : walked.error().describe()));
        return walked.has_value();
    }
    // As the rows have it, put together.
    [[nodiscard]] base::Bytes stored_envelope() const {
        const auto opened = database();
        const auto transaction = opened->begin(store::TransactionKind::read);
        REQUIRE(transaction.has_value());
        base::Bytes together;
        const auto read =
            store::read_whole(**transaction, kiosk.log_id(), large.large, [&together](base::ByteView content) {
                together.insert(together.end(), content.begin(), content.end());
                return base::Result<void>{};
            });
        REQUIRE(read.has_value());
        return together;
    }

    ChainMaker kiosk;
    LargeEnvelopeMaker large;
};

}  // namespace pillarbox::tests
