// SPDX-License-Identifier: GPL-3.0-or-later
//
// Staff mode from the hidden gesture to the way out. Holds figures and typed digits, and no type of it could hold an
// answer. Changed only by handle() (staff.hpp), shown only through view_of() (view_model.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "kiosk/staff/event.hpp"

namespace pillarbox::staff {

enum class Place { away, door, inside };

struct Timing {
    std::chrono::milliseconds idle{120'000};     // then staff mode leaves by itself
    std::chrono::milliseconds cleaning{60'000};  // how long touches are ignored
};

inline constexpr std::size_t digits_max = 12;

struct Sending {
    SendingProgress progress;
    std::optional<SendingEnded> ended;  // none while it runs
};

struct StaffSession {
    Place place = Place::away;
    Page page = Page::home;
    std::string language;
    Timing timing;

    // At the door.
    std::string digits;
    DoorSeen::Pin pin = DoorSeen::Pin::set;
    enum class Refusal { none, wrong_pin, no_stick_key } refusal = Refusal::none;
    std::chrono::milliseconds locked_until{0};

    // Inside.
    Facts facts;
    RunTally tally;
    std::optional<TestResult> test;
    std::optional<Sending> sending;
    std::optional<HandedOver> handed_over;
    std::optional<PackSeen> pack;
    std::optional<CampaignInstalled::Outcome> installed;
    std::optional<TallySigned> signed_tally;
    std::chrono::milliseconds cleaning_since{0};

    std::chrono::milliseconds now{0};
    std::chrono::milliseconds last_activity{0};

    void forget();  // overwrites the digits and drops the rest but timing and now

    StaffSession() = default;
    ~StaffSession();
    StaffSession(const StaffSession&) = delete;
    StaffSession& operator=(const StaffSession&) = delete;
    StaffSession(StaffSession&&) = default;
    StaffSession& operator=(StaffSession&&) = default;
};

}  // namespace pillarbox::staff
