// SPDX-License-Identifier: GPL-3.0-or-later
//
// Respondents in a hurry: what the kiosk does at "Send", without its window. Each response is sealed and kept by the
// kiosk's own KeptStation and thanked with a line "thanked N"; a save that fails is tried again with the same ticket,
// as a person does who presses "Send" again. The text of response N is "MARK-N." over and over, so that whoever reads
// it later can tell a whole one from a part.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/command_line.hpp"
#include "core/base/exit_code.hpp"
#include "core/crypto/system_random.hpp"
#include "kiosk/app/kept_station.hpp"

namespace {

using namespace pillarbox;

constexpr std::string_view program = "fault_respondents";
constexpr int tries_max = 3;

struct Options {
    std::string station;
    std::string today;
    std::string mark;
    std::uint64_t first = 1;
    std::vector<std::size_t> sizes_bytes;  // of the texts, one a respondent
    bool thanked_too_early = false;        // the control: a promise before it is kept
};

submission::Submission answered(const campaign::Campaign& campaign, base::Day today, std::string text) {
    submission::Submission submission;
    submission.campaign_id = campaign.id;
    submission.form_version = campaign.form->version;
    submission.day = today;
    submission.language = "en";
    submission.answers = {{"/data/answering_as/path", "short"}, {"/data/short/short_text", std::move(text)}};
    return submission;
}

std::string text_of(const Options& options, std::uint64_t number, std::size_t size_bytes) {
    std::string text;
    while (text.size() < size_bytes) {
        text += fmt::format("{}-{}.", options.mark, number);
    }
    text.resize(size_bytes);
    return text;
}

// By write() itself: nothing may linger in a buffer that a killed process takes with it. A line that can't be written
// is a person who was not thanked.
void thank(std::uint64_t number) {
    const std::string line = fmt::format("thanked {}\n", number);
    for (std::size_t written = 0; written < line.size();) {
        const ssize_t count = ::write(STDOUT_FILENO, line.data() + written, line.size() - written);
        if (count < 0 && errno != EINTR) {
            return;
        }
        written += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
}

base::Result<void> send(app::KeptStation& station, const submission::Submission& submission,
                        const app::Ticket& ticket) {
    auto kept = station.keep(submission, ticket);
    for (int tries = 1; !kept.has_value() && tries < tries_max; ++tries) {
        kept = station.keep(submission, ticket);
    }
    return kept;
}

base::Result<void> respond(const Options& options) {
    const auto clock = TRY(base::clock_for(options.today));
    crypto::SystemRandom random;
    auto station = TRY(app::KeptStation::open(options.station, clock->today(), random));
    base::Result<void> all;
    for (std::size_t index = 0; index < options.sizes_bytes.size(); ++index) {
        const std::uint64_t number = options.first + index;
        const auto submission =
            answered(*station.campaign(), clock->today(), text_of(options, number, options.sizes_bytes[index]));
        if (options.thanked_too_early) {
            thank(number);
        }
        const auto kept = send(station, submission, station.draw_ticket());
        if (!kept.has_value()) {
            all = kept;  // the kiosk stays up: it tells this person, and asks the next one
        } else if (!options.thanked_too_early) {
            thank(number);
        }
        static_cast<void>(station.tidy());  // as the kiosk does between two people
    }
    return all;
}

}  // namespace

int main(int argument_count, char** arguments) {
    CLI::App command{
        "Seals and keeps responses at a station as the kiosk does at \"Send\", and prints one line each."};
    Options options;
    command.add_option("--station", options.station)->required();
    command.add_option("--today", options.today)->required();
    command.add_option("--mark", options.mark, "what the texts are made of")->required();
    command.add_option("--first", options.first, "number of the first response");
    command.add_option("--sizes", options.sizes_bytes, "sizes of the texts in bytes, one a response")->required();
    command.add_flag("--thanked-too-early", options.thanked_too_early, "print the line before the response is kept");
    command.set_version_flag("--version", PILLARBOX_VERSION);
    if (const auto ending = base::parse_command_line(command, argument_count, arguments)) {
        return *ending;
    }
    const auto done = respond(options);
    return done.has_value() ? 0 : base::report(program, done.error());
}
