// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kiosk: flow, stage and station wired together. One loop, one direction: an event goes into the flow, its
// effects are carried out, and the new view is shown. pillarbox-kiosk runs it; pillarbox-rehearse plays scenarios on
// it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "accessibility/bridge/bridge.hpp"
#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "kiosk/app/kept_station.hpp"
#include "kiosk/app/staff_desk.hpp"
#include "kiosk/app/stage.hpp"
#include "kiosk/flow/flow.hpp"

namespace pillarbox::app {

// When speech is offered: where it can be heard, or without sound too, for rehearsals that read what is said.
enum class SpeechOffer { where_heard, always };

struct KioskSettings {
    std::filesystem::path station;
    StageSettings stage;
    flow::Timing timing;
    StaffSettings staff;  // its station is the one above
    SpeechOffer speech = SpeechOffer::where_heard;
    bridge::Settings assistive_technology{};  // without a bus: none
};

// Of this run of the program; numbers only.
struct Tally {
    std::uint64_t kept = 0;      // responses; tests are not among them
    std::uint64_t assisted = 0;  // of these, typed by staff
    std::uint64_t paper = 0;     // of these, copied from paper
    std::uint64_t tests = 0;
    std::uint64_t discarded = 0;  // begun and not sent
    std::uint64_t failed = 0;     // the outbox could not take it, at that attempt
};

class Kiosk {
  public:
    // `clock`, `random` and `events` must outlive the kiosk.
    [[nodiscard]] static base::Result<std::unique_ptr<Kiosk>> open(const KioskSettings& settings,
                                                                   const base::Clock& clock, base::Random& random,
                                                                   platform::EventQueue& events);

    // Waits for input for at most `longest`, then draws one frame and acts on it. False once the window is closed or
    // staff have ended the program.
    [[nodiscard]] bool run_frame(std::chrono::milliseconds longest);

    // Puts the pack that now lies in the station's folder on the screen, at the same page: for an author's preview.
    // On an error all stays as it was.
    [[nodiscard]] base::Result<void> reload();

    [[nodiscard]] Stage& stage() { return *stage_; }
    [[nodiscard]] const campaign::Campaign& campaign() const { return *station_.campaign(); }
    [[nodiscard]] const Tally& tally() const { return tally_; }
    // What staff wished for, once run_frame() is false.
    [[nodiscard]] Wish wish() const { return staff_.wish(); }
    // The last failure to keep a response, for staff; holds no answer.
    [[nodiscard]] const std::optional<base::Error>& last_failure() const { return last_failure_; }

  private:
    Kiosk(const KioskSettings& settings, KeptStation station, std::unique_ptr<Stage> stage, const flow::Setup& setup,
          const base::Clock& clock);
    [[nodiscard]] StaffHost staff_host();
    void apply(const flow::Event& event);
    void carry_out(flow::Effect effect);
    void keep(submission::Submission submission);
    void follow_the_day();
    void tidy();
    void look_for_sound();
    void show_respondent(std::chrono::milliseconds now);
    void show_staff(std::chrono::milliseconds now);
    [[nodiscard]] base::Result<void> keep_test();
    [[nodiscard]] base::Result<void> adopt_campaign();
    // With the campaign that now lies in the station's folder; on an error the station keeps the one it has.
    [[nodiscard]] base::Result<flow::Setup> reloaded_setup();
    [[nodiscard]] std::chrono::milliseconds until_due(std::chrono::milliseconds longest) const;

    KioskSettings settings_;

    KeptStation station_;
    std::unique_ptr<Stage> stage_;
    const base::Clock& clock_;
    base::Day started_on_;
    base::Day day_;
    flow::Session session_;
    std::optional<Ticket> ticket_;  // of the response being sent: the same for each retry
    enum class Log { empty, holds_last_response };
    Log log_ = Log::empty;  // the outbox's write-ahead log
    Tally tally_;
    std::optional<base::Error> last_failure_;
    StaffDesk staff_;
    std::unique_ptr<bridge::Bridge> bridge_;  // last: it reads what the stage publishes
};

}  // namespace pillarbox::app
