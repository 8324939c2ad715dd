// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a step of staff mode asks of kiosk/app, in order.
#pragma once

#include <string>
#include <variant>

#include "kiosk/staff/event.hpp"

namespace pillarbox::staff::effects {

struct LookAtDoor {};  // report DoorSeen
// Report Admitted or WrongPin. The digits are overwritten when this goes.
struct TryPin {
    std::string pin;
    explicit TryPin(std::string digits) : pin(std::move(digits)) {}
    ~TryPin();
    TryPin(const TryPin&) = delete;
    TryPin& operator=(const TryPin&) = delete;
    TryPin(TryPin&&) = default;
    TryPin& operator=(TryPin&&) = default;
};
struct TryStickKey {};   // report Admitted or NoStickKey
struct ReadFacts {};     // report FactsRead
struct KeepTest {};      // seal and keep a test response; report TestDone
struct AcceptDay {};     // take today for known
struct StartSending {};  // start pillarbox-sync; report SendingProgress and SendingEnded
struct StopSending {};
struct SaveToStick {};  // both report HandedOver
struct ReadReceipt {};
struct ReadStick {};        // report PackSeen
struct InstallCampaign {};  // report CampaignInstalled
struct BeginAssisted {      // the next respondent is helped
    Help how;
};
struct SetBrightness {
    unsigned percent;
};
struct SignTally {};  // report TallySigned
struct Restart {};
struct EndProgram {};
struct Left {};  // staff mode is over: drop what its screens held

}  // namespace pillarbox::staff::effects

namespace pillarbox::staff {

using Effect =
    std::variant<effects::LookAtDoor, effects::TryPin, effects::TryStickKey, effects::ReadFacts, effects::KeepTest,
                 effects::AcceptDay, effects::StartSending, effects::StopSending, effects::SaveToStick,
                 effects::ReadReceipt, effects::ReadStick, effects::InstallCampaign, effects::BeginAssisted,
                 effects::SetBrightness, effects::SignTally, effects::Restart, effects::EndProgram, effects::Left>;

}  // namespace pillarbox::staff
