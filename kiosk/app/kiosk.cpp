// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/kiosk.hpp"

#include <algorithm>
#include <future>
#include <utility>
#include <variant>

#include "kiosk/flow/carried_over.hpp"
#include "kiosk/flow/view_model.hpp"

namespace pillarbox::app {
namespace {

using base::Result;

template <typename... Handlers>
struct Match : Handlers... {
    using Handlers::operator()...;
};

}  // namespace

Kiosk::Kiosk(KeptStation station, std::unique_ptr<Stage> stage, const flow::Setup& setup, const base::Clock& clock,
             std::filesystem::path folder)
    : folder_(std::move(folder)),
      station_(std::move(station)),
      stage_(std::move(stage)),
      clock_(clock),
      day_(setup.today),
      session_(flow::begin(setup)) {}

Result<std::unique_ptr<Kiosk>> Kiosk::open(const KioskSettings& settings, const base::Clock& clock,
                                           base::Random& random, platform::EventQueue& events) {
    // Side by side, as each takes about as long as the other. What is wrong with the station is told first.
    auto opening = std::async(std::launch::async, [&settings, today = clock.today(), &random] {
        return KeptStation::open(settings.station, today, random);
    });
    auto opened_stage = Stage::open(settings.stage, events);
    auto station = TRY(opening.get());
    TRY(flow::check_form(*station.campaign()->form));
    auto stage = TRY(std::move(opened_stage));
    TRY(stage->check_keyboard(station.campaign()->form->default_language));
    flow::Setup setup;
    setup.campaign = station.campaign();
    setup.today = clock.today();
    setup.timing = settings.timing;
    return std::unique_ptr<Kiosk>(new Kiosk(std::move(station), std::move(stage), setup, clock, settings.station));
}

bool Kiosk::run_frame(std::chrono::milliseconds longest) {
    const auto due = flow::next_tick(session_);
    if (due.has_value()) {
        longest = std::clamp(*due - clock_.monotonic(), std::chrono::milliseconds{0}, longest);
    }
    stage_->wait(longest);
    const auto now = clock_.monotonic();
    // The tick goes first, so that whatever the person does in this frame is stamped with this frame's time.
    apply(flow::Tick{now});
    follow_the_day();
    const auto events = stage_->show(flow::view_of(session_), now);
    if (log_ == Log::holds_last_response) {
        tidy();  // the thanks are on the screen now: nobody waits
    }
    for (const auto& event : events) {
        apply(event);
    }
    return !stage_->is_closed();
}

Result<void> Kiosk::reload() {
    TRY(station_.reload(folder_, clock_.today()));
    TRY(flow::check_form(*station_.campaign()->form));
    TRY(stage_->check_keyboard(station_.campaign()->form->default_language));
    flow::Setup setup = session_.setup;
    setup.campaign = station_.campaign();
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
    }
}

void Kiosk::carry_out(flow::Effect effect) {
    std::visit(Match{[this](flow::SealAndKeep& seal) { keep(std::move(seal.submission)); },
                     [this](flow::WipeSession&) {
                         ticket_.reset();
                         stage_->renew();
                         tidy();
                     },
                     [this](flow::CountDiscarded&) { ++tally_.discarded; }},
               effect);
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
    log_ = Log::holds_last_response;
    last_failure_.reset();
    apply(flow::Saved{submission::format_withdrawal_code(ticket_->code)});
}

}  // namespace pillarbox::app
