// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/staff/staff.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "kiosk/flow/wipe_text.hpp"
#include "kiosk/staff/steps.hpp"

namespace pillarbox::staff {
namespace {

template <typename Occurrence, typename... Kinds>
constexpr bool is_any_of = (std::is_same_v<Occurrence, Kinds> || ...);

template <typename Occurrence>
constexpr bool is_report =
    is_any_of<Occurrence, Tick, DoorSeen, Admitted, WrongPin, NoStickKey, FactsRead, TestDone, SendingProgress,
              SendingEnded, HandedOver, PackSeen, CampaignInstalled, TallySigned>;

// What may arrive before anybody has shown who they are.
template <typename Occurrence>
constexpr bool is_of_the_door = is_any_of<Occurrence, Enter, TypeDigit, EraseDigit, Unlock, UseStickKey, Leave,
                                          Activity, Tick, DoorSeen, Admitted, WrongPin, NoStickKey>;

}  // namespace

Step handle(StaffSession session, const Event& event) {
    Step step{std::move(session), {}};
    std::visit(
        [&step](const auto& occurrence) {
            using Occurrence = std::decay_t<decltype(occurrence)>;
            StaffSession& now = step.session;
            const bool ignores_touch = is_cleaning(now) && !is_report<Occurrence>;
            if (ignores_touch || (now.place != Place::inside && !is_of_the_door<Occurrence>)) {
                return;
            }
            if constexpr (!is_report<Occurrence>) {
                now.last_activity = now.now;
            }
            apply(now, occurrence, step.effects);
        },
        event);
    return step;
}

bool is_on(const StaffSession& session) {
    return session.place != Place::away;
}

bool is_cleaning(const StaffSession& session) {
    return session.place == Place::inside && session.page == Page::cleaning;
}

bool is_sending(const StaffSession& session) {
    return session.sending.has_value() && !session.sending->ended.has_value();
}

std::optional<std::chrono::milliseconds> next_tick(const StaffSession& session) {
    constexpr std::chrono::milliseconds second{1000};
    if (!is_on(session)) {
        return std::nullopt;
    }
    if (is_cleaning(session) || session.now < session.locked_until) {
        return session.now + second;  // a countdown is on the screen
    }
    return session.last_activity + session.timing.idle;
}

void StaffSession::forget() {
    flow::wipe_text(digits);
    StaffSession fresh;
    fresh.timing = timing;
    fresh.now = now;
    fresh.last_activity = now;
    *this = std::move(fresh);
}

StaffSession::~StaffSession() {
    flow::wipe_text(digits);
}

effects::TryPin::~TryPin() {
    flow::wipe_text(pin);
}

}  // namespace pillarbox::staff
