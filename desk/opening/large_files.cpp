// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/large_files.hpp"

#include "core/base/file.hpp"
#include "desk/opening/chain_check.hpp"

namespace pillarbox::opening {

std::filesystem::path large_file(const std::filesystem::path& folder, const batch::LargeEnvelope& envelope) {
    return folder / (base::to_hex(envelope.digest) + ".envelope");
}

base::Result<void> load_large(batch::Batch& batch, const std::filesystem::path& folder) {
    for (batch::Item& item : batch.items) {
        if (!item.large.has_value()) {
            continue;
        }
        const std::filesystem::path file = large_file(folder, *item.large);
        item.envelope = TRY(base::read_file(file, desk_limits().envelope_size_bytes_max));
        const bool is_named =
            item.envelope.size() == item.large->size_bytes && crypto::sha256(item.envelope) == item.large->digest;
        if (!is_named) {
            return base::fail(base::ErrorCode::conflict, file.string(),
                              "The file is not the large envelope that its batch names.",
                              "Ask the store's admin for another export.");
        }
    }
    return {};
}

}  // namespace pillarbox::opening
