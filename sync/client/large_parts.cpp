// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/large_parts.hpp"

#include <fmt/format.h>

#include "core/base/file.hpp"
#include "core/batch/part.hpp"

namespace pillarbox::client {
namespace {

constexpr int parts_without_progress_max = 3;

base::Result<base::Bytes> part_of(outbox::Outbox& outbox, const crypto::SigningKey& device_key,
                                  const NamedEnvelope& named, std::uint64_t number) {
    const base::Bytes content = TRY(outbox.part_content(named.batch_number, named.index, number));
    return batch::make_part({named.log_id, named.tag, named.envelope, number, {}}, content, device_key);
}

}  // namespace

base::Result<std::vector<NamedEnvelope>> named_in(base::ByteView bytes) {
    std::vector<NamedEnvelope> named;
    if (TRY(batch::parse_header(bytes)).version == batch::enclosing_version) {
        return named;
    }
    const batch::Batch batch = TRY(batch::parse_batch(bytes, {}));
    for (std::size_t index = 0; index < batch.items.size(); ++index) {
        const batch::Item& item = batch.items[index];
        if (item.large.has_value()) {
            named.push_back({batch.header.log_id, batch.header.number, index, item.tag, *item.large});
        }
    }
    return named;
}

base::Result<void> send_parts(outbox::Outbox& outbox, StoreClient& store, const crypto::SigningKey& device_key,
                              const NamedEnvelope& named) {
    const crypto::Digest& digest = named.envelope.digest;
    std::uint64_t held = TRY(store.held_parts(named.log_id, digest)).held;
    int without_progress = 0;
    while (held < batch::part_count(named.envelope.size_bytes)) {
        base::Bytes part = TRY(part_of(outbox, device_key, named, held + 1));
        const batch::PartsHeld answer = TRY(store.send_part(named.log_id, digest, std::move(part)));
        without_progress = answer.held > held ? 0 : without_progress + 1;
        if (without_progress == parts_without_progress_max) {
            return base::fail(base::ErrorCode::conflict, "store",
                              "The store does not take the next part of a large envelope.",
                              "Tell the store's admin; everything stays on the kiosk.");
        }
        held = answer.held;
    }
    return {};
}

base::Result<void> write_parts(outbox::Outbox& outbox, const std::filesystem::path& folder,
                               const crypto::SigningKey& device_key, const NamedEnvelope& named) {
    const std::uint64_t count = batch::part_count(named.envelope.size_bytes);
    for (std::uint64_t number = 1; number <= count; ++number) {
        const base::Bytes part = TRY(part_of(outbox, device_key, named, number));
        const std::string name = fmt::format("{}-{:04}.part", base::to_hex(named.envelope.digest), number);
        TRY(base::write_file(folder / name, part));
    }
    return {};
}

}  // namespace pillarbox::client
