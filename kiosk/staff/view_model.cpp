// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/staff/view_model.hpp"

#include "kiosk/staff/view_parts.hpp"

namespace pillarbox::staff {
namespace {

using flow::message;
using flow::ready;

struct PageWords {
    Page page;
    const char* key;
    const char* heading;
};
// In the order of the home page.
constexpr PageWords page_words[] = {
    {Page::home, "staff:home", "Staff"},
    {Page::check, "staff:check", "Start-of-day check"},
    {Page::sending, "staff:sending", "Send now"},
    {Page::hand_over, "staff:hand_over", "Send by USB stick"},
    {Page::assist, "staff:assist", "Help someone answer"},
    {Page::closing, "staff:closing", "Close of day"},
    {Page::safeguarding, "staff:safeguarding", "Someone may be in danger"},
    {Page::campaign, "staff:campaign", "Change the campaign"},
    {Page::cleaning, "staff:cleaning", "Clean the screen"},
    {Page::brightness, "staff:brightness", "Screen brightness"},
    {Page::ending, "staff:ending", "Restart or close"},
};

const PageWords& words_of(Page page) {
    for (const auto& words : page_words) {
        if (words.page == page) {
            return words;
        }
    }
    return page_words[0];
}

std::uint64_t whole_seconds(std::chrono::milliseconds time) {
    return time.count() <= 0 ? 0 : static_cast<std::uint64_t>((time.count() + 999) / 1000);
}

DoorView door_of(const StaffSession& session) {
    DoorView door{.pin = session.pin,
                  .digits = session.digits.size(),
                  .problem = {},
                  .wait_seconds = whole_seconds(session.locked_until - session.now)};
    if (door.wait_seconds > 0) {
        door.problem =
            message("Too many wrong tries. Seconds until you can try again: {count}", {{"count", door.wait_seconds}});
    } else if (session.refusal == StaffSession::Refusal::wrong_pin) {
        door.problem = message("That PIN is not right.");
    }
    if (session.refusal == StaffSession::Refusal::no_stick_key) {
        door.problem = message("There is no key of this kiosk on a USB stick.");
    }
    return door;
}

StaffView door_view(const StaffSession& session) {
    StaffView view;
    view.page_key = "staff:door";
    view.language = session.language;
    view.heading = message("Staff only");
    view.door = door_of(session);
    if (session.pin == DoorSeen::Pin::missing) {
        view.blocks = {{.kind = BlockKind::info,
                        .title = message("No staff PIN is set on this kiosk"),
                        .text = message("Whoever looks after the kiosk sets one with the command {command}.",
                                        {{"command", std::string("pillarbox station set-pin")}})}};
    }
    return view;
}

void add_home(const StaffSession& session, StaffView& view) {
    add_figures(session, view);
    for (const auto& words : page_words) {
        if (words.page != Page::home) {
            const bool first = words.page == Page::check || words.page == Page::sending;
            view.actions.push_back({.key = words.key,
                                    .label = message(words.heading),
                                    .weight = first ? Weight::main : Weight::other,
                                    .event = Open{words.page}});
        }
    }
}

void add_page(const StaffSession& session, StaffView& view) {
    switch (session.page) {
        case Page::home:
            return add_home(session, view);
        case Page::check:
            return add_check(session, view);
        case Page::sending:
            return add_sending(session, view);
        case Page::hand_over:
            return add_hand_over(session, view);
        case Page::assist:
            return add_assist(session, view);
        case Page::campaign:
            return add_campaign(session, view);
        case Page::safeguarding:
            return add_safeguarding(session, view);
        case Page::brightness:
            return add_brightness(session, view);
        case Page::cleaning:
            return add_cleaning(session, view);
        case Page::closing:
            return add_closing(session, view);
        case Page::ending:
            return add_ending(session, view);
    }
}

}  // namespace

flow::Text number(std::uint64_t value) {
    return message("{count}", {{"count", value}});
}

void add_figures(const StaffSession& session, StaffView& view) {
    const auto& figures = session.facts.figures;
    if (!figures.has_value()) {
        view.blocks.push_back({.kind = BlockKind::attention,
                               .title = message("The saved responses cannot be read"),
                               .text = message("Keep the kiosk as it is, and tell the committee's office.")});
        return;
    }
    const auto add = [&view](const char* name, flow::Text value) {
        view.blocks.push_back({.kind = BlockKind::figure, .title = message(name), .text = std::move(value)});
    };
    add("Saved here, not yet sent", number(figures->saved));
    add("Sent, not yet confirmed", number(figures->sent));
    add("Confirmed by the store, deleted here", number(figures->acknowledged));
    if (figures->unacknowledged() > 0) {
        add("Days that the oldest has waited, at most", number(figures->unsent_days));
    }
    if (figures->damaged > 0) {
        add("Damaged, kept aside", number(figures->damaged));
    }
}

StaffView view_of(const StaffSession& session) {
    if (session.place != Place::inside) {
        return door_view(session);
    }
    const auto& words = words_of(session.page);
    StaffView view;
    view.page_key = words.key;
    view.language = session.language;
    view.heading = message(words.heading);
    view.station = session.facts.station;
    view.way_out = session.page == Page::home ? StaffView::WayOut::leave : StaffView::WayOut::back;
    add_page(session, view);
    return view;
}

}  // namespace pillarbox::staff
