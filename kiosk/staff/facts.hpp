// SPDX-License-Identifier: GPL-3.0-or-later
//
// What kiosk/app finds out for staff: figures, days and names of the kiosk's own. Never an answer, and no time of
// day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/day.hpp"
#include "kiosk/flow/event.hpp"

namespace pillarbox::staff {

// Responses; tests are in none of the figures but their own.
struct Figures {
    std::uint64_t saved = 0;         // kept here, in no batch yet
    std::uint64_t sent = 0;          // sent or on the way, not yet confirmed by the store
    std::uint64_t acknowledged = 0;  // the store has confirmed them, and they are deleted here
    std::uint64_t damaged = 0;       // rows kept aside
    std::uint64_t tests = 0;         // test responses kept here
    std::uint64_t unsent_days = 0;   // age of the oldest that is not acknowledged; at most so many days
    friend bool operator==(const Figures&, const Figures&) = default;

    [[nodiscard]] std::uint64_t unacknowledged() const { return saved + sent; }
};

struct CampaignFacts {
    std::string title;
    std::uint64_t version = 0;
    base::Day opens{}, closes{}, expires{};
    std::string safeguarding;  // the committee's words for when somebody may be in danger; empty: none
};

struct Battery {
    std::uint64_t percent = 0;
    enum class Supply { battery, mains } supply = Supply::battery;
};

struct Facts {
    std::string station;
    CampaignFacts campaign;
    std::string committee_key;    // its fingerprint, in groups of four
    std::string committee_words;  // the same key as six words, which the poster has too
    base::Day today{};
    std::optional<base::Day> last_known_day{};  // on which this kiosk was last looked after; none on the first
    std::optional<Figures> figures{};           // none where the outbox can't be read
    std::optional<std::uint64_t> disk_free_mib{};
    std::optional<Battery> battery{};      // none where the machine has none, or does not tell
    std::optional<unsigned> brightness{};  // percent; none where it can't be changed
    enum class Enrolment { done, missing } enrolment = Enrolment::done;  // at the store
};

// Since this program was started.
struct RunTally {
    base::Day since{};
    std::uint64_t kept = 0;
    std::uint64_t assisted = 0;  // of these
    std::uint64_t paper = 0;     // of these
    std::uint64_t tests = 0;     // besides
    std::uint64_t discarded = 0;
    std::uint64_t failed = 0;
};

}  // namespace pillarbox::staff
