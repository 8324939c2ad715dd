// SPDX-License-Identifier: GPL-3.0-or-later
//
// The large envelopes that a batch names, sent or written to a stick part by part, before the batch. One part is in
// memory at a time. Each part is made anew from the outbox, with the same bytes every time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"
#include "core/outbox/outbox.hpp"
#include "sync/client/store_client.hpp"

namespace pillarbox::client {

// A large envelope, and where the outbox has it.
struct NamedEnvelope {
    batch::LogId log_id{};
    std::uint64_t batch_number = 0;
    std::size_t index = 0;  // in the batch
    batch::WithdrawalTag tag{};
    batch::LargeEnvelope envelope;
};
// Of a batch's bytes, as the outbox made them.
[[nodiscard]] base::Result<std::vector<NamedEnvelope>> named_in(base::ByteView batch);

// Sends the parts that the store lacks, from the first of them on. Errors besides those of both: conflict where the
// store takes none.
[[nodiscard]] base::Result<void> send_parts(outbox::Outbox& outbox, StoreClient& store,
                                            const crypto::SigningKey& device_key, const NamedEnvelope& named);

// Writes FOLDER/<digest>-0001.part and so on.
[[nodiscard]] base::Result<void> write_parts(outbox::Outbox& outbox, const std::filesystem::path& folder,
                                             const crypto::SigningKey& device_key, const NamedEnvelope& named);

}  // namespace pillarbox::client
