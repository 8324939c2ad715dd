// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stage: window, fonts, icons, words and widgets, and one way to show a view model on them. What a respondent
// leaves in any of these is dropped by renew().
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accessibility/messages/messages.hpp"
#include "accessibility/semantics/request.hpp"
#include "accessibility/semantics/tree.hpp"
#include "core/base/result.hpp"
#include "kiosk/app/staff_gesture.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/view_model.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/platform/window.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/staff/event.hpp"
#include "kiosk/staff/view_model.hpp"

namespace pillarbox::app {

struct StageSettings {
    std::filesystem::path assets;  // holds icons/, locales/ and styles/
    platform::WindowSettings window;
};

class Stage {
  public:
    // `events` must outlive the stage. Errors: `unavailable` without display, OpenGL or fonts; not_found without the
    // assets.
    [[nodiscard]] static base::Result<std::unique_ptr<Stage>> open(const StageSettings& settings,
                                                                   platform::EventQueue& events);
    // The keyboard of the campaign's own language must be there; one of a further language may be missing, and then
    // English letters are offered.
    [[nodiscard]] static base::Result<void> check_keyboard(std::string_view language);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // Sleeps until something happens or `longest` has passed.
    void wait(std::chrono::milliseconds longest);

    // Draws one frame, and returns what the person did in it (flow::Activity where it was nothing in particular).
    [[nodiscard]] std::vector<flow::Event> show(const flow::ViewModel& view, std::chrono::milliseconds now);

    [[nodiscard]] std::vector<staff::Event> show(const staff::StaffView& view, std::chrono::milliseconds now);

    // Whether somebody made the hidden gesture in the last frame; asked once.
    [[nodiscard]] bool takes_staff_gesture() { return std::exchange(staff_asked_, false); }
    // When the gesture may be complete without any further event.
    [[nodiscard]] std::optional<std::chrono::milliseconds> gesture_due() const { return gesture_.due(); }

    // For the next person: widgets, text layouts, glyphs, ImGui's memory and the published tree are made anew; input
    // that still waits is dropped.
    void renew();

    // Why fingers come as one mouse only, where they do.
    [[nodiscard]] const std::optional<base::Error>& without_touch() const;
    [[nodiscard]] bool is_closed() const { return closed_; }
    // Nothing moves, and no input waits: what is on the screen now is what the view model says.
    [[nodiscard]] bool is_settled() const;
    [[nodiscard]] std::shared_ptr<const semantics::Tree> tree() const { return published_.current(); }
    [[nodiscard]] semantics::RequestQueue& requests() { return requests_; }
    [[nodiscard]] platform::Picture capture();

  private:
    struct Parts;
    Stage(std::unique_ptr<Parts> parts, platform::EventQueue& events);
    // All but the window.
    [[nodiscard]] static base::Result<std::unique_ptr<Parts>> load_parts(const std::filesystem::path& assets);
    void upload_atlas();
    void follow_gesture(std::span<const platform::Event> input, std::chrono::milliseconds now);
    // Draws one frame by `draw`, which may be called more than once; whether a person did anything in it.
    enum class Person { idle, acted };
    [[nodiscard]] Person draw_frame(const screens::FrameLook& look, std::chrono::milliseconds now,
                                    const std::function<void(widgets::Ui&)>& draw);

    std::unique_ptr<Parts> parts_;
    platform::EventQueue& events_;
    semantics::RequestQueue requests_;
    semantics::TreePublisher published_;
    StaffGesture gesture_;
    bool staff_asked_ = false;
    bool closed_ = false;
    int unsettled_ = 0;  // frames in a row
};

}  // namespace pillarbox::app
