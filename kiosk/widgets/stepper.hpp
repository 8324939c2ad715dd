// SPDX-License-Identifier: GPL-3.0-or-later
//
// A value on a scale of steps: large minus and plus, and a track between them that takes taps, a finger that slides,
// the arrow keys and requests. Nothing is chosen until somebody does: no place on the track is a default.
#pragma once

#include <optional>
#include <string>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

// Whether what stands there is the person's answer, which no loudspeaker says unless they chose so.
enum class Privacy { an_answer, a_setting };

struct StepperSpec {
    std::string key{};
    std::string label{};  // shown above in bold; may be empty where the heading is the question
    std::string name{};   // for speech, where `label` is empty
    std::string hint{};
    std::string error{};
    std::size_t last = 0;               // the steps are 0 to last
    std::optional<std::size_t> step{};  // empty: nothing is chosen yet
    std::size_t first_step = 0;         // that plus and minus come to first
    std::string value{};                // what stands at the step, "7"
    std::string low{}, high{};          // at the ends of the track
    semantics::Range range{};           // the same in numbers, for assistive technology
    Privacy privacy = Privacy::an_answer;
    std::string clear_label{};  // takes the answer away; empty: no button
};

struct StepperChange {
    std::optional<std::size_t> step;  // empty: cleared
};

// What was chosen this frame.
[[nodiscard]] std::optional<StepperChange> stepper(Ui& ui, const StepperSpec& spec);

}  // namespace pillarbox::widgets
