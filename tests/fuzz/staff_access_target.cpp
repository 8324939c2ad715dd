// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/station/staff_access.hpp"
#include "targets.hpp"
#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

// staff.json, a line "----", and a key file from a stick: what reads says the same when it is written again, and a
// file of other bytes than the key's opens nothing.
void pillarbox::fuzz::fuzz_staff_access(base::ByteView input) {
    static const tests::TemporaryFolder folder;
    constexpr std::string_view mark = "----\n";
    const std::string_view text = base::text_of(input);
    const std::size_t end = std::min(text.find(mark), text.size());
    put_file(station::staff_path(folder.path()), input.first(end));
    const base::ByteView key_file = input.subspan(std::min(end + mark.size(), input.size()));
    const auto access = station::read_staff_access(folder.path());
    if (!access.has_value()) {
        return;
    }
    PILLARBOX_CHECK(!station::is_key_of(*access, key_file) || access->key_digest.has_value());
    PILLARBOX_CHECK(!station::is_key_of({}, key_file));
    PILLARBOX_CHECK(station::write_staff_access(folder.path(), *access).has_value());
    const auto again = station::read_staff_access(folder.path());
    PILLARBOX_CHECK(again.has_value() && *again == *access);
}
