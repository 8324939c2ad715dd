// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/staff_desk.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include "core/base/exit_code.hpp"
#include "core/crypto/fingerprint.hpp"
#include "core/station/staff_access.hpp"
#include "kiosk/app/campaign_change.hpp"
#include "kiosk/app/machine.hpp"
#include "kiosk/app/stick.hpp"

namespace pillarbox::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds sending_look{100};  // how often a sending under way is asked for news

template <typename... Handlers>
struct Match : Handlers... {
    using Handlers::operator()...;
};

constexpr std::string_view hand_over_folder_name = "pillarbox";

staff::HandOverResult hand_over_result(int exit_code, staff::HandOverResult done) {
    using staff::HandOverResult;
    if (exit_code == 0) {
        return done;
    }
    const auto code = static_cast<base::ExitCode>(exit_code);
    if (done == HandOverResult::confirmed && code == base::ExitCode::machine) {
        return HandOverResult::no_receipt;
    }
    return code == base::ExitCode::trust || (done == HandOverResult::confirmed && code == base::ExitCode::bad_input)
               ? HandOverResult::refused_trust
               : HandOverResult::failed;
}

}  // namespace

StaffDesk::StaffDesk(StaffSettings settings, StaffHost host, const base::Clock& clock)
    : settings_(std::move(settings)),
      host_(std::move(host)),
      clock_(clock),
      door_(settings_.station, clock.monotonic()),
      diary_(settings_.station),
      sender_(settings_.sync_program, settings_.station) {
    session_.now = clock.monotonic();
}

void StaffDesk::apply(const staff::Event& event) {
    if (const auto* enter = std::get_if<staff::Enter>(&event)) {
        language_ = enter->language;
    }
    auto step = staff::handle(std::move(session_), event);
    session_ = std::move(step.session);
    for (auto& effect : step.effects) {
        carry_out(std::move(effect));
    }
}

void StaffDesk::follow() {
    apply(staff::Tick{clock_.monotonic()});
    for (const auto& event : sender_.news()) {
        apply(event);
    }
}

void StaffDesk::note_day() {
    static_cast<void>(note_counts());
}

std::optional<milliseconds> StaffDesk::next_tick() const {
    if (sender_.is_running()) {
        return clock_.monotonic() + sending_look;
    }
    return staff::next_tick(session_);
}

void StaffDesk::carry_out(staff::Effect effect) {
    namespace fx = staff::effects;
    std::visit(
        Match{[this](fx::LookAtDoor&) { look_at_door(); }, [this](fx::TryPin& attempt) { try_pin(attempt.pin); },
              [this](fx::TryStickKey&) { try_stick_key(); }, [this](fx::ReadFacts&) { read_facts(); },
              [this](fx::KeepTest&) {
                  const bool kept = host_.keep_test().has_value();
                  apply(staff::TestDone{kept ? staff::TestResult::kept : staff::TestResult::failed});
              },
              [this](fx::AcceptDay&) { diary_.accept(clock_.today()); },
              [this](fx::StartSending&) { sender_.start(); }, [this](fx::StopSending&) { sender_.stop(); },
              [this](fx::SaveToStick&) { hand_over("export", "--to", staff::HandOverResult::saved); },
              [this](fx::ReadReceipt&) { hand_over("import-receipts", "--from", staff::HandOverResult::confirmed); },
              [this](fx::ReadStick&) { read_stick(); }, [this](fx::InstallCampaign&) { install_campaign(); },
              [this](fx::BeginAssisted& begin) { host_.assist(begin.how); },
              [this](fx::SetBrightness& wanted) { write_brightness(settings_.sys, wanted.percent); },
              [this](fx::SignTally&) { sign_tally(); }, [this](fx::Restart&) { wish_ = Wish::restart; },
              [this](fx::EndProgram&) { wish_ = Wish::end; },
              [this](fx::Left&) {
                  pack_.clear();
                  host_.renew();
              }},
        effect);
}

void StaffDesk::look_at_door() {
    const auto pin = door_.pin() == StaffDoor::Pin::set ? staff::DoorSeen::Pin::set : staff::DoorSeen::Pin::missing;
    apply(staff::DoorSeen{pin, door_.wait_left(session_.now)});
}

void StaffDesk::try_pin(const std::string& pin) {
    if (door_.try_pin(pin, session_.now) == Admission::admitted) {
        apply(staff::Admitted{});
    } else {
        apply(staff::WrongPin{door_.wait_left(session_.now)});
    }
}

void StaffDesk::try_stick_key() {
    const auto key =
        read_from_stick(settings_.sticks, station::staff_key_file_name, station::staff_key_size_bytes_max);
    const bool fits = key.has_value() && door_.try_key(*key) == Admission::admitted;
    apply(fits ? staff::Event(staff::Admitted{}) : staff::Event(staff::NoStickKey{}));
}

