// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/sqlite/transaction.hpp"

namespace pillarbox::sqlite_storage {

using storage::Arrivals;
using storage::AuditEntry;
using storage::Report;
using storage::Staff;

base::Result<std::vector<storage::ForkCount>> Transaction::fork_counts() {
    auto select = TRY(connection_.prepare(
        "SELECT log, count(*) FROM fork JOIN kiosk ON kiosk.id = fork.kiosk GROUP BY log ORDER BY log"));
    auto rows = TRY(select.query());
    std::vector<storage::ForkCount> counts;
    while (TRY(rows.next())) {
        storage::ForkCount count;
        count.log_id = TRY(rows.array<16>(0));
        count.forks = TRY(rows.unsigned_integer(1));
        counts.push_back(count);
    }
    return counts;
}

base::Result<void> Transaction::put_report(const Report& report) {
    const std::int64_t row = TRY(row_of(report.log_id));
    auto insert = TRY(connection_.prepare("INSERT OR REPLACE INTO report (kiosk, day, content) VALUES (?, ?, ?)"));
    return insert.run(row, std::string_view(report.day), base::ByteView(report.content));
}

base::Result<std::vector<Report>> Transaction::all_reports() {
    auto select = TRY(connection_.prepare(
        "SELECT log, day, content FROM report JOIN kiosk ON kiosk.id = report.kiosk ORDER BY log"));
    auto rows = TRY(select.query());
    std::vector<Report> reports;
    while (TRY(rows.next())) {
        Report report;
        report.log_id = TRY(rows.array<16>(0));
        report.day = TRY(rows.text(1));
        const base::ByteView content = TRY(rows.bytes(2));
        report.content.assign(content.begin(), content.end());
        reports.push_back(std::move(report));
    }
    return reports;
}

base::Result<void> Transaction::add_arrivals(const Arrivals& added) {
    const std::int64_t row = TRY(row_of(added.log_id));
    auto insert =
        TRY(connection_.prepare("INSERT INTO arrivals (day, kiosk, responses) VALUES (?, ?, ?) "
                                "ON CONFLICT (day, kiosk) DO UPDATE SET responses = responses + excluded.responses"));
    return insert.run(std::string_view(added.day), row, added.responses);
}

base::Result<std::vector<Arrivals>> Transaction::arrivals_since(const std::string& day) {
    auto select =
        TRY(connection_.prepare("SELECT log, day, arrivals.responses FROM arrivals JOIN kiosk ON kiosk.id = kiosk "
                                "WHERE day >= ? ORDER BY day, log"));
    auto rows = TRY(select.query(std::string_view(day)));
    std::vector<Arrivals> all;
    while (TRY(rows.next())) {
        Arrivals arrivals;
        arrivals.log_id = TRY(rows.array<16>(0));
        arrivals.day = TRY(rows.text(1));
        arrivals.responses = TRY(rows.unsigned_integer(2));
        all.push_back(std::move(arrivals));
    }
    return all;
}

base::Result<void> Transaction::put_staff(const Staff& staff) {
    auto insert =
        TRY(connection_.prepare("INSERT OR REPLACE INTO staff (name, role, password_hash) VALUES (?, ?, ?)"));
    return insert.run(std::string_view(staff.name), std::string_view(staff.role),
                      std::string_view(staff.password_hash));
}

base::Result<bool> Transaction::remove_staff(const std::string& name) {
    auto remove = TRY(connection_.prepare("DELETE FROM staff WHERE name = ?"));
    TRY(remove.run(std::string_view(name)));
    return connection_.changes() == 1;
}

base::Result<std::vector<Staff>> Transaction::all_staff() {
    auto select = TRY(connection_.prepare("SELECT name, role, password_hash FROM staff ORDER BY name"));
    auto rows = TRY(select.query());
    std::vector<Staff> all;
    while (TRY(rows.next())) {
        Staff staff;
        staff.name = TRY(rows.text(0));
        staff.role = TRY(rows.text(1));
        staff.password_hash = TRY(rows.text(2));
        all.push_back(std::move(staff));
    }
    return all;
}

base::Result<void> Transaction::add_audit(const AuditEntry& entry) {
    auto insert = TRY(connection_.prepare("INSERT INTO audit (day, who, what, subject) VALUES (?, ?, ?, ?)"));
    return insert.run(std::string_view(entry.day), std::string_view(entry.who), std::string_view(entry.what),
                      std::string_view(entry.subject));
}

base::Result<std::vector<AuditEntry>> Transaction::last_audit(std::uint64_t count) {
    auto select = TRY(connection_.prepare("SELECT day, who, what, subject FROM audit ORDER BY id DESC LIMIT ?"));
    auto rows = TRY(select.query(count));
    std::vector<AuditEntry> entries;
    while (TRY(rows.next())) {
        AuditEntry entry;
        entry.day = TRY(rows.text(0));
        entry.who = TRY(rows.text(1));
        entry.what = TRY(rows.text(2));
        entry.subject = TRY(rows.text(3));
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace pillarbox::sqlite_storage
