// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that can happen to a session: what the person does (screens make these), and what the kiosk reports
// (kiosk/app makes those). Values only; no event carries a time but Tick.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "core/base/day.hpp"

namespace pillarbox::flow {

// --- what the person does ---
struct Start {};  // attract -> language
struct ChooseLanguage {
    std::string language;
};                     // one of the form's; keeps every answer, closes the list of languages
struct Understand {};  // the notice was read: on to the form
struct Decline {};     // "No thanks": wipes, then says goodbye
struct Under18 {};     // the plainer notice, and a form without contact details
struct SetAnswer {
    std::string path, value;
};  // the exact characters; "" takes the answer away
struct ToggleChoice {
    std::string path, choice;
};  // adds or removes one choice of a select; may be refused, visibly
struct Next {};
struct Back {};
struct Change {
    std::string path;
};                      // from the check page to the page that asks `path`; Next comes back to the check page
struct Send {};         // also "Try again" after a failed save
struct ShowReceipt {};  // where the receipt is withheld at first
struct Finish {};       // leaves the receipt or a goodbye: wipes
struct AskStop {};
struct ConfirmStop {};  // erases everything
struct CancelStop {};
struct OpenHelp {};
struct OpenLanguages {};
struct OpenDisplay {};  // text size and contrast
struct OpenChoices {
    std::string path;
};                       // the full-page list of a long select
struct HideAnswers {};   // a curtain over the screen, against eyes behind the shoulder
struct CloseOverlay {};  // help, languages, display, choices, curtain
enum class TextSize { standard, large, largest };
enum class Contrast { standard, high };
struct SetTextSize {
    TextSize size;
};
struct SetContrast {
    Contrast contrast;
};
struct Activity {};  // any touch or key that made no other event: puts off the idle warning, or takes it away

// --- what the kiosk reports ---
struct Tick {
    std::chrono::milliseconds monotonic;
};  // at least once a second while somebody is there
struct Saved {
    std::string withdrawal_code;
};                     // the envelope is durable in the outbox
struct SaveFailed {};  // it is not; nothing is lost, Send tries again
enum class Service { in_order, out_of_order };
struct ServiceChanged {
    Service service;
};  // shows between two people, never in the middle of a session
struct DayChanged {
    base::Day today;
};  // the same

using Event = std::variant<Start, ChooseLanguage, Understand, Decline, Under18, SetAnswer, ToggleChoice, Next, Back,
                           Change, Send, ShowReceipt, Finish, AskStop, ConfirmStop, CancelStop, OpenHelp,
                           OpenLanguages, OpenDisplay, OpenChoices, HideAnswers, CloseOverlay, SetTextSize,
                           SetContrast, Activity, Tick, Saved, SaveFailed, ServiceChanged, DayChanged>;

}  // namespace pillarbox::flow
