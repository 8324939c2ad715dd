// SPDX-License-Identifier: GPL-3.0-or-later
//
// pillarbox-rehearse: the kiosk, played by a scenario file. For tests and demonstrations; never installed on a
// station.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <optional>
#include <string>

#include "accessibility/messages/messages.hpp"
#include "core/base/clock.hpp"
#include "core/base/command_line.hpp"
#include "core/base/exit_code.hpp"
#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "kiosk/app/harden.hpp"
#include "kiosk/app/options.hpp"
#include "kiosk/rehearse/player.hpp"
#include "kiosk/rehearse/translation.hpp"

namespace {

using namespace pillarbox;

constexpr std::string_view program = "pillarbox-rehearse";

// The file's text, which holds what will be typed, is gone when this returns.
base::Result<std::vector<rehearse::Step>> read_scenario(const std::filesystem::path& scenario) {
    const auto text = TRY(base::read_file(scenario, rehearse::scenario_size_bytes_max));
    return rehearse::parse_scenario(base::text_of(text), scenario.string());
}

struct Rehearsal {
    std::filesystem::path scenario;
    std::filesystem::path screenshots;
    std::string language;           // empty: the scenario's own
    std::filesystem::path answers;  // folder of .po files; empty: typed as the scenario says
    rehearse::Hands hands = rehearse::Hands::touch;
};

base::Result<rehearse::PlayerSettings> player_settings(const Rehearsal& rehearsal, const app::Options& options,
                                                       const campaign::Campaign& campaign) {
    rehearse::PlayerSettings settings{.screenshots = rehearsal.screenshots, .hands = rehearsal.hands};
    if (rehearsal.language.empty() || rehearsal.language == campaign.form->default_language) {
        return settings;
    }
    if (std::ranges::find(campaign.form->languages, rehearsal.language) == campaign.form->languages.end()) {
        return base::fail(base::ErrorCode::usage, "--language", "The campaign is not in that language.",
                          "Use the code of a language of its workbook, for example ar.");
    }
    const auto interface = TRY(messages::Messages::load(options.assets / "locales"));
    settings.translation.emplace(campaign, interface, rehearsal.language);
    if (!rehearsal.answers.empty()) {
        settings.answers = TRY(messages::Messages::load(rehearsal.answers));
    }
    return settings;
}

// One line of stdin, without its end; none at the end of the input. Read byte by byte: a stream would keep what was
// read before, which may be what somebody typed.
std::optional<std::string> read_line() {
    std::string line;
    char letter = 0;
    while (line.size() < rehearse::scenario_size_bytes_max && ::read(STDIN_FILENO, &letter, 1) == 1) {
        if (letter == '\n') {
            return line;
        }
        line += letter;
    }
    return std::nullopt;
}

// Steps as they come, so that this process never holds more of a respondent than the kiosk itself.
base::Result<std::size_t> play_input(rehearse::Player& player) {
    std::size_t step_count = 0;
    while (const auto line = read_line()) {
        auto steps = TRY(rehearse::parse_scenario(*line, "stdin"));
        step_count += steps.size();
        TRY(player.play(std::move(steps), "stdin"));
    }
    return step_count;
}

base::Result<std::size_t> play_file(rehearse::Player& player, const std::filesystem::path& scenario) {
    auto steps = TRY(read_scenario(scenario));
    const std::size_t step_count = steps.size();
    TRY(player.play(std::move(steps), scenario.string()));
    return step_count;
}

base::Result<void> run(const app::Options& options, const Rehearsal& rehearsal) {
    app::keep_heap_small();
    static_cast<void>(
        app::harden_process());  // as the kiosk does; what this machine does not grant is the kiosk's to report
    const bool from_input = rehearsal.scenario == "-";
    if (!from_input) {
        static_cast<void>(TRY(read_scenario(rehearsal.scenario)));  // before a window opens
    }
    auto settings = TRY(app::settings_of(options, platform::Placement::windowed));
    settings.speech = app::SpeechOffer::always;  // heard by the scenario, where there is no sound too
    const auto system_clock = TRY(base::clock_for(options.today));
    rehearse::RehearsalClock clock(*system_clock);
    crypto::SystemRandom random;
    platform::EventQueue events;
    const auto kiosk = TRY(app::Kiosk::open(settings, clock, random, events));
    auto player_with = TRY(player_settings(rehearsal, options, kiosk->campaign()));
    rehearse::Player player(*kiosk, events, clock, std::move(player_with));
    const std::size_t step_count = TRY(from_input ? play_input(player) : play_file(player, rehearsal.scenario));
    fmt::print("{}: {} steps played, {} responses kept, {} begun and not sent\n",
               rehearsal.scenario.filename().string(), step_count, kiosk->tally().kept, kiosk->tally().discarded);
    return {};
}

}  // namespace

int main(int argument_count, char* arguments[]) try {
    CLI::App command{
        "Plays a scenario file on a real kiosk window, by role and name.\n"
        "Example: pillarbox-rehearse --station demo-output/station --scenario tests/scenarios/full-path.scenario "
        "--screenshots /tmp/shots --today 2023-01-20"};
    app::Options options;
    Rehearsal rehearsal;
    app::add_options(command, options);
    command.add_option("--scenario", rehearsal.scenario, "The scenario file; - for steps as they come on stdin")
        ->required();
    command.add_option("--screenshots", rehearsal.screenshots, "Folder for the screenshots it takes")->required();
    command.add_option("--language", rehearsal.language, "Play it in this language (code), by its names there");
    command.add_option("--answers", rehearsal.answers,
                       "Folder of <language>.po files: what is typed in each language");
    const std::map<std::string, rehearse::Hands> hands{{"touch", rehearse::Hands::touch},
                                                       {"keys", rehearse::Hands::keys},
                                                       {"one-switch", rehearse::Hands::one_switch},
                                                       {"two-switches", rehearse::Hands::two_switches}};
    command
        .add_option("--hands", rehearsal.hands,
                    "How it taps and types: touch, keys (of --keypad), one-switch or two-switches")
        ->transform(CLI::Transformer(hands))
        ->option_text("HANDS [touch]");
    command.set_version_flag("--version", PILLARBOX_VERSION);
    if (const auto ending = base::parse_command_line(command, argument_count, arguments)) {
        return *ending;
    }
    const auto done = run(options, rehearsal);
    return done.has_value() ? 0 : base::report(program, done.error());
} catch (const std::exception&) {
    fmt::print(stderr, "{}: internal error\n", program);
    return static_cast<int>(base::ExitCode::internal);
}
