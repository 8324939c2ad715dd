// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "kiosk/rehearse/scenario.hpp"
#include "targets.hpp"

// A scenario file: steps of lines that are there, and no more of them; an error names its line.
void pillarbox::fuzz::fuzz_scenario(base::ByteView input) {
    const std::string_view text = base::text_of(input);
    const auto steps = rehearse::parse_scenario(text, "fuzz.scenario");
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
    if (!steps.has_value()) {
        PILLARBOX_CHECK(steps.error().where.starts_with("fuzz.scenario"));
        return;
    }
    PILLARBOX_CHECK(steps->size() <= lines);
    std::uint32_t last = 0;
    for (const rehearse::Step& step : *steps) {
        PILLARBOX_CHECK(step.line > last && step.line <= lines);
        PILLARBOX_CHECK(step.name.size() + step.text.size() <= text.size());
        last = step.line;
    }
}
