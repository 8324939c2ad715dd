// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/kept_receipt.hpp"

#include "core/base/file.hpp"

namespace pillarbox::client {

std::filesystem::path kept_receipt_path(const std::filesystem::path& station_folder) {
    return station_folder / "receipt.txt";
}

base::Result<std::uint64_t> purge_under(outbox::Outbox& outbox, const std::filesystem::path& kept_path,
                                        std::string_view note, const batch::Receipt& receipt) {
    TRY(outbox.check(receipt));
    const std::uint64_t first_held = TRY(outbox.first_unpurged());
    if (receipt.safe >= first_held) {
        TRY(base::write_file(kept_path, base::view_of(note)));
    }
    return outbox.purge(receipt);
}

std::optional<KeptReceipt> read_kept_receipt(const std::filesystem::path& kept_path, const station::StorePin& store) {
    const auto bytes = base::read_file(kept_path, batch::note_size_bytes_max);
    if (!bytes.has_value()) {
        return std::nullopt;
    }
    std::string note(base::text_of(*bytes));
    auto receipt = batch::verify_receipt(note, store.name, store.key);
    for (std::size_t i = store.earlier_keys.size(); !receipt.has_value() && i > 0; --i) {
        receipt = batch::verify_receipt(note, store.name, store.earlier_keys[i - 1]);
    }
    return receipt.has_value() ? std::optional(KeptReceipt{std::move(note), *receipt}) : std::nullopt;
}

}  // namespace pillarbox::client
