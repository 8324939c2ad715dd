// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file's modification time would tell the time of day of the last response, also in a mere copy of the file.
#pragma once

#include <filesystem>

namespace pillarbox::outbox {

// Sets the access and modification times of the database and its -wal and -shm to the start of their own day (UTC).
// Best effort: whatever can't be changed stays. The inode change time is out of reach, see docs/formats/outbox.md.
void forget_time_of_day(const std::filesystem::path& database);

}  // namespace pillarbox::outbox
