// SPDX-License-Identifier: GPL-3.0-or-later
//
// Withdrawal: a respondent's code takes the response and all that is derived from it out of the workspace, for good.
// What stays is a hash by which no later export brings it back, and a line in the audit trail that says that some
// response was removed. Copies of the workspace folder and files exported from it are the officer's to find:
// docs/guides/officer.md.
#pragma once

#include <string_view>
#include <vector>

#include "core/batch/batch.hpp"
#include "core/crypto/hash.hpp"
#include "core/submission/submission.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

// What a withdrawn response is known by.
[[nodiscard]] crypto::Digest mark_of(const batch::WithdrawalTag& tag);
[[nodiscard]] crypto::Digest mark_of(const submission::Uuid& uuid);

// After the last day that people were told (Campaign::withdraw_until, by the editor's day).
enum class Late {
    refuse,  // expired, whatever the code
    honour,  // the controller decided so: out of courtesy, or because the law asks for it
};

// Succeeds alike for a code of a response that is here, is not here, was never given, or was withdrawn before:
// whoever tries codes learns nothing. malformed where the text is no code. Afterwards no byte of the response is in
// the database or its log, sealed or not.
[[nodiscard]] base::Result<void> withdraw(Workspace& workspace, const Editor& editor, std::string_view code,
                                          Late late = Late::refuse);

// The same for tags, which the store tells of what was withdrawn there, on whichever day: it has happened.
[[nodiscard]] base::Result<void> withdraw_tags(Workspace& workspace, const Editor& editor,
                                               const std::vector<batch::WithdrawalTag>& tags);

// Of these tags, those under which something was withdrawn here.
[[nodiscard]] base::Result<std::vector<batch::WithdrawalTag>> withdrawn_among(
    Workspace& workspace, const std::vector<batch::WithdrawalTag>& tags);

// Takes the last bytes of what was withdrawn out of the database and its log, where a kill or a reader kept
// withdraw() from it: it leaves word in its transaction. Workspace::open() calls it. conflict while another program
// reads.
[[nodiscard]] base::Result<void> finish_erasing(sqlite::Connection& database);

}  // namespace pillarbox::workspace
