// SPDX-License-Identifier: GPL-3.0-or-later
//
// One function for each event, changing the session in place: the inside of handle(). journey.cpp: from page to page.
// answering.cpp: answers. repeats.cpp: repetitions that come and go. leaving.cpp: sending, stopping, wiping, time.
#pragma once

#include <vector>

#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/flow.hpp"
#include "kiosk/flow/session.hpp"

namespace pillarbox::flow {

using Effects = std::vector<Effect>;

// After the wipe: only words of goodbye are left.
[[nodiscard]] bool is_goodbye(Screen screen);

// --- journey.cpp ---
void apply(Session& session, const Start& event, Effects& effects);
void apply(Session& session, const ChooseLanguage& event, Effects& effects);
void apply(Session& session, const Assist& event, Effects& effects);
void apply(Session& session, const Understand& event, Effects& effects);
void apply(Session& session, const Under18& event, Effects& effects);
void apply(Session& session, const Next& event, Effects& effects);
void apply(Session& session, const Back& event, Effects& effects);
void apply(Session& session, const Change& event, Effects& effects);
void open_page(Session& session, const std::string& path);

// --- answering.cpp ---
void apply(Session& session, const SetAnswer& event, Effects& effects);
void apply(Session& session, const ToggleChoice& event, Effects& effects);
void apply(Session& session, const SetDatePart& event, Effects& effects);
void apply(Session& session, const SetStep& event, Effects& effects);
void apply(Session& session, const MoveChoice& event, Effects& effects);

// --- repeats.cpp ---
void apply(Session& session, const AddRepetition& event, Effects& effects);
void apply(Session& session, const AskRemove& event, Effects& effects);
void apply(Session& session, const ConfirmRemove& event, Effects& effects);
void apply(Session& session, const CancelRemove& event, Effects& effects);

// --- overlays.cpp ---
void apply(Session& session, const OpenHelp& event, Effects& effects);
void apply(Session& session, const OpenLanguages& event, Effects& effects);
void apply(Session& session, const OpenAccessibility& event, Effects& effects);
void apply(Session& session, const HideAnswers& event, Effects& effects);
void apply(Session& session, const CloseOverlay& event, Effects& effects);

// --- preferences.cpp ---
void apply(Session& session, const Prefer& event, Effects& effects);
void apply(Session& session, const RevealAnswers& event, Effects& effects);
void apply(Session& session, const ForgetPreferences& event, Effects& effects);
void apply(Session& session, const CapabilitiesChanged& event, Effects& effects);

// --- leaving.cpp ---
void apply(Session& session, const Decline& event, Effects& effects);
void apply(Session& session, const Send& event, Effects& effects);
void apply(Session& session, const Saved& event, Effects& effects);
void apply(Session& session, const SaveFailed& event, Effects& effects);
void apply(Session& session, const ShowReceipt& event, Effects& effects);
void apply(Session& session, const Finish& event, Effects& effects);
void apply(Session& session, const AskStop& event, Effects& effects);
void apply(Session& session, const ConfirmStop& event, Effects& effects);
void apply(Session& session, const CancelStop& event, Effects& effects);
// Forgets everything, in place; what stands there afterwards is a fresh session.
void wipe(Session& session, WipeReason reason, Effects& effects);

// --- time.cpp ---
void apply(Session& session, const Activity& event, Effects& effects);
void apply(Session& session, const Tick& event, Effects& effects);
void apply(Session& session, const ServiceChanged& event, Effects& effects);
void apply(Session& session, const DayChanged& event, Effects& effects);

}  // namespace pillarbox::flow