std::optional<outbox::Counts> StaffDesk::note_counts() {
    const auto counts = host_.counts();
    if (!counts.has_value()) {
        return std::nullopt;
    }
    diary_.note(clock_.today(), counts->waiting + counts->batched);
    return *counts;
}

void StaffDesk::read_facts() {
    staff::Facts facts;
    facts.last_known_day = diary_.last_day();
    if (const auto counts = note_counts()) {
        facts.figures = staff::Figures{.saved = counts->waiting,
                                       .sent = counts->batched,
                                       .acknowledged = counts->acknowledged,
                                       .damaged = counts->quarantined,
                                       .tests = counts->tests,
                                       .unsent_days = diary_.unsent_days(clock_.today())};
    }
    facts.station = host_.station().name;
    facts.campaign = facts_of(host_.campaign(), language_);
    facts.committee_key = crypto::fingerprint_of(host_.station().committee_key);
    facts.committee_words = crypto::key_words_of(host_.station().committee_key);
    facts.today = clock_.today();
    facts.disk_free_mib = disk_free_mib(settings_.station);
    facts.battery = read_battery(settings_.sys);
    facts.brightness = read_brightness(settings_.sys);
    std::error_code ignored;
    const bool enrolled = std::filesystem::exists(station::device_key_path(settings_.station), ignored);
    facts.enrolment = enrolled ? staff::Facts::Enrolment::done : staff::Facts::Enrolment::missing;
    apply(staff::FactsRead{std::move(facts), host_.tally()});
}

void StaffDesk::read_stick() {
    auto pack = read_from_stick(settings_.sticks, pack_file_name, campaign::pack_size_bytes_max);
    if (!pack.has_value()) {
        const bool none = pack.error().code == base::ErrorCode::not_found;
        return apply(staff::PackSeen{.verdict = none ? staff::PackVerdict::none : staff::PackVerdict::damaged});
    }
    pack_ = *std::move(pack);
    apply(judge_pack(pack_, host_.station(), host_.campaign().version, clock_.today(), language_));
}

// The counts are asked for again: what the screen says may be minutes old, and this is the rule that nothing of a
// campaign may be lost on.
void StaffDesk::install_campaign() {
    const auto counts = host_.counts();
    const bool all_acknowledged = counts.has_value() && counts->waiting + counts->batched == 0;
    const bool installed =
        all_acknowledged &&
        install_pack(settings_.station, pack_, host_.campaign().version, clock_.today()).has_value() &&
        host_.adopt_campaign().has_value();
    pack_.clear();
    using Outcome = staff::CampaignInstalled::Outcome;
    apply(staff::CampaignInstalled{installed ? Outcome::done : Outcome::failed});
}

// By pillarbox-sync, which has the key to sign with. It takes a moment and needs no network.
void StaffDesk::sign_tally() {
    const auto run = host_.tally();
    const auto outcome = base::run_to_end(
        settings_.sync_program,
        {"tally", "--station", settings_.station.string(), "--today", base::format_day(clock_.today()), "--since",
         base::format_day(run.since), "--saved", std::to_string(run.kept), "--assisted", std::to_string(run.assisted),
         "--paper", std::to_string(run.paper), "--tests", std::to_string(run.tests), "--discarded",
         std::to_string(run.discarded), "--failed", std::to_string(run.failed)});
    staff::TallySigned signed_tally;
    // "tally FILE CODE"
    const std::string_view line = outcome.lines.empty() ? std::string_view() : outcome.lines.front();
    const auto last_space = line.rfind(' ');
    constexpr std::string_view mark = "tally ";
    if (outcome.exit_code == 0 && line.starts_with(mark) && last_space >= mark.size()) {
        signed_tally.file_name = line.substr(mark.size(), last_space - mark.size());
        signed_tally.code = line.substr(last_space + 1);
    }
    apply(std::move(signed_tally));
}

void StaffDesk::hand_over(const char* command, const char* option, staff::HandOverResult done) {
    using staff::HandOverResult;
    const auto folder = folder_on_stick(settings_.sticks, hand_over_folder_name);
    if (folder.empty()) {
        return apply(staff::HandedOver{HandOverResult::no_stick});
    }
    const auto outcome = base::run_to_end(
        settings_.sync_program, {command, "--station", settings_.station.string(), option, folder.string()});
    // The first number of its line is how many responses.
    const std::string line = outcome.lines.empty() ? std::string() : outcome.lines.front();
    const auto digits = line.find_first_of("0123456789");
    std::uint64_t responses = 0;
    if (digits != std::string::npos) {
        std::from_chars(line.data() + digits, line.data() + line.size(), responses);
    }
    apply(staff::HandedOver{hand_over_result(outcome.exit_code.value_or(-1), done), responses});
}

}  // namespace pillarbox::app
