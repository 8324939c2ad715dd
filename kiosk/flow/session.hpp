// SPDX-License-Identifier: GPL-3.0-or-later
//
// One respondent's session, from the first touch to the wipe. Plain data, moved and never copied, so that answers
// have one place; its end overwrites what it held. Changed only by handle() (flow.hpp), shown only through view_of()
// (view_model.hpp).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/campaign/campaign.hpp"
#include "core/form/instance.hpp"
#include "core/submission/submission.hpp"
#include "kiosk/flow/event.hpp"

namespace pillarbox::flow {

enum class Screen {
    attract,
    not_yet_open,
    closed,
    out_of_order,
    language,
    notice,
    under_18_notice,
    form_page,
    check,
    sending,
    save_failed,
    receipt,
    declined,  // after the wipe: only the language is left
    erased,    // the same
};

// What lies over the screen. The screen beneath is unchanged when it closes.
enum class Overlay { none, help, languages, accessibility, curtain, confirm_stop, confirm_remove, idle_warning };

// How long nothing may happen. EN 301 549 / WCAG 2.2.1: the warning stands at least 20 s, and any input extends.
struct Timing {
    std::chrono::milliseconds idle_before_warning{90'000};
    std::chrono::milliseconds warning{30'000};
    std::chrono::milliseconds goodbye{15'000};  // how long the last words stay; nothing can be lost by then
};

// What a kiosk is, the same for every respondent but for `assistance` and what is plugged in.
struct Setup {
    std::shared_ptr<const campaign::Campaign> campaign{};
    base::Day today{};
    Service service = Service::in_order;
    submission::Kind kind = submission::Kind::response;
    Assistance assistance = Assistance::none;
    Capabilities capabilities{};
    Timing timing{};
};

// The longest text answer, in Unicode code points; the whole submission stays far under submission::size_bytes_max.
inline constexpr std::size_t text_characters_max = 2000;

// How many repetitions a person can add to one repeat: more than any household, and few enough to list.
inline constexpr std::size_t repetitions_max = 50;

struct Session {
    Setup setup;
    Screen screen = Screen::attract;
    Overlay overlay = Overlay::none;
    std::string language;
    Preferences preferences;
    bool answers_revealed = false;  // on this page, while preferences.answers is hidden

    std::optional<form::Instance> answers;  // from Start on
    std::string page;                       // path of the page shown, while screen == form_page
    bool returns_to_check = false;          // the page was reached by Change
    std::string within;  // the repetition that was opened from its repeat's list; after its last page comes the list
    std::string removing;                  // the repetition that is asked about, while overlay == confirm_remove
    std::set<std::string> shows_problems;  // pages whose problems are shown, because Next or Send was refused there
    std::string refused_choice;            // and the choice that was tapped
    std::string refused_path;              // the question whose last ToggleChoice was refused, until the next answer
    std::string withdrawal_code;           // from Saved on
    bool receipt_shown = false;

    base::Day started_on{};  // answers count for this day, though midnight pass while they are given

    std::chrono::milliseconds now{0};            // of the last Tick
    std::chrono::milliseconds last_activity{0};  // of the last event that a person made
    std::chrono::milliseconds warned_at{0};      // while overlay == idle_warning
    Overlay beneath_warning = Overlay::none;     // what comes back when the warning goes

    // Overwrites and drops what the person gave: answers, code, paths.
    void forget();

    Session() = default;
    ~Session() { forget(); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = default;
    Session& operator=(Session&&) = default;
};

}  // namespace pillarbox::flow
