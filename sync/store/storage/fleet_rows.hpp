// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a store keeps for the people who look after it (sync/store/fleet): what each kiosk last said of itself, how
// many responses came from it on which day, who may sign in, and who did what. No row holds an address, or a time
// finer than a day.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::storage {

// The last word of a kiosk on itself; sync/store/reports.hpp knows what is in it.
struct Report {
    batch::LogId log_id{};
    std::string day;  // on which it came
    base::Bytes content;
    friend bool operator==(const Report&, const Report&) = default;
};

// Responses, without tests, that a kiosk's batches brought on a day.
struct Arrivals {
    batch::LogId log_id{};
    std::string day;
    std::uint64_t responses = 0;
    friend bool operator==(const Arrivals&, const Arrivals&) = default;
};

struct Staff {
    std::string name;
    std::string role;           // as sync/store/fleet/accounts.hpp writes it
    std::string password_hash;  // Argon2id (core/crypto/password.hpp)
    friend bool operator==(const Staff&, const Staff&) = default;
};

struct AuditEntry {
    std::string day;
    std::string who;
    std::string what;     // a code, such as "kiosk_revoked"
    std::string subject;  // what it was done to: a station, a log, a campaign, an account
    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

struct ForkCount {
    batch::LogId log_id{};
    std::uint64_t forks = 0;
};

class FleetRows {
  public:
    [[nodiscard]] virtual base::Result<std::vector<ForkCount>> fork_counts() = 0;  // of kiosks with any, by log id

    [[nodiscard]] virtual base::Result<void> put_report(const Report& report) = 0;  // in the place of the one before
    [[nodiscard]] virtual base::Result<std::vector<Report>> all_reports() = 0;      // by log id

    [[nodiscard]] virtual base::Result<void> add_arrivals(const Arrivals& added) = 0;  // to the day's figure
    [[nodiscard]] virtual base::Result<std::vector<Arrivals>> arrivals_since(const std::string& day) = 0;  // by day

    [[nodiscard]] virtual base::Result<void> put_staff(const Staff& staff) = 0;  // in the place of one of this name
    [[nodiscard]] virtual base::Result<bool> remove_staff(const std::string& name) = 0;  // false: there was none
    [[nodiscard]] virtual base::Result<std::vector<Staff>> all_staff() = 0;              // by name

    [[nodiscard]] virtual base::Result<void> add_audit(const AuditEntry& entry) = 0;
    // The last `count`, the newest first.
    [[nodiscard]] virtual base::Result<std::vector<AuditEntry>> last_audit(std::uint64_t count) = 0;

  protected:
    FleetRows() = default;
    ~FleetRows() = default;
    FleetRows(const FleetRows&) = default;
    FleetRows& operator=(const FleetRows&) = default;
};

}  // namespace pillarbox::storage
