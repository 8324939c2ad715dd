// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plays a scenario on a real kiosk: real window, real event queue, real station. It sees the screen only through the
// semantic tree, and acts through pointer and key events (for a tap by touch, a node out of sight is scrolled
// into view by request first). Taps and typing can be done by a keypad or by switches instead (hand.hpp);
// ask and set go by request alone, as assistive technology does.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "kiosk/app/kiosk.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/rehearse/ear.hpp"
#include "kiosk/rehearse/hand.hpp"
#include "kiosk/rehearse/scenario.hpp"
#include "kiosk/rehearse/translation.hpp"

namespace pillarbox::rehearse {

// The system's monotonic time plus what the scenario let pass, on a fixed or the system's day.
class RehearsalClock : public base::Clock {
  public:
    explicit RehearsalClock(const base::Clock& beneath) : beneath_(beneath) {}
    [[nodiscard]] base::Day today() const override { return beneath_.today(); }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override { return beneath_.monotonic() + passed_; }
    void advance(std::chrono::milliseconds by) { passed_ += by; }

  private:
    const base::Clock& beneath_;
    std::chrono::milliseconds passed_{0};
};

struct PlayerSettings {
    std::filesystem::path screenshots;
    std::chrono::milliseconds patience{5'000};  // how long an expectation may take to come true
    std::optional<Translation> translation{};   // none: the language of the scenario itself
    Hands hands = Hands::touch;                 // how it taps and types
    messages::Messages answers{};               // what is typed, by what the scenario says is typed
};

class Player {
  public:
    Player(app::Kiosk& kiosk, platform::EventQueue& events, RehearsalClock& clock, PlayerSettings settings);

    // The first step that fails ends it: `conflict`, with the line, what was expected, and the tree that was found.
    // Each step is dropped once it is played: whoever searches this process for answers must find the kiosk's copies
    // only.
    [[nodiscard]] base::Result<void> play(std::vector<Step> steps, std::string_view where);

  private:
    [[nodiscard]] base::Result<void> translate(Step& step) const;
    [[nodiscard]] base::Result<void> play_step(const Step& step);
    [[nodiscard]] base::Result<semantics::Node> find_soon(const Step& step);
    [[nodiscard]] base::Result<platform::Point> bring_into_view(const Step& step);
    [[nodiscard]] base::Result<void> tap(const Step& step);
    [[nodiscard]] base::Result<void> ask(const Step& step);
    [[nodiscard]] base::Result<void> choose_language();
    [[nodiscard]] base::Result<void> type(const Step& step);
    [[nodiscard]] base::Result<void> press(const Step& step);
    [[nodiscard]] base::Result<void> write(std::string_view text);
    [[nodiscard]] base::Result<void> hears(const Step& step);
    [[nodiscard]] base::Result<void> strike_until(const Step& step);
    [[nodiscard]] std::string language() const;
    [[nodiscard]] base::Result<void> long_press(const Step& step);
    [[nodiscard]] base::Result<void> take_screenshot(const Step& step);
    [[nodiscard]] base::Result<void> write_tree(const Step& step);
    [[nodiscard]] base::Result<void> audit();
    [[nodiscard]] base::Result<void> hold(const Step& step);
    [[nodiscard]] base::Result<void> settle();

    app::Kiosk& kiosk_;
    platform::EventQueue& events_;
    RehearsalClock& clock_;
    PlayerSettings settings_;
    Hand hand_;
    Ear ear_;
    enum class Names { as_written, translated } names_ = Names::as_written;
};

}  // namespace pillarbox::rehearse
