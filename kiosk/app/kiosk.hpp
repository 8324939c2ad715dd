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

#include "core/base/clock.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "kiosk/app/kept_station.hpp"
#include "kiosk/app/stage.hpp"
#include "kiosk/flow/flow.hpp"

namespace pillarbox::app {

struct KioskSettings {
    std::filesystem::path station;
    StageSettings stage;
    flow::Timing timing;
};

// Of this run of the program; numbers only.
struct Tally {
    std::uint64_t kept = 0;
    std::uint64_t discarded = 0;  // begun and not sent
    std::uint64_t failed = 0;     // the outbox could not take it, at that attempt
};

class Kiosk {
  public:
    // `clock`, `random` and `events` must outlive the kiosk.
    [[nodiscard]] static base::Result<std::unique_ptr<Kiosk>> open(const KioskSettings& settings,
                                                                   const base::Clock& clock, base::Random& random,
                                                                   platform::EventQueue& events);

    // Waits for input for at most `longest`, then draws one frame and acts on it. False once the window is closed.
    [[nodiscard]] bool run_frame(std::chrono::milliseconds longest);

    // Puts the pack that now lies in the station's folder on the screen, at the same page: for an author's preview.
    // On an error all stays as it was.
    [[nodiscard]] base::Result<void> reload();

    [[nodiscard]] Stage& stage() { return *stage_; }
    [[nodiscard]] const campaign::Campaign& campaign() const { return *station_.campaign(); }
    [[nodiscard]] const Tally& tally() const { return tally_; }
    // The last failure to keep a response, for staff; holds no answer.
    [[nodiscard]] const std::optional<base::Error>& last_failure() const { return last_failure_; }

  private:
    Kiosk(KeptStation station, std::unique_ptr<Stage> stage, const flow::Setup& setup, const base::Clock& clock,
          std::filesystem::path folder);
    void apply(const flow::Event& event);
    void carry_out(flow::Effect effect);
    void keep(submission::Submission submission);
    void follow_the_day();
    void tidy();

    std::filesystem::path folder_;  // the station's
    KeptStation station_;
    std::unique_ptr<Stage> stage_;
    const base::Clock& clock_;
    base::Day day_;
    flow::Session session_;
    std::optional<Ticket> ticket_;  // of the response being sent: the same for each retry
    enum class Log { empty, holds_last_response };
    Log log_ = Log::empty;  // the outbox's write-ahead log
    Tally tally_;
    std::optional<base::Error> last_failure_;
};

}  // namespace pillarbox::app
