// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include "kiosk/flow/conventions.hpp"
#include "kiosk/flow/view_parts.hpp"

namespace pillarbox::flow {

namespace {

// From the campaign sheet's `value` column; 0 where the sheet does not say, or not a number.
std::uint64_t minutes_of(const form::Form& form) {
    const auto sheet = form.other_sheets.find("campaign");
    if (sheet == form.other_sheets.end())
        return 0;
    for (const auto& row : sheet->second) {
        const auto name = row.find("name");
        const auto value = row.find("value");
        if (name == row.end() || value == row.end() || name->second != "minutes")
            continue;
        const auto& text = value->second;
        std::uint64_t minutes = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), minutes);
        return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? minutes : 0;
    }
    return 0;
}

std::vector<Text> themes_of(const Session& session) {
    std::vector<Text> themes;
    const auto& lists = session.setup.campaign->form->choice_lists;
    const auto list = lists.find(conventions::themes);
    if (list == lists.end())
        return themes;
    for (const auto& choice : list->second.choices) {
        const auto& label = choice.label.in(session.language);
        themes.push_back(ready(label.substr(0, std::min(label.find(':'), label.find("：")))));
    }
    return themes;
}

// Leaves out what the campaign does not say.
NoticeSection section(std::string heading, std::vector<Text> paragraphs) {
    std::erase_if(paragraphs, [](const Text& text) { return text.empty(); });
    return {message(std::move(heading)), std::move(paragraphs)};
}

MessageView closed_view(const Session& session) {
    return {message("This call for evidence has closed"),
            {message("Answers were taken until {date}.", {{"date", session.setup.campaign->closes}}),
             campaign_text(session, "title"), campaign_text(session, "complaints")}};
}

MessageView not_yet_open_view(const Session& session) {
    return {message("This call for evidence is not open yet"),
            {message("You can answer from {date}.", {{"date", session.setup.campaign->opens}}),
             campaign_text(session, "title")}};
}

MessageView save_failed_view() {
    return {message("Your answers could not be saved yet"),
            {message("Nothing is lost: your answers are still here. Try again, or ask a member of staff for help."),
             message("If you leave now, your answers will be erased after a short time.")}};
}

}  // namespace

Text campaign_text(const Session& session, std::string_view name) {
    return ready(session.setup.campaign->text(name, session.language));
}

AttractView attract_view(const Session& session) {
    return {campaign_text(session, "invitation"),
            campaign_text(session, "title"),
            campaign_text(session, "committee"),
            campaign_text(session, "safety_notice"),
            themes_of(session),
            minutes_of(*session.setup.campaign->form),
            session.setup.campaign->closes};
}

NoticeView notice_view(const Session& session) {
    const auto& campaign = *session.setup.campaign;
    NoticeView view{message("Before you start"), campaign_text(session, "safety_notice"), {}};
    view.sections = {
        section("Who is asking, and why", {campaign_text(session, "purpose")}),
        section("What happens with your answers",
                {campaign_text(session, "use_notice"), campaign_text(session, "quotation_notice")}),
        section("If you change your mind",
                {message("You can stop at any time, and your answers are erased from this screen."),
                 campaign_text(session, "withdrawal_notice")}),
        section("Other people", {campaign_text(session, "others_notice")}),
        section("Dates", {message("You can answer until {date}.", {{"date", campaign.closes}})}),
    };
    std::erase_if(view.sections, [](const NoticeSection& part) { return part.paragraphs.empty(); });
    return view;
}

NoticeView under_18_view(const Session& session) {
    NoticeView view{message("If you are under 18"), campaign_text(session, "safety_notice"), {}};
    view.sections = {
        section("What you should know", {campaign_text(session, "under_18_notice")}),
        section("What happens with your answers", {campaign_text(session, "use_notice")}),
        section("If you change your mind",
                {message("You can stop at any time, and your answers are erased from this screen.")}),
    };
    return view;
}

MessageView message_view(const Session& session) {
    using enum Screen;
    switch (session.screen) {
        case not_yet_open:
            return not_yet_open_view(session);
        case closed:
            return closed_view(session);
        case out_of_order:
            return {message("This kiosk is not working at the moment"),
                    {message("Please ask a member of staff."), campaign_text(session, "complaints")}};
        case sending:
            return {message("Saving your answers"), {message("Please wait a moment.")}};
        case save_failed:
            return save_failed_view();
        case declined:
            return {message("That is fine"), {message("You have answered nothing, and nothing was kept.")}};
        case erased:
            return {message("Your answers are erased"), {message("Nothing was kept or sent.")}};
        case attract:
        case language:
        case notice:
        case under_18_notice:
        case form_page:
        case check:
        case receipt:
            break;
    }
    return {};
}

ReceiptView receipt_view(const Session& session) {
    return {session.receipt_shown ? session.withdrawal_code : std::string{}, session.setup.campaign->withdraw_until,
            campaign_text(session, "withdrawal_notice"), campaign_text(session, "complaints")};
}

HelpView help_view(const Session& session) {
    return {campaign_text(session, "safety_notice"), campaign_text(session, "others_notice"),
            campaign_text(session, "withdrawal_notice"), campaign_text(session, "complaints")};
}

}  // namespace pillarbox::flow
