// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/transaction.hpp"

namespace pillarbox::postgres_storage {

using storage::Arrivals;
using storage::AuditEntry;
using storage::Report;
using storage::Staff;

base::Result<std::vector<storage::ForkCount>> Transaction::fork_counts() {
    const Rows rows = TRY(connection_->query("SELECT log, count(*) FROM fork GROUP BY log ORDER BY log"));
    std::vector<storage::ForkCount> counts;
    for (int row = 0; row < rows.count(); ++row) {
        storage::ForkCount count;
        count.log_id = TRY(rows.array<16>(row, 0));
        count.forks = TRY(rows.unsigned_integer(row, 1));
        counts.push_back(count);
    }
    return counts;
}

base::Result<void> Transaction::put_report(const Report& report) {
    TRY(
        connection_->query("INSERT INTO report (log, day, content) VALUES ($1, $2, $3) "
                           "ON CONFLICT (log) DO UPDATE SET day = excluded.day, content = excluded.content",
                           std::move(Parameters()
                                         .add(base::ByteView(report.log_id))
                                         .add(std::string_view(report.day))
                                         .add(base::ByteView(report.content)))));
    return {};
}

base::Result<std::vector<Report>> Transaction::all_reports() {
    const Rows rows = TRY(connection_->query("SELECT log, day, content FROM report ORDER BY log"));
    std::vector<Report> reports;
    for (int row = 0; row < rows.count(); ++row) {
        Report report;
        report.log_id = TRY(rows.array<16>(row, 0));
        report.day = TRY(rows.text(row, 1));
        const base::ByteView content = TRY(rows.bytes(row, 2));
        report.content.assign(content.begin(), content.end());
        reports.push_back(std::move(report));
    }
    return reports;
}

base::Result<void> Transaction::add_arrivals(const Arrivals& added) {
    return connection_->post(
        "INSERT INTO arrivals AS kept (log, day, responses) VALUES ($1, $2, $3) "
        "ON CONFLICT (log, day) DO UPDATE SET responses = kept.responses + excluded.responses",
        std::move(
            Parameters().add(base::ByteView(added.log_id)).add(std::string_view(added.day)).add(added.responses)));
}

base::Result<std::vector<Arrivals>> Transaction::arrivals_since(const std::string& day) {
    const Rows rows = TRY(
        connection_->query("SELECT log, day, responses FROM arrivals WHERE day >= $1 ORDER BY day COLLATE \"C\", log",
                           std::move(Parameters().add(std::string_view(day)))));
    std::vector<Arrivals> all;
    for (int row = 0; row < rows.count(); ++row) {
        Arrivals arrivals;
        arrivals.log_id = TRY(rows.array<16>(row, 0));
        arrivals.day = TRY(rows.text(row, 1));
        arrivals.responses = TRY(rows.unsigned_integer(row, 2));
        all.push_back(std::move(arrivals));
    }
    return all;
}

base::Result<void> Transaction::put_staff(const Staff& staff) {
    TRY(connection_->query(
        "INSERT INTO staff (name, role, password_hash) VALUES ($1, $2, $3) "
        "ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash",
        std::move(Parameters()
                      .add(std::string_view(staff.name))
                      .add(std::string_view(staff.role))
                      .add(std::string_view(staff.password_hash)))));
    return {};
}

base::Result<bool> Transaction::remove_staff(const std::string& name) {
    const Rows removed = TRY(
        connection_->query("DELETE FROM staff WHERE name = $1", std::move(Parameters().add(std::string_view(name)))));
    return removed.changed() == 1;
}

base::Result<std::vector<Staff>> Transaction::all_staff() {
    const Rows rows =
        TRY(connection_->query("SELECT name, role, password_hash FROM staff ORDER BY name COLLATE \"C\""));
    std::vector<Staff> all;
    for (int row = 0; row < rows.count(); ++row) {
        Staff staff;
        staff.name = TRY(rows.text(row, 0));
        staff.role = TRY(rows.text(row, 1));
        staff.password_hash = TRY(rows.text(row, 2));
        all.push_back(std::move(staff));
    }
    return all;
}

base::Result<void> Transaction::add_audit(const AuditEntry& entry) {
    TRY(connection_->query("INSERT INTO audit (day, who, what, subject) VALUES ($1, $2, $3, $4)",
                           std::move(Parameters()
                                         .add(std::string_view(entry.day))
                                         .add(std::string_view(entry.who))
                                         .add(std::string_view(entry.what))
                                         .add(std::string_view(entry.subject)))));
    return {};
}

base::Result<std::vector<AuditEntry>> Transaction::last_audit(std::uint64_t count) {
    const Rows rows = TRY(connection_->query("SELECT day, who, what, subject FROM audit ORDER BY id DESC LIMIT $1",
                                             std::move(Parameters().add(count))));
    std::vector<AuditEntry> entries;
    for (int row = 0; row < rows.count(); ++row) {
        AuditEntry entry;
        entry.day = TRY(rows.text(row, 0));
        entry.who = TRY(rows.text(row, 1));
        entry.what = TRY(rows.text(row, 2));
        entry.subject = TRY(rows.text(row, 3));
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace pillarbox::postgres_storage
