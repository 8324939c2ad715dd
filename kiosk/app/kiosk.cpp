// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/kiosk.hpp"

#include <algorithm>
#include <future>
#include <utility>
#include <variant>

#include "kiosk/app/harden.hpp"
#include "kiosk/flow/carried_over.hpp"
#include "kiosk/flow/view_model.hpp"

namespace pillarbox::app {
namespace {

using base::Result;

template <typename... Handlers>
struct Match : Handlers... {
    using Handlers::operator()...;
};

// Staff work on the station that people answer at.
StaffSettings staff_at(const KioskSettings& settings) {
    StaffSettings staff = settings.staff;
    staff.station = settings.station;
    return staff;
}

bool can_speak(const Stage& stage, SpeechOffer offer) {
    return offer == SpeechOffer::always || stage.voice().can_be_heard();
}

}  // namespace

Kiosk::Kiosk(const KioskSettings& settings, KeptStation station, std::unique_ptr<Stage> stage,
             const flow::Setup& setup, const base::Clock& clock)
    : settings_(settings),
      station_(std::move(station)),
      stage_(std::move(stage)),
      clock_(clock),
      started_on_(setup.today),
      day_(setup.today),
      session_(flow::begin(setup)),
      staff_(staff_at(settings), staff_host(), clock),
      bridge_(bridge::Bridge::start(settings.assistive_technology, stage_->published(), stage_->requests())) {
    staff_.note_day();
}

StaffHost Kiosk::staff_host() {
    StaffHost host;
    host.station = [this]() -> const station::Station& { return station_.station(); };
    host.campaign = [this]() -> const campaign::Campaign& { return *station_.campaign(); };
    host.counts = [this] { return station_.counts(); };
    host.tally = [this] {
        return staff::RunTally{.since = started_on_,
                               .kept = tally_.kept,
                               .assisted = tally_.assisted,
                               .paper = tally_.paper,
                               .tests = tally_.tests,
                               .discarded = tally_.discarded,
                               .failed = tally_.failed};
    };
    host.keep_test = [this] { return keep_test(); };
    host.adopt_campaign = [this] { return adopt_campaign(); };
    host.assist = [this](staff::Help how) {
        apply(flow::Assist{how == staff::Help::paper ? flow::Assistance::from_paper
                                                     : flow::Assistance::reading_or_typing});
    };
    host.renew = [this] { stage_->renew(); };
    return host;
}

Result<std::unique_ptr<Kiosk>> Kiosk::open(const KioskSettings& settings, const base::Clock& clock,
                                           base::Random& random, platform::EventQueue& events) {
    // Side by side, as each takes about as long as the other. What is wrong with the station is told first.
    auto opening = std::async(std::launch::async, [&settings, today = clock.today(), &random] {
        return KeptStation::open(settings.station, today, random);
    });
    auto opened_stage = Stage::open(settings.stage, events);
    auto station = TRY(opening.get());
    auto stage = TRY(std::move(opened_stage));
    TRY(stage->check_keyboard(station.campaign()->form->default_language));
    flow::Setup setup;
    setup.campaign = station.campaign();
    setup.today = clock.today();
    setup.timing = settings.timing;
    setup.capabilities.scanning = true;
    setup.capabilities.strike_filter = true;
    setup.capabilities.blank_screen = true;
    setup.capabilities.speech = can_speak(*stage, settings.speech);
    if (settings.speech == SpeechOffer::where_heard) {
        stage->voice().watch_headphones();
    }
    return std::unique_ptr<Kiosk>(new Kiosk(settings, std::move(station), std::move(stage), setup, clock));
}

bool Kiosk::run_frame(std::chrono::milliseconds longest) {
    stage_->wait(until_due(longest));
    const auto now = clock_.monotonic();
    // The tick goes first, so that whatever the person does in this frame is stamped with this frame's time.
    apply(flow::Tick{now});
    follow_the_day();
    if (staff_.is_on()) {
        staff_.follow();
    }
    staff_.is_on() ? show_staff(now) : show_respondent(now);
    if (bridge_ != nullptr) {
        bridge_->follow(stage_->is_settled() ? bridge::Frame::at_rest : bridge::Frame::more_follow);
    }
    return !stage_->is_closed() && staff_.wish() == Wish::none;
}

std::chrono::milliseconds Kiosk::until_due(std::chrono::milliseconds longest) const {
    for (const auto& due :
         {flow::next_tick(session_), staff_.next_tick(), stage_->gesture_due(), stage_->scan_due()}) {
        if (due.has_value()) {
            longest = std::clamp(*due - clock_.monotonic(), std::chrono::milliseconds{0}, longest);
        }
    }
    return longest;
}

void Kiosk::show_respondent(std::chrono::milliseconds now) {
    const auto events = stage_->show(flow::view_of(session_), now);
    if (log_ == Log::holds_last_response) {
        tidy();  // the thanks are on the screen now: nobody waits
    }
    for (const auto& event : events) {
        apply(event);
    }
    // Asked for in every frame, so that one made in the middle of a session is forgotten and not kept for its end.
    if (stage_->takes_staff_gesture() && flow::is_at_rest(session_.screen)) {
        staff_.apply(staff::Tick{now});
        staff_.apply(staff::Enter{session_.language});
    }
}

void Kiosk::show_staff(std::chrono::milliseconds now) {
    for (const auto& event : stage_->show(staff_.view(), now)) {
        staff_.apply(event);
    }
    static_cast<void>(stage_->takes_staff_gesture());
}

Result<flow::Setup> Kiosk::reloaded_setup() {
    TRY(station_.reload(settings_.station, clock_.today()));
    flow::Setup setup = session_.setup;
    setup.campaign = station_.campaign();
    return setup;
}

Result<void> Kiosk::reload() {
    const flow::Setup setup = TRY(reloaded_setup());
    TRY(stage_->check_keyboard(setup.campaign->form->default_language));
    session_ = flow::carried_over(std::move(session_), setup);
    ticket_.reset();
    stage_->renew();
    return {};
}

void Kiosk::apply(const flow::Event& event) {
    auto step = flow::handle(std::move(session_), event);
    session_ = std::move(step.session);
    for (auto& effect : step.effects) {
        carry_out(std::move(effect));
    }
}

void Kiosk::follow_the_day() {
    if (clock_.today() != day_) {
        day_ = clock_.today();
        apply(flow::DayChanged{day_});
        staff_.note_day();
    }
}

void Kiosk::carry_out(flow::Effect effect) {
    std::visit(Match{[this](flow::SealAndKeep& seal) { keep(std::move(seal.submission)); },
                     [this](flow::WipeSession&) {
                         ticket_.reset();
                         stage_->renew();
                         tidy();
                         look_for_sound();
                         give_back_free_memory();
                     },
                     [this](flow::CountDiscarded&) { ++tally_.discarded; }},
               effect);
}

// A sound server that has come or gone, between two people.
void Kiosk::look_for_sound() {
    auto capabilities = session_.setup.capabilities;
    capabilities.speech = can_speak(*stage_, settings_.speech);
    if (capabilities != session_.setup.capabilities) {
        apply(flow::CapabilitiesChanged{capabilities});
    }
}

// Empties the write-ahead log: after the thanks, and in the quiet moment between two people. A failure keeps the log
// as it is, which loses nothing; the next quiet moment tries again.
void Kiosk::tidy() {
    static_cast<void>(station_.tidy());
    log_ = Log::empty;
}

void Kiosk::keep(submission::Submission submission) {
    if (!ticket_.has_value()) {
        ticket_ = station_.draw_ticket();
    }
    const auto kept = station_.keep(std::move(submission), *ticket_);
    if (!kept.has_value()) {
        ++tally_.failed;
        last_failure_ = kept.error();
        apply(flow::SaveFailed{});
        return;
    }
    ++tally_.kept;
    tally_.assisted += session_.setup.assistance != flow::Assistance::none ? 1U : 0U;
    tally_.paper += session_.setup.assistance == flow::Assistance::from_paper ? 1U : 0U;
    log_ = Log::holds_last_response;
    last_failure_.reset();
    apply(flow::Saved{submission::format_withdrawal_code(ticket_->code)});
}

// It holds no answers: that it can be sealed and saved is what it shows.
Result<void> Kiosk::keep_test() {
    submission::Submission test;
    test.campaign_id = station_.campaign()->id;
    test.form_version = station_.campaign()->form->version;
    test.day = clock_.today();
    test.kind = submission::Kind::test;
    test.language = station_.campaign()->form->default_language;
    TRY(station_.keep(std::move(test), station_.draw_ticket()));
    ++tally_.tests;
    tidy();
    return {};
}

Result<void> Kiosk::adopt_campaign() {
    session_ = flow::begin(TRY(reloaded_setup()));
    return {};
}

}  // namespace pillarbox::app
