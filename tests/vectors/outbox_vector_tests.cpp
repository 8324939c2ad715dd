// SPDX-License-Identifier: GPL-3.0-or-later
//
// Holds the outbox to its vectors: slots, and recipes that damage an outbox of three envelopes in one batch.
#include <catch2/catch.hpp>
#include <sstream>

#include "core/outbox/slot.hpp"
#include "core/sqlite/connection.hpp"
#include "tests/core/outbox/outbox_fixture.hpp"
#include "tests/vectors/vector_file.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::size_t outbox_size_bytes_max = std::size_t{8} << 20U;

// The body is a slot's beginning; what is not written is the byte 5a.
Verdict read_slot(const Vector& vector) {
    base::Bytes slot = vector.body;
    slot.resize(vector.number("slot_size", 0), 0x5a);
    const auto item = outbox::item_of({slot});
    return item.has_value() ? Verdict{"ok", base::to_hex(crypto::sha256(item->envelope))} : verdict_of(item.error());
}

void overwrite(base::Bytes& file, std::size_t offset, base::ByteView bytes) {
    REQUIRE(offset + bytes.size() <= file.size());
    std::ranges::copy(bytes, file.begin() + static_cast<std::ptrdiff_t>(offset));
}

void damage(const Vector& vector, const std::filesystem::path& path) {
    if (vector.has("sql")) {
        auto connection = sqlite::Connection::open(path, sqlite::OpenMode::create).value();
        REQUIRE(connection.run(vector.value("sql")).has_value());
    }
    base::Bytes file = base::read_file(path, outbox_size_bytes_max).value();
    std::istringstream edit(vector.value("edit"));
    std::size_t offset = 0;
    std::string hex;
    if (edit >> offset >> hex) {
        overwrite(file, offset, base::from_hex(hex).value());
    }
    std::istringstream zeros(vector.value("zeros"));
    std::size_t count = 0;
    if (zeros >> offset >> count) {
        overwrite(file, offset, base::Bytes(count));
    }
    file.resize(vector.number("cut", file.size()));
    REQUIRE(base::write_file(path, file).has_value());
}

Verdict open_damaged(const Vector& vector) {
    OutboxFixture fixture;
    std::optional<base::Bytes> drawn;
    {
        outbox::Outbox outbox = fixture.open();
        REQUIRE(outbox.start_log(fixture.log_id).has_value());
        for (int number = 0; number < 3; ++number) {
            REQUIRE(outbox.add(numbered_item(number)).has_value());
        }
        drawn = fixture.draw(outbox).value();
    }
    damage(vector, fixture.path);
    static_cast<void>(largest_allocation_taken());  // making and damaging it is the test's own business
    auto outbox = outbox::Outbox::open(fixture.path, fixture.random);
    if (!outbox.has_value()) {
        return verdict_of(outbox.error());
    }
    const auto counts = outbox->counts();
    if (!counts.has_value()) {
        return verdict_of(counts.error());
    }
    const auto batch = outbox->batch_at(1);
    CHECK((batch.has_value() ? "ok" : vector_name_of(batch.error().code)) == vector.value("batch_1"));
    return {"ok waiting " + std::to_string(counts->waiting) + " batched " + std::to_string(counts->batched) +
                " quarantined " + std::to_string(counts->quarantined),
            {}};
}

}  // namespace

TEST_CASE("every outbox vector has the outcome that it states") {
    check_vectors("outbox", [](const Vector& vector) {
        INFO(vector.name);
        return vector.has("slot_size") ? read_slot(vector) : open_damaged(vector);
    });
}

}  // namespace pillarbox::tests
