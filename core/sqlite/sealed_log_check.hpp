// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a sealed database's write-ahead log is whole. SQLite ends a log at the first frame that does not open, as
// at one that a crash has torn, and whatever was committed behind it is lost without a word. A crash tears only what
// was not yet synced: the frames of the last transaction, or the header of a log that was begun anew. So other damage
// shows by what stands behind it:
//
//   a broken frame       and behind it a whole transaction that another one follows: the first was synced
//   a broken header      and behind it commits whose pages the database does not have: the log was not begun anew
//
// Not found: damage in the last transaction, and a log that is gone or cut short, as nothing stands behind it
// (docs/decisions/0014-workspace-sealed-by-block.md). Reads only; others may write meanwhile. Internal to
// core/sqlite.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::sqlite {

// damaged where committed transactions would be lost. `database`: its path; the log is beside it.
[[nodiscard]] base::Result<void> check_sealed_log(const std::filesystem::path& database,
                                                  const crypto::SecretBytes& key);

}  // namespace pillarbox::sqlite
