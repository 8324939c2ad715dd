// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that can happen in staff mode: what staff do (the screens make these) and what the kiosk reports
// (kiosk/app makes those).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "kiosk/staff/facts.hpp"

namespace pillarbox::staff {

// --- what staff do ---

// At the attract, closed, not-yet-open or out-of-order screen only: kiosk/app asks for it nowhere else.
struct Enter {
    std::string language;  // BCP 47, of the screen that they came from
};

struct TypeDigit {
    char digit;
};
struct EraseDigit {};
struct Unlock {};       // with the digits typed
struct UseStickKey {};  // with the key file on a USB stick

enum class Page {
    home,
    check,         // start of the day
    sending,       // sync now
    hand_over,     // send on a USB stick
    assist,        // help somebody answer, or copy a paper form
    campaign,      // change it
    safeguarding,  // somebody may be in danger
    brightness,
    cleaning,  // the screen takes no touch for a minute
    closing,   // close of the day
    ending,    // restart or close the program
};
struct Open {
    Page page;
};
struct Back {};
struct Leave {};  // to the attract screen

struct KeepTest {};
struct AcceptDay {};  // "the date is right"
struct StartSending {};
struct StopSending {};
struct SaveToStick {};
struct ReadReceipt {};      // from the stick, back from the store
struct ReadStick {};        // look for a campaign pack
struct InstallCampaign {};  // the one that was found
enum class Help { reading_or_typing, paper };
struct StartAssisted {
    Help how;
};
struct SetBrightness {
    unsigned percent;
};
struct SignTally {};
struct Restart {};
struct EndProgram {};

// Any touch or key that made no other event.
struct Activity {};

// --- what the kiosk reports ---

struct Tick {
    std::chrono::milliseconds monotonic;
};

// Answers Enter: what the door is like.
struct DoorSeen {
    enum class Pin { set, missing } pin = Pin::set;
    std::chrono::milliseconds wait{0};  // until the next try is taken
};
struct Admitted {};
struct WrongPin {
    std::chrono::milliseconds wait{0};
};
struct NoStickKey {};  // no stick, no key file on it, or not this station's

struct FactsRead {
    Facts facts;
    RunTally tally;
};

enum class TestResult { kept, failed };
struct TestDone {
    TestResult result;
};

struct SendingProgress {
    std::uint64_t sent_bytes = 0, total_bytes = 0;  // 0 0 while the store is asked
};
enum class SendingResult {
    all_safe,       // nothing is left here
    some_kept,      // sent, but the store has no second copy yet
    no_network,     // or the store did not answer
    refused_trust,  // the other side is not the store, or contradicts this kiosk
    revoked,        // the store has signed that it takes no more of this kiosk
    closed,         // the store has signed that the campaign has ended
    busy,           // another sending is under way, or a file can't be read
    damaged,
    not_installed,  // there is no pillarbox-sync to start
    cancelled,
    failed,  // anything else
};
struct SendingEnded {
    SendingResult result;
    std::uint64_t sent = 0, kept = 0;
};

enum class HandOverResult {
    saved,      // on the stick; `responses` of them
    confirmed,  // by the receipt on the stick; `responses` of them, and they are deleted here
    no_stick,   // none with a folder for this
    no_receipt,
    refused_trust,  // the receipt is not of this kiosk's store, or contradicts this kiosk
    failed,
};
struct HandedOver {
    HandOverResult result;
    std::uint64_t responses = 0;
};

// Of what lies on the stick. Only `newer` can be installed.
enum class PackVerdict { newer, same, older, other_campaign, not_authentic, expired, damaged, none, unaskable };
struct PackSeen {
    PackVerdict verdict;
    CampaignFacts campaign{};  // of a newer one
};
struct CampaignInstalled {
    enum class Outcome { done, failed } outcome;
};

struct TallySigned {
    std::string file_name;  // empty where that failed
    std::string code;       // short, to read out or write down
};

using Event = std::variant<Enter, TypeDigit, EraseDigit, Unlock, UseStickKey, Open, Back, Leave, KeepTest, AcceptDay,
                           StartSending, StopSending, SaveToStick, ReadReceipt, ReadStick, InstallCampaign,
                           StartAssisted, SetBrightness, SignTally, Restart, EndProgram, Activity, Tick, DoorSeen,
                           Admitted, WrongPin, NoStickKey, FactsRead, TestDone, SendingProgress, SendingEnded,
                           HandedOver, PackSeen, CampaignInstalled, TallySigned>;

}  // namespace pillarbox::staff
