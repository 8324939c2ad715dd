// SPDX-License-Identifier: GPL-3.0-or-later
//
// The quotes bank: passages that officers picked. What may be quoted, and under which name, is what the respondent
// allowed (exports/consent.hpp); that is asked again each time quotes are read, so that a redaction made later, or a
// rule that became stricter, holds for quotes picked before.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "desk/workspace/redaction.hpp"

namespace pillarbox::workspace {

// conflict where the respondent did not allow it, where the passage names them against their wish, or where it is no
// evidence text (a name, an address).
[[nodiscard]] base::Result<void> pick_quote(Workspace& workspace, const Editor& editor, ResponseId response,
                                            const Passage& passage);
[[nodiscard]] base::Result<void> drop_quote(Workspace& workspace, const Editor& editor, ResponseId response,
                                            const Passage& passage);

struct Quote {
    ResponseId response = 0;
    submission::Uuid uuid{};
    Passage passage;
    std::string text;         // with redactions applied
    std::string attribution;  // by name or without, as allowed
    std::string language;
};
// Those that may be told now.
[[nodiscard]] base::Result<std::vector<Quote>> quotes(Workspace& workspace);

}  // namespace pillarbox::workspace
