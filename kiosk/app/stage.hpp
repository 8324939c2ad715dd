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
#include "kiosk/app/key_reader.hpp"
#include "kiosk/app/scanning.hpp"
#include "kiosk/app/staff_gesture.hpp"
#include "kiosk/app/voice.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/view_model.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/platform/window.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/staff/event.hpp"
#include "kiosk/staff/view_model.hpp"

namespace pillarbox::app {

struct StageSettings {
    std::filesystem::path assets;  // holds icons/, keys/, locales/, speech/ and styles/
    platform::WindowSettings window;
    std::filesystem::path keypad;  // a file of key bindings
};

class Stage {
  public:
    // `events` must outlive the stage. Errors: `unavailable` without display, OpenGL or fonts; not_found without the
    // assets or the keypad's file.
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

    // What the last frame's keys asked for that is no screen's: the voice hears repeat, pause and spell here.
    [[nodiscard]] const std::vector<input::Command>& commands() const { return commands_; }
    [[nodiscard]] const input::KeyBindings& key_bindings() const;
    // What the light of a scan lies on; empty while nobody scans.
    [[nodiscard]] const std::vector<semantics::NodeId>& lit() const { return switched_.lit; }
    // When the light of a scan moves on by itself.
    [[nodiscard]] std::optional<std::chrono::milliseconds> scan_due() const { return switches_.due(); }

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
    [[nodiscard]] const semantics::TreePublisher& published() const { return published_; }
    [[nodiscard]] semantics::RequestQueue& requests() { return requests_; }
    [[nodiscard]] Voice& voice() { return voice_; }
    [[nodiscard]] const Voice& voice() const { return voice_; }
    [[nodiscard]] platform::Picture capture();

  private:
    struct Parts;
    // How the person's hands work, and whether the page reads letters by itself.
    struct Hands {
        const flow::Preferences& preferences;
        KeySurroundings::Writing writing = KeySurroundings::Writing::in_fields;
    };
    Stage(std::unique_ptr<Parts> parts, platform::EventQueue& events);
    [[nodiscard]] VoiceSettings voice_settings();
    // All but the window.
    [[nodiscard]] static base::Result<std::unique_ptr<Parts>> load_parts(const StageSettings& settings);
    void upload_atlas();
    void follow_gesture(std::span<const platform::Event> input, std::chrono::milliseconds now);
    // Takes what keys and switches say out of the input, and lets a touch bring a blank picture back.
    void read_keys(std::vector<platform::Event>& input, const Hands& hands, std::chrono::milliseconds now);
    void light(widgets::Ui& ui);
    // Draws one frame by `draw`, which may be called more than once; whether a person did anything in it.
    enum class Person { idle, acted };
    [[nodiscard]] Person draw_frame(const screens::FrameLook& look, const Hands& hands, std::chrono::milliseconds now,
                                    const std::function<void(widgets::Ui&)>& draw);

    std::unique_ptr<Parts> parts_;
    platform::EventQueue& events_;
    semantics::RequestQueue requests_;
    semantics::TreePublisher published_;
    StaffGesture gesture_;
    std::vector<input::Command> commands_;
    std::vector<flow::Preference> wished_;  // by keys, in the last frame
    Switches switches_;
    SwitchFrame switched_;
    Voice voice_;
    bool staff_asked_ = false;
    bool closed_ = false;
    int unsettled_ = 0;  // frames in a row
};

}  // namespace pillarbox::app
