// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "kiosk/staff/steps.hpp"
#include "kiosk/staff/view_parts.hpp"

namespace pillarbox::staff {
namespace {

using flow::message;
using flow::Text;

void say(StaffView& view, const char* words) {
    view.blocks.push_back({.kind = BlockKind::paragraph, .text = message(words)});
}
void tell(StaffView& view, BlockKind kind, Text title, Text text = {}) {
    view.blocks.push_back({.kind = kind, .title = std::move(title), .text = std::move(text)});
}
void figure(StaffView& view, const char* name, std::uint64_t value) {
    view.blocks.push_back({.kind = BlockKind::figure, .title = message(name), .text = number(value)});
}
void offer(StaffView& view, const char* key, const char* label, Event event, Weight weight = Weight::other) {
    view.actions.push_back({.key = key, .label = message(label), .weight = weight, .event = std::move(event)});
}

void tell_sending_result(const SendingEnded& ended, StaffView& view) {
    using enum BlockKind;
    const Text nothing_lost = message("Nothing is lost: everything is still here.");
    switch (ended.result) {
        case SendingResult::all_safe:
            return tell(view, good, message("Everything is sent and safe"),
                        message("Responses sent just now: {count}", {{"count", ended.sent}}));
        case SendingResult::some_kept:
            return tell(view, info, message("Sent, and kept here until the store has a second copy"),
                        message("Responses still kept here: {count}. Send again tomorrow.", {{"count", ended.kept}}));
        case SendingResult::no_network:
            tell(view, attention, message("The store could not be reached"),
                 message("Check the cable or the Wi-Fi, then try again."));
            return tell(view, info, nothing_lost);
        case SendingResult::refused_trust:
            tell(view, attention, message("What answered is not the store that this kiosk knows"),
                 message("Nothing was sent to it. Use another network, or tell the committee's office."));
            return tell(view, info, nothing_lost);
        case SendingResult::revoked:
            tell(view, attention, message("The store no longer accepts this kiosk"),
                 message("Tell the committee's office."));
            return tell(view, info, nothing_lost);
        case SendingResult::closed:
            tell(view, attention, message("The time for sending by network is over"), message("Send by USB stick"));
            return tell(view, info, nothing_lost);
        case SendingResult::busy:
            tell(view, attention, message("The sending could not start"),
                 message("Another one may be under way. Wait a minute, then try again."));
            return tell(view, info, nothing_lost);
        case SendingResult::damaged:
        case SendingResult::failed:
            tell(view, attention, message("The sending did not work"), message("Tell the committee's office."));
            return tell(view, info, nothing_lost);
        case SendingResult::not_installed:
            tell(view, attention, message("The program that sends is not on this kiosk"),
                 message("Have {command} installed.", {{"command", std::string("pillarbox-sync")}}));
            return tell(view, info, nothing_lost);
        case SendingResult::cancelled:
            return tell(view, info, message("The sending was stopped"), nothing_lost);
    }
}

bool went_wrong(const StaffSession& session) {
    return session.sending.has_value() && session.sending->ended->result != SendingResult::all_safe &&
           session.sending->ended->result != SendingResult::some_kept;
}

void tell_hand_over(const HandedOver& done, StaffView& view) {
    using enum BlockKind;
    switch (done.result) {
        case HandOverResult::saved:
            return tell(view, good, message("Responses saved on the stick: {count}", {{"count", done.responses}}),
                        message("They are sealed. They stay here too, until the stick comes back with a receipt."));
        case HandOverResult::confirmed:
            return tell(view, good, message("Responses confirmed by the store: {count}", {{"count", done.responses}}),
                        message("They are deleted here now."));
        case HandOverResult::no_stick:
            return tell(view, attention, message("There is no USB stick for this"),
                        message("The stick needs a folder named {name}.", {{"name", std::string("pillarbox")}}));
        case HandOverResult::no_receipt:
            return tell(view, attention, message("There is no receipt for this kiosk on the stick"),
                        message("The store puts it there when it takes the responses in."));
        case HandOverResult::refused_trust:
            return tell(view, attention, message("The receipt on the stick is not for this kiosk"),
                        message("Nothing was deleted. Tell the committee's office."));
        case HandOverResult::failed:
            return tell(view, attention, message("The stick could not be written or read"),
                        message("Nothing was deleted. Try another stick."));
    }
}

void tell_pack(const PackSeen& pack, StaffView& view) {
    using enum BlockKind;
    const auto refuse = [&view](const char* title, const char* what_to_do) {
        tell(view, attention, message(title), message(what_to_do));
    };
    switch (pack.verdict) {
        case PackVerdict::newer:
            return tell(view, info,
                        message("{title}, version {version}",
                                {{"title", pack.campaign.title}, {"version", pack.campaign.version}}),
                        message("You can answer until {date}.", {{"date", pack.campaign.closes}}));
        case PackVerdict::same:
            return tell(view, info, message("This campaign is in use already"));
        case PackVerdict::older:
            return refuse("The campaign on the stick is older", "Ask the committee's office for the newest one.");
        case PackVerdict::other_campaign:
            return refuse("The stick holds another call for evidence",
                          "For another call this kiosk must be enrolled again.");
        case PackVerdict::not_authentic:
            return refuse("The campaign on the stick is not from your committee",
                          "Do not use this stick. Tell the committee's office.");
        case PackVerdict::expired:
            return refuse("The campaign on the stick has expired", "Ask the committee's office for the newest one.");
        case PackVerdict::damaged:
            return refuse("The campaign file on the stick is damaged", "Have it copied again.");
        case PackVerdict::none:
            return refuse("There is no campaign on a USB stick", "The file must be named campaign.pack.");
        case PackVerdict::unaskable:
            return refuse("This kiosk cannot ask the questions of this campaign",
                          "The kiosk needs a newer program first. The campaign before stays in use.");
    }
}

}  // namespace

void add_sending(const StaffSession& session, StaffView& view) {
    if (is_sending(session)) {
        const auto& progress = session.sending->progress;
        constexpr std::uint64_t kilobyte = 1024;
        const bool asking = progress.total_bytes == 0;
        Text label = asking ? message("Asking the store")
                            : message("Sending: {sent} of {total} KB", {{"sent", progress.sent_bytes / kilobyte},
                                                                        {"total", progress.total_bytes / kilobyte}});
        const double part =
            asking ? 0 : static_cast<double>(progress.sent_bytes) / static_cast<double>(progress.total_bytes);
        view.blocks.push_back({.kind = BlockKind::progress, .title = std::move(label), .part = part});
        offer(view, "stop_sending", "Stop sending", StopSending{});
        view.way_out = StaffView::WayOut::none;
        return;
    }
    if (session.sending.has_value()) {
        tell_sending_result(*session.sending->ended, view);
    } else {
        say(view, "The kiosk needs a network for this. Responses stay here until the store has confirmed them.");
    }
    add_enrolment(session.facts, view);
    add_figures(session, view);
    if (session.facts.enrolment == Facts::Enrolment::missing) {
        return;
    }
    offer(view, "start_sending", went_wrong(session) ? "Try again" : "Send all saved responses", StartSending{},
          Weight::main);
}

void add_hand_over(const StaffSession& session, StaffView& view) {
    if (session.handed_over.has_value()) {
        tell_hand_over(*session.handed_over, view);
    } else {
        say(view, "For a kiosk without a network. The stick goes to the store and comes back with a receipt.");
    }
    add_enrolment(session.facts, view);
    add_figures(session, view);
    if (session.facts.enrolment == Facts::Enrolment::done) {
        offer(view, "save_to_stick", "Save on the USB stick", SaveToStick{}, Weight::main);
        offer(view, "read_receipt", "Read the receipt on the stick", ReadReceipt{});
    }
}

void add_assist(const StaffSession& session, StaffView& view) {
    const auto& campaign = session.facts.campaign;
    if (session.facts.today < campaign.opens || session.facts.today > campaign.closes) {
        return tell(view, BlockKind::info, message("Nobody can answer today"),
                    message("You can answer from {date}.", {{"date", campaign.opens}}));
    }
    say(view,
        "Say the notice aloud first. Write what the person says, in their own words. That you helped is kept "
        "with the answers.");
    offer(view, "assist", "I read out or type for someone", StartAssisted{Help::reading_or_typing}, Weight::main);
    view.actions.back().hint = message("For the next person only");
    offer(view, "paper", "I copy paper forms", StartAssisted{Help::paper});
    view.actions.back().hint = message("One after another, until the kiosk is left alone");
}

void add_campaign(const StaffSession& session, StaffView& view) {
    const auto& facts = session.facts;
    figure(view, "Version in use", facts.campaign.version);
    if (session.installed.has_value()) {
        session.installed == CampaignInstalled::Outcome::done
            ? tell(view, BlockKind::good, message("The new campaign is in use"))
            : tell(view, BlockKind::attention, message("The new campaign could not be saved"),
                   message("The campaign before stays in use."));
    }
    if (!facts.figures.has_value() || facts.figures->unacknowledged() > 0) {
        tell(view, BlockKind::attention, message("The campaign cannot be changed now"),
             message("Responses not yet confirmed by the store: {count}. Send them first.",
                     {{"count", facts.figures.has_value() ? facts.figures->unacknowledged() : 0}}));
        return offer(view, "send_first", "Send now", Open{Page::sending}, Weight::main);
    }
    if (session.pack.has_value()) {
        tell_pack(*session.pack, view);
    } else {
        say(view, "Put in the USB stick with the file campaign.pack from the committee's office.");
    }
    const bool found = session.pack.has_value() && session.pack->verdict == PackVerdict::newer;
    if (found) {
        offer(view, "install", "Use this campaign", InstallCampaign{}, Weight::main);
    }
    offer(view, "read_stick", "Look on the USB stick", ReadStick{}, found ? Weight::other : Weight::main);
}

void add_safeguarding(const StaffSession& session, StaffView& view) {
    tell(view, BlockKind::safety, {},
         message("Someone is hurt or in danger right now: call 999. Text relay: 18000. Stay with them."));
    if (!session.facts.campaign.safeguarding.empty()) {
        view.blocks.push_back(
            {.kind = BlockKind::paragraph, .text = flow::ready(session.facts.campaign.safeguarding)});
        return;
    }
    say(view, "You are worried about someone: tell your safeguarding lead today, in person or by phone.");
    say(view, "Do not write names, or what you were told, on this kiosk or on paper left here.");
    say(view, "Answers cannot be read on this kiosk. Do not promise that anybody will act on them.");
}

void add_brightness(const StaffSession& session, StaffView& view) {
    const auto percent = session.facts.brightness;
    if (!percent.has_value()) {
        return tell(view, BlockKind::info, message("The brightness cannot be changed here"),
                    message("Use the buttons on the screen itself, if it has any."));
    }
    constexpr unsigned step = 10;
    view.blocks.push_back({.kind = BlockKind::figure,
                           .title = message("Screen brightness"),
                           .text = message("{count} %", {{"count", std::uint64_t{*percent}}})});
    offer(view, "brighter", "Brighter", SetBrightness{std::min(*percent + step, 100U)}, Weight::main);
    offer(view, "darker", "Darker", SetBrightness{*percent > 2 * step ? *percent - step : step});
}

void add_cleaning(const StaffSession& session, StaffView& view) {
    const auto left = session.timing.cleaning - (session.now - session.cleaning_since);
    const auto seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, (left.count() + 999) / 1000));
    say(view, "Touches and keys are ignored. Wipe gently with a soft, barely damp cloth.");
    tell(view, BlockKind::info, message("Seconds left: {count}", {{"count", seconds}}));
    view.way_out = StaffView::WayOut::none;
}

