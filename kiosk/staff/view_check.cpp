// SPDX-License-Identifier: GPL-3.0-or-later
//
// The check at the start of the day: each finding is in order or not, and what is not says what to do.
#include <chrono>

#include "kiosk/staff/view_parts.hpp"

namespace pillarbox::staff {
namespace {

using flow::message;
using flow::Text;
using flow::TextValue;

constexpr std::uint64_t disk_free_mib_min = 200;
constexpr std::uint64_t battery_percent_min = 50;
constexpr std::uint64_t unsent_days_max = 2;
constexpr std::chrono::days away_max{31};  // a kiosk that was away for longer may have lost its clock
constexpr std::chrono::days last_days{7};  // before a campaign's end, it is told

Block good(Text title, Text text = {}) {
    return {.kind = BlockKind::good, .title = std::move(title), .text = std::move(text)};
}
Block attention(Text title, Text text) {
    return {.kind = BlockKind::attention, .title = std::move(title), .text = std::move(text)};
}

Block campaign_finding(const Facts& facts) {
    const auto& campaign = facts.campaign;
    Text title = message("{title}, version {version}", {{"title", campaign.title}, {"version", campaign.version}});
    if (facts.today < campaign.opens) {
        return attention(std::move(title), message("You can answer from {date}.", {{"date", campaign.opens}}));
    }
    if (facts.today > campaign.closes) {
        return attention(std::move(title),
                         message("It has closed. Ask the committee's office for the next campaign."));
    }
    const auto days = static_cast<std::uint64_t>((campaign.closes - facts.today).count());
    Text left = message("Days left to answer, after today: {count}", {{"count", days}});
    return campaign.closes - facts.today < last_days ? attention(std::move(title), std::move(left))
                                                     : good(std::move(title), std::move(left));
}

bool is_plausible(const Facts& facts) {
    return !facts.last_known_day.has_value() ||
           (facts.today >= *facts.last_known_day && facts.today - *facts.last_known_day <= away_max);
}

Block date_finding(const Facts& facts) {
    Text title = message("Today is {date}", {{"date", facts.today}});
    if (is_plausible(facts)) {
        return good(std::move(title), message("If this is wrong, have the clock set before anybody answers."));
    }
    return attention(std::move(title), message("This kiosk was last in use on {date}. Have the clock set, or confirm "
                                               "that the date is right.",
                                               {{"date", *facts.last_known_day}}));
}

void add_machine(const Facts& facts, StaffView& view) {
    if (facts.disk_free_mib.has_value()) {
        constexpr std::uint64_t gib = 1024;
        const auto free = *facts.disk_free_mib;
        Text title = free < 10 * gib ? message("Free space: {count} MB", {{"count", free}})
                                     : message("Free space: {count} GB", {{"count", free / gib}});
        view.blocks.push_back(
            *facts.disk_free_mib >= disk_free_mib_min
                ? good(std::move(title))
                : attention(std::move(title), message("That is too little. Have some space freed today.")));
    }
    if (facts.battery.has_value()) {
        Text title = message("Battery: {count} %", {{"count", facts.battery->percent}});
        const bool lasts =
            facts.battery->supply == Battery::Supply::mains || facts.battery->percent >= battery_percent_min;
        view.blocks.push_back(lasts ? good(std::move(title))
                                    : attention(std::move(title), message("Plug the charger in.")));
    }
}

void add_outbox(const Facts& facts, StaffView& view) {
    if (!facts.figures.has_value()) {
        return;  // the figures have said so
    }
    if (facts.figures->damaged > 0) {
        view.blocks.push_back(attention(message("Damaged, kept aside: {count}", {{"count", facts.figures->damaged}}),
                                        message("Nothing is deleted. Tell the committee's office.")));
    } else {
        view.blocks.push_back(good(message("The saved responses are in order")));
    }
    if (facts.figures->unacknowledged() > 0 && facts.figures->unsent_days > unsent_days_max) {
        view.blocks.push_back(attention(message("Responses have waited for days"), message("Send them today.")));
    }
    add_enrolment(facts, view);
}

Block test_finding(const StaffSession& session) {
    if (!session.test.has_value()) {
        return {.kind = BlockKind::info,
                .title = message("Test response"),
                .text = message("Save one to see that saving works. It travels like any other and is never "
                                "counted.")};
    }
    return *session.test == TestResult::kept
               ? good(message("A test response was sealed and saved"), message("It is never counted."))
               : attention(message("The test response could not be saved"),
                           message("Let nobody answer yet. Restart the kiosk and try again."));
}

}  // namespace

void add_enrolment(const Facts& facts, StaffView& view) {
    if (facts.enrolment == Facts::Enrolment::missing) {
        view.blocks.push_back(
            attention(message("The store does not know this kiosk yet"),
                      message("People can answer, but nothing can be sent. Have the kiosk enrolled: {command}.",
                              {{"command", std::string("pillarbox-sync enrol")}})));
    }
}

void add_check(const StaffSession& session, StaffView& view) {
    const Facts& facts = session.facts;
    view.blocks.push_back(campaign_finding(facts));
    view.blocks.push_back(date_finding(facts));
    add_machine(facts, view);
    add_outbox(facts, view);
    view.blocks.push_back(test_finding(session));
    view.blocks.push_back({.kind = BlockKind::code,
                           .title = message("The committee's key words. They must be those of the poster."),
                           .text = flow::ready(facts.committee_words)});
    view.blocks.push_back({.kind = BlockKind::code,
                           .title = message("The committee's key. Compare it with what the office gave you."),
                           .text = flow::ready(facts.committee_key)});
    view.blocks.push_back({.kind = BlockKind::part, .title = message("Responses")});
    add_figures(session, view);
    view.actions.push_back(
        {.key = "test", .label = message("Save a test response"), .weight = Weight::main, .event = KeepTest{}});
    if (!is_plausible(facts)) {
        view.actions.push_back({.key = "accept_day", .label = message("The date is right"), .event = AcceptDay{}});
    }
}

}  // namespace pillarbox::staff
