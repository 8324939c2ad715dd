// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is told without the focus moving: errors and alerts at once, statuses and new notes when there is time. For
// this folder's sources only.
#pragma once

#include <chrono>
#include <map>
#include <vector>

#include "accessibility/speech/narration.hpp"

namespace pillarbox::speech {

// Of a page that stays: alerts that came or changed, and errors of widgets where no alert tells of them.
[[nodiscard]] std::vector<Utterance> narrate_alerts(const Moment& moment, const Phrases& phrases);

[[nodiscard]] std::vector<Utterance> narrate_statuses(const Moment& moment,
                                                      std::map<semantics::NodeId, std::chrono::milliseconds>& told,
                                                      const Phrases& phrases);

// An alert with what stands in it.
[[nodiscard]] std::vector<Part> alert_parts(const semantics::Tree& tree, const semantics::Node& alert,
                                            const Phrases& phrases);

}  // namespace pillarbox::speech