void add_closing(const StaffSession& session, StaffView& view) {
    const auto& tally = session.tally;
    if (session.signed_tally.has_value()) {
        if (session.signed_tally->file_name.empty()) {
            tell(view, BlockKind::attention, message("The tally could not be signed"),
                 message("Write the figures below down, and tell the committee's office."));
        } else {
            tell(view, BlockKind::good, message("The tally is signed and saved"),
                 message("File in the kiosk's folder: {name}", {{"name", session.signed_tally->file_name}}));
            view.blocks.push_back({.kind = BlockKind::code,
                                   .title = message("Check code of this tally"),
                                   .text = flow::ready(session.signed_tally->code)});
        }
    }
    add_figures(session, view);
    view.blocks.push_back({.kind = BlockKind::part,
                           .title = message("Since the program was started on {date}", {{"date", tally.since}})});
    figure(view, "Responses saved", tally.kept);
    figure(view, "Of these, with help from staff", tally.assisted);
    figure(view, "Of these, copied from paper", tally.paper);
    figure(view, "Test responses, not counted", tally.tests);
    figure(view, "Begun and not sent", tally.discarded);
    figure(view, "Tries to save that failed", tally.failed);
    offer(view, "sign", "Sign and save the tally", SignTally{}, Weight::main);
    offer(view, "send_first", "Send now", Open{Page::sending});
}

void add_ending(const StaffSession& session, StaffView& view) {
    static_cast<void>(session);
    say(view, "Saved responses stay safe in both cases.");
    offer(view, "restart", "Restart the kiosk program", Restart{}, Weight::main);
    offer(view, "end", "Close the kiosk program", EndProgram{}, Weight::danger);
}

}  // namespace pillarbox::staff
