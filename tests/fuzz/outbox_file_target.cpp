// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "core/base/check.hpp"
#include "core/outbox/outbox.hpp"
#include "targets.hpp"
#include "tests/fuzz/database_file.hpp"

// A damaged outbox.db, through a kiosk's day: it is opened, an envelope is kept, a batch is drawn and purged.
// Whatever is damaged, "kept" is no lie: what add() took waits after the next start too.
namespace pillarbox::fuzz {
namespace {

// The same again for each input, and quick: a pool that grows asks for two megabytes.
class QuickRandom final : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
        std::memset(bytes.data(), static_cast<int>(++count_ & 0xFFU), bytes.size());
        std::memcpy(bytes.data(), &count_, std::min(sizeof count_, bytes.size()));
    }

  private:
    std::uint64_t count_ = 0;
};

void synchronize(outbox::Outbox& outbox) {
    const auto head = outbox.head();
    const auto first = outbox.first_unpurged();
    if (head && first) {
        for (std::uint64_t number = *first; number <= head->number && number < *first + 4; ++number) {
            static_cast<void>(outbox.batch_at(number));
        }
    }
    const auto key = crypto::SigningKey::from_seed(base::Bytes(32, 1));
    const auto drawn = outbox.draw_batch("fuzz", {}, *key, {});
    if (!drawn || !drawn->has_value()) {
        return;
    }
    const auto now = outbox.head();
    PILLARBOX_CHECK(now.has_value());
    PILLARBOX_CHECK(outbox.batch_at(now->number).value() == **drawn);
    const auto parsed = batch::parse_batch(**drawn, {});
    PILLARBOX_CHECK(parsed && batch::hash_of(parsed->header) == now->hash);
    static_cast<void>(outbox.purge(
        {.log_id = now->log_id, .stored = now->number, .stored_hash = now->hash, .safe = now->number, .limits = {}}));
}

}  // namespace

void fuzz_outbox_file(base::ByteView input) {
    static const DatabaseFile file;
    file.put(input);
    QuickRandom random;
    bool kept = false;
    {
        auto opened = outbox::Outbox::open(file.path(), random);
        if (!opened) {
            return;
        }
        static_cast<void>(opened->counts());
        kept = opened->add({{}, base::bytes_of("an envelope")}).has_value();
    }
    auto opened = outbox::Outbox::open(file.path(), random);
    PILLARBOX_CHECK(!kept || opened.has_value());
    if (!opened) {
        return;
    }
    const auto counts = opened->counts();
    PILLARBOX_CHECK(!kept || !counts || counts->waiting > 0);
    synchronize(*opened);
    static_cast<void>(opened->restart_log({1, 2, 3}));
    static_cast<void>(opened->checkpoint());
}

}  // namespace pillarbox::fuzz
