// SPDX-License-Identifier: GPL-3.0-or-later
//
// One function for each event: the inside of handle(). door.cpp: who may come in. pages.cpp: from page to page, and
// time. work.cpp: what is done there.
#pragma once

#include <vector>

#include "kiosk/staff/effect.hpp"
#include "kiosk/staff/session.hpp"

namespace pillarbox::staff {

using Effects = std::vector<Effect>;

[[nodiscard]] bool is_cleaning(const StaffSession& session);
[[nodiscard]] bool is_sending(const StaffSession& session);

// --- door.cpp ---
void apply(StaffSession& session, const Enter& event, Effects& effects);
void apply(StaffSession& session, const TypeDigit& event, Effects& effects);
void apply(StaffSession& session, const EraseDigit& event, Effects& effects);
void apply(StaffSession& session, const Unlock& event, Effects& effects);
void apply(StaffSession& session, const UseStickKey& event, Effects& effects);
void apply(StaffSession& session, const DoorSeen& event, Effects& effects);
void apply(StaffSession& session, const Admitted& event, Effects& effects);
void apply(StaffSession& session, const WrongPin& event, Effects& effects);
void apply(StaffSession& session, const NoStickKey& event, Effects& effects);

// --- pages.cpp ---
void apply(StaffSession& session, const Open& event, Effects& effects);
void apply(StaffSession& session, const Back& event, Effects& effects);
void apply(StaffSession& session, const Leave& event, Effects& effects);
void apply(StaffSession& session, const Restart& event, Effects& effects);
void apply(StaffSession& session, const EndProgram& event, Effects& effects);
void apply(StaffSession& session, const Activity& event, Effects& effects);
void apply(StaffSession& session, const Tick& event, Effects& effects);
void apply(StaffSession& session, const FactsRead& event, Effects& effects);

// --- work.cpp ---
void apply(StaffSession& session, const KeepTest& event, Effects& effects);
void apply(StaffSession& session, const TestDone& event, Effects& effects);
void apply(StaffSession& session, const AcceptDay& event, Effects& effects);
void apply(StaffSession& session, const StartSending& event, Effects& effects);
void apply(StaffSession& session, const StopSending& event, Effects& effects);
void apply(StaffSession& session, const SendingProgress& event, Effects& effects);
void apply(StaffSession& session, const SendingEnded& event, Effects& effects);
void apply(StaffSession& session, const SaveToStick& event, Effects& effects);
void apply(StaffSession& session, const ReadReceipt& event, Effects& effects);
void apply(StaffSession& session, const HandedOver& event, Effects& effects);
void apply(StaffSession& session, const ReadStick& event, Effects& effects);
void apply(StaffSession& session, const PackSeen& event, Effects& effects);
void apply(StaffSession& session, const InstallCampaign& event, Effects& effects);
void apply(StaffSession& session, const CampaignInstalled& event, Effects& effects);
void apply(StaffSession& session, const StartAssisted& event, Effects& effects);
void apply(StaffSession& session, const SetBrightness& event, Effects& effects);
void apply(StaffSession& session, const SignTally& event, Effects& effects);
void apply(StaffSession& session, const TallySigned& event, Effects& effects);

}  // namespace pillarbox::staff
