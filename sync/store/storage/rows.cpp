// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/storage/rows.hpp"

#include <algorithm>

namespace pillarbox::storage {

std::string_view word_of(Copies copies) {
    switch (copies) {
        case Copies::backed_up:
            return "backed_up";
        case Copies::sole:
            return "sole";
    }
    return {};
}

base::Result<void> check_store_name(std::string_view name) {
    const bool plain =
        std::ranges::all_of(name, [](char letter) { return letter > ' ' && letter <= '~' && letter != '+'; });
    if (name.empty() || name.size() > 100 || !plain) {
        return base::fail(base::ErrorCode::usage, std::string(name), "Not a name for a store.",
                          "Use up to 100 letters, digits, dots and hyphens, such as store.example.org.");
    }
    return {};
}

// What could not stand in a receipt must not get as far as to be signed: a note's maker takes that for a mistake of
// the program.
base::Result<void> check_identity(const Identity& identity, std::string_view where) {
    const bool sound =
        check_store_name(identity.name).has_value() && identity.epoch >= 1 && identity.epoch <= batch::number_max;
    if (!sound) {
        return base::fail(base::ErrorCode::damaged, std::string(where), "The store's own row is damaged.",
                          "Put back the last backup.");
    }
    return {};
}

base::Result<base::Day> read_closing_day(std::string_view text, std::string_view where) {
    const auto day = base::parse_day(text);
    if (!day.has_value()) {
        return base::fail(base::ErrorCode::damaged, std::string(where), "The day of a closed campaign is damaged.",
                          "Close the campaign again, or put back the last verified backup.");
    }
    return *day;
}

base::Result<void> check_kiosk(const Kiosk& kiosk, std::string_view where) {
    const bool sound = kiosk.safe <= kiosk.stored && kiosk.stored <= batch::number_max &&
                       kiosk.log_id == batch::log_id_of(kiosk.device_key, kiosk.forerunner) &&
                       kiosk.revoked_after.value_or(0) <= batch::number_max &&
                       (kiosk.stored != 0 || kiosk.stored_hash == batch::genesis_hash(kiosk.log_id));
    if (!sound) {
        return base::fail(base::ErrorCode::damaged, std::string(where),
                          "The row of kiosk " + base::to_hex(kiosk.log_id) + " contradicts itself.",
                          "Stop the store, keep the database for inspection, and put back the last verified backup.");
    }
    return {};
}

}  // namespace pillarbox::storage
