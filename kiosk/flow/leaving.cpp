// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/conventions.hpp"
#include "kiosk/flow/flow.hpp"
#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

namespace {

// Beside the answers, in the form's own "meta" group as OpenRosa has it.
void note_medium(submission::Submission& submission) {
    const auto& answers = submission.answers;
    const std::string first = answers.empty() ? "/data/" : answers.front().path;
    const auto root = first.substr(0, first.find('/', 1));
    submission.answers.push_back({root + "/meta/" + std::string(conventions::medium), "paper"});
}

submission::Submission submission_of(const Session& session) {
    const auto& answers = *session.answers;
    submission::Submission submission;
    submission.campaign_id = session.setup.campaign->id;
    submission.form_version = answers.form().version;
    submission.day = session.started_on;
    submission.kind = session.setup.kind;
    submission.language = session.language;
    const auto respondent = path_of_name(answers.form(), conventions::respondent);
    const bool helping = !respondent.empty() && answers.answer(respondent) == conventions::helping;
    submission.assisted = helping || session.setup.assistance != Assistance::none;
    submission.answers = answers.answers();
    if (session.setup.assistance == Assistance::from_paper)
        note_medium(submission);
    return submission;
}

bool withholds_receipt(const form::Instance& answers) {
    const auto note = path_of_name(answers.form(), conventions::staff_note);
    return !note.empty() && answers.is_relevant(note);
}

// Opens the first page with a problem; false where there is none.
bool open_first_problem(Session& session) {
    const auto pages = relevant_pages(*session.answers);
    for (const auto& page : pages) {
        if (problems_of(*session.answers, page).empty())
            continue;
        open_page(session, page.path);
        session.shows_problems.insert(page.path);
        session.returns_to_check = true;
        return true;
    }
    return false;
}

bool was_begun(const Session& session) {
    using enum Screen;
    return session.screen == form_page || session.screen == check || session.screen == save_failed ||
           session.screen == sending;
}

}  // namespace

void wipe(Session& session, WipeReason reason, Effects& effects) {
    if (was_begun(session))
        effects.emplace_back(CountDiscarded{});
    effects.emplace_back(WipeSession{reason});
    Session fresh = begin(session.setup);
    const bool next_paper_form = reason == WipeReason::finished && session.setup.assistance == Assistance::from_paper;
    fresh.setup.assistance = next_paper_form ? Assistance::from_paper : Assistance::none;
    fresh.now = session.now;
    fresh.last_activity = session.now;
    // The last words are said in the person's language and size; what they know of the person ends there.
    if (reason == WipeReason::declined || reason == WipeReason::stopped) {
        fresh.screen = reason == WipeReason::declined ? Screen::declined : Screen::erased;
        fresh.language = session.language;
        fresh.preferences = session.preferences;
    }
    session.forget();
    session = std::move(fresh);
}

void apply(Session& session, const Decline&, Effects& effects) {
    const bool on_notice = session.screen == Screen::notice || session.screen == Screen::under_18_notice;
    if (on_notice && session.overlay == Overlay::none)
        wipe(session, WipeReason::declined, effects);
}

void apply(Session& session, const Send&, Effects& effects) {
    const bool can_send = session.screen == Screen::check || session.screen == Screen::save_failed;
    if (!can_send || session.overlay != Overlay::none || open_first_problem(session))
        return;
    session.screen = Screen::sending;
    effects.emplace_back(SealAndKeep{submission_of(session)});
}

void apply(Session& session, const Saved& event, Effects&) {
    if (session.screen != Screen::sending)
        return;
    session.receipt_shown = !withholds_receipt(*session.answers);
    session.withdrawal_code = event.withdrawal_code;
    session.answers.reset();  // sealed: from here on even this kiosk can't read them
    session.screen = Screen::receipt;
}

void apply(Session& session, const SaveFailed&, Effects&) {
    if (session.screen == Screen::sending)
        session.screen = Screen::save_failed;
}

void apply(Session& session, const ShowReceipt&, Effects&) {
    if (session.screen == Screen::receipt && session.overlay == Overlay::none)
        session.receipt_shown = true;
}

void apply(Session& session, const Finish&, Effects& effects) {
    if ((session.screen == Screen::receipt || is_goodbye(session.screen)) && session.overlay == Overlay::none)
        wipe(session, WipeReason::finished, effects);
}

void apply(Session& session, const AskStop&, Effects&) {
    const bool can_stop = !is_at_rest(session.screen) && !is_goodbye(session.screen) &&
                          session.screen != Screen::sending && session.screen != Screen::receipt;
    if (can_stop && session.overlay == Overlay::none)
        session.overlay = Overlay::confirm_stop;
}

void apply(Session& session, const ConfirmStop&, Effects& effects) {
    if (session.overlay == Overlay::confirm_stop)
        wipe(session, WipeReason::stopped, effects);
}

void apply(Session& session, const CancelStop&, Effects&) {
    if (session.overlay == Overlay::confirm_stop)
        session.overlay = Overlay::none;
}

}  // namespace pillarbox::flow
