// SPDX-License-Identifier: GPL-3.0-or-later
//
// Staff mode at this kiosk: feeds events to kiosk/staff and carries out what that asks for. What it needs of the
// kiosk itself comes in as StaffHost. It knows figures and files, and never an answer.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "kiosk/app/diary.hpp"
#include "kiosk/app/sender.hpp"
#include "kiosk/app/staff_door.hpp"
#include "kiosk/staff/staff.hpp"
#include "kiosk/staff/view_model.hpp"

namespace pillarbox::app {

struct StaffSettings {
    std::filesystem::path station;
    std::filesystem::path sticks = "/media";
    std::filesystem::path sync_program;
    std::filesystem::path sys = "/sys";
};

struct StaffHost {
    std::function<const station::Station&()> station;
    std::function<const campaign::Campaign&()> campaign;
    std::function<base::Result<outbox::Counts>()> counts;
    std::function<staff::RunTally()> tally;
    std::function<base::Result<void>()> keep_test;
    std::function<base::Result<void>()> adopt_campaign;  // that was just installed
    std::function<void(staff::Help)> assist;
    std::function<void()> renew;  // drop what staff screens left behind
};

enum class Wish { none, restart, end };

class StaffDesk {
  public:
    // `clock` must outlive it.
    StaffDesk(StaffSettings settings, StaffHost host, const base::Clock& clock);

    [[nodiscard]] bool is_on() const { return staff::is_on(session_); }
    void apply(const staff::Event& event);
    // Once a frame: time, and what came of a sending under way.
    void follow();
    // At a new day.
    void note_day();
    [[nodiscard]] std::optional<std::chrono::milliseconds> next_tick() const;
    [[nodiscard]] staff::StaffView view() const { return staff::view_of(session_); }
    [[nodiscard]] Wish wish() const { return wish_; }

  private:
    void carry_out(staff::Effect effect);
    void look_at_door();
    void try_pin(const std::string& pin);
    void try_stick_key();
    void read_facts();
    void read_stick();
    void install_campaign();
    void sign_tally();
    // Runs a command of pillarbox-sync on the stick's folder.
    void hand_over(const char* command, const char* option, staff::HandOverResult done);
    [[nodiscard]] std::optional<outbox::Counts> note_counts();

    StaffSettings settings_;
    StaffHost host_;
    const base::Clock& clock_;
    StaffDoor door_;
    Diary diary_;
    Sender sender_;
    staff::StaffSession session_;
    base::Bytes pack_;  // found on the stick
    std::string language_;
    Wish wish_ = Wish::none;
};

}  // namespace pillarbox::app
