// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one place for how the kiosk looks, speaks and is worked, from every page. Each choice acts at once: the page
// itself is the sample. What this kiosk can't do is not on it.
#include <array>
#include <optional>

#include "accessibility/messages/numbers.hpp"
#include "accessibility/speech/voices.hpp"
#include "kiosk/flow/flow.hpp"
#include "kiosk/screens/screen_list.hpp"
#include "kiosk/screens/screens.hpp"
#include "kiosk/widgets/stepper.hpp"

namespace pillarbox::screens {

namespace {

using widgets::Choice;
using widgets::Icon;

Choice chosen_if(std::equality_comparable auto first, std::equality_comparable auto second) {
    return first == second ? Choice::chosen : Choice::open;
}

// One value of a setting, as a card.
template <typename Setting>
struct Value {
    Setting value;
    std::string_view key, label;
    std::optional<widgets::Sample> sample{};
};

template <typename Setting, std::size_t count>
void one_of(const Canvas& canvas, widgets::ChoicesSpec spec, Setting now,
            const std::array<Value<Setting>, count>& values) {
    for (const auto& [value, key, label, sample] : values)
        spec.options.push_back(
            {.key = std::string(key), .label = canvas.say(label), .choice = chosen_if(now, value), .sample = sample});
    if (const auto pressed = widgets::choices(canvas.ui, spec))
        canvas.emit(flow::Prefer{values.at(*pressed).value});
}

// A setting that is on or off, as one tick.
struct Tick {
    std::string key;
    std::string_view label, hint;
    Icon icon = Icon::none;
};

template <typename Setting>
void tick(const Canvas& canvas, const Tick& tick, Setting now, Setting off, Setting on) {
    const auto label = canvas.say(tick.label);
    widgets::ChoicesSpec spec{.key = tick.key, .kind = widgets::ChoiceKind::several, .name = label};
    spec.options = {{.key = "on",
                     .label = label,
                     .hint = tick.hint.empty() ? std::string{} : canvas.say(tick.hint),
                     .choice = chosen_if(now, on),
                     .icon = tick.icon}};
    if (widgets::choices(canvas.ui, spec))
        canvas.emit(flow::Prefer{now == on ? off : on});
}

// A setting of even steps.
struct Scale {
    std::string key;
    std::string_view label, low, high;
};

template <typename Setting>
void scale(const Canvas& canvas, const Scale& scale, Setting now) {
    const auto number = static_cast<std::uint64_t>(now.step) + 1;
    constexpr auto total = static_cast<std::uint64_t>(Setting::last) + 1;
    const widgets::StepperSpec spec{
        .key = scale.key,
        .label = canvas.say(scale.label),
        .last = static_cast<std::size_t>(Setting::last),
        .step = static_cast<std::size_t>(now.step),
        .value = canvas.say(flow::message("{number} of {total}", {{"number", number}, {"total", total}})),
        .low = canvas.say(scale.low),
        .high = canvas.say(scale.high),
        .range = {static_cast<double>(number), 1, static_cast<double>(total), 1},
        .privacy = widgets::Privacy::a_setting};
    const auto change = widgets::stepper(canvas.ui, spec);
    if (change && change->step)
        canvas.emit(flow::Prefer{Setting{static_cast<int>(*change->step)}});
}

void letters(const Canvas& canvas) {
    using enum flow::Font;
    const auto theme = theme_of(canvas.view.preferences.theme);
    const std::array values{
        Value{standard, "standard", "Standard", widgets::Sample{theme, 1, face_of(standard)}},
        Value{readable, "readable", "Easier to tell apart", widgets::Sample{theme, 1, face_of(readable)}}};
    one_of(canvas, {.key = "font", .label = canvas.say("Letters"), .arrangement = widgets::Arrangement::grid},
           canvas.view.preferences.font, values);
}

void see(const Canvas& canvas) {
    widgets::section_heading(canvas.ui, "see", Icon::show, canvas.say("See"));
    text_sizes(canvas);
    widgets::gap(canvas.ui);
    themes(canvas);
    widgets::gap(canvas.ui);
    letters(canvas);
}

void hear(const Canvas& canvas) {
    if (!canvas.view.capabilities.speech)
        return;
    const auto& now = canvas.view.preferences;
    widgets::large_gap(canvas.ui);
    widgets::section_heading(canvas.ui, "hear", Icon::listen, canvas.say("Hear"));
    tick(canvas, {"speech", "Read the screen aloud", {}, Icon::listen}, now.speech, flow::Speech::off,
         flow::Speech::on);
    if (speech::voice_of(canvas.view.language).empty())
        widgets::paragraph(canvas.ui, "voice_missing", canvas.say("This kiosk cannot read this language aloud."),
                           widgets::Emphasis::soft);
    if (now.speech == flow::Speech::off)
        return;
    scale(canvas, {"speech_rate", "How fast", "Slower", "Faster"}, now.speech_rate);
    scale(canvas, {"volume", "How loud", "Quieter", "Louder"}, now.volume);
    tick(canvas,
         {"listening", "Say my answers aloud too", "Others can hear them. With headphones, only you can.",
          Icon::speak_up},
         now.listening, flow::Listening::private_only, flow::Listening::answers_aloud);
}

void switches(const Canvas& canvas) {
    using enum flow::Scanning;
    constexpr std::array values{Value{off, "off", "No switch"}, Value{one_switch, "one", "One switch"},
                                Value{two_switches, "two", "Two switches"}};
    const auto& now = canvas.view.preferences;
    one_of(canvas, {.key = "scanning", .label = canvas.say("Switches"), .arrangement = widgets::Arrangement::grid},
           now.scanning, values);
    if (now.scanning == one_switch)  // with two, the second one goes on
        scale(canvas, {"scan_pace", "How long each thing stays marked", "Shorter", "Longer"}, now.scan_pace);
}

void strikes(const Canvas& canvas) {
    using enum flow::StrikeFilter;
    constexpr std::array values{Value{off, "off", "Take every press"},
                                Value{half_second, "half", "Wait half a second"},
                                Value{one_second, "one", "Wait one second"}};
    one_of(canvas,
           {.key = "strikes",
            .label = canvas.say("If a key is pressed twice by mistake"),
            .arrangement = widgets::Arrangement::grid},
           canvas.view.preferences.strike_filter, values);
}

void reach_and_move(const Canvas& canvas) {
    const auto& can = canvas.view.capabilities;
    widgets::large_gap(canvas.ui);
    widgets::section_heading(canvas.ui, "reach_and_move", Icon::reach, canvas.say("Reach and move"));
    tick(canvas, {"reach", "Everything lower down", "All buttons in the lower part of the screen.", Icon::lower},
         canvas.view.preferences.reach, flow::Reach::whole_screen, flow::Reach::low);
    if (can.scanning)
        switches(canvas);
    if (can.strike_filter)
        strikes(canvas);
}

void calm_and_private(const Canvas& canvas) {
    const auto& now = canvas.view.preferences;
    widgets::large_gap(canvas.ui);
    widgets::section_heading(canvas.ui, "calm_and_private", Icon::calm, canvas.say("Calm and private"));
    tick(canvas, {"movement", "Less movement on the screen", {}, Icon::still}, now.motion, flow::Motion::full,
         flow::Motion::reduced);
    tick(canvas, {"answers", "Hide my answers", "Dots stand for your answers until you ask to see them.", Icon::mask},
         now.answers, flow::AnswerDisplay::plain, flow::AnswerDisplay::hidden);
    if (canvas.view.capabilities.blank_screen && now.speech == flow::Speech::on)
        tick(canvas,
             {"picture", "Turn the picture off", "Nobody can read the screen. The voice goes on.", Icon::blank},
             now.picture, flow::Picture::shown, flow::Picture::blank);
    if (flow::is_at_rest(canvas.view.screen))
        return;  // nothing to cover
    action_button(canvas,
                  {.key = "cover",
                   .label = canvas.say("Cover the screen"),
                   .kind = widgets::ButtonKind::secondary,
                   .icon = Icon::hide},
                  flow::HideAnswers{});
}

void all_back(const Canvas& canvas) {
    const bool nothing = canvas.view.preferences == flow::Preferences{};
    widgets::large_gap(canvas.ui);
    action_button(canvas,
                  {.key = "all_back",
                   .label = canvas.say("Put all back"),
                   .kind = widgets::ButtonKind::secondary,
                   .icon = Icon::undo,
                   .availability = nothing ? widgets::Availability::disabled : widgets::Availability::enabled},
                  flow::ForgetPreferences{});
}

}  // namespace

void text_sizes(const Canvas& canvas) {
    using enum flow::TextSize;
    const auto theme = theme_of(canvas.view.preferences.theme);
    const std::array values{Value{standard, "standard", "Standard", widgets::Sample{theme, text_scale_of(standard)}},
                            Value{large, "large", "Large", widgets::Sample{theme, text_scale_of(large)}},
                            Value{largest, "largest", "Largest", widgets::Sample{theme, text_scale_of(largest)}}};
    one_of(canvas, {.key = "text_size", .label = canvas.say("Text size"), .arrangement = widgets::Arrangement::grid},
           canvas.view.preferences.text_size, values);
}

void themes(const Canvas& canvas) {
    using enum flow::Theme;
    const std::array values{
        Value{light, "light", "Light", widgets::Sample{theme_of(light)}},
        Value{dark, "dark", "Dark", widgets::Sample{theme_of(dark)}},
        Value{high_contrast, "high_contrast", "High contrast", widgets::Sample{theme_of(high_contrast)}},
        Value{low_contrast, "low_contrast", "Soft", widgets::Sample{theme_of(low_contrast)}}};
    one_of(canvas, {.key = "theme", .label = canvas.say("Colours"), .arrangement = widgets::Arrangement::grid},
           canvas.view.preferences.theme, values);
}

void draw_accessibility(const Canvas& canvas) {
    overlay_page(
        canvas,
        [&] {
            widgets::heading(canvas.ui, "heading", canvas.say("Accessibility"));
            see(canvas);
            hear(canvas);
            reach_and_move(canvas);
            calm_and_private(canvas);
            all_back(canvas);
        },
        widgets::PageColumn::wide);
}

}  // namespace pillarbox::screens
