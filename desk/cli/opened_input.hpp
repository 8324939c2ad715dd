// SPDX-License-Identifier: GPL-3.0-or-later
//
// The responses that `pillarbox open` opened, for the commands that work on them: read from its folder, against the
// same export and pack. No key is needed.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::cli {

struct OpenedInput {
    std::string opened, export_folder, pack, committee_key, until;
};

// --opened, --export, --pack, --committee-key, --until
void add_opened_input(CLI::App& command, OpenedInput& input);

struct OpenedResponses {
    campaign::Campaign campaign;
    std::vector<exports::Record> records;  // no tests; of days up to --until
    std::optional<base::Day> until;
};

// conflict where the folder does not hold every envelope of the export: what is counted must be everything.
[[nodiscard]] base::Result<OpenedResponses> read_opened(const OpenedInput& input, const base::Clock& clock);

}  // namespace pillarbox::cli
