// SPDX-License-Identifier: GPL-3.0-or-later
//
// A real PostgreSQL server of the test's own: data and Unix socket in a temporary folder, no TCP. The cluster that
// Debian's package may have started is never touched. Started by root it runs as the user postgres, as it must not
// be root. It ends with the test, also where that is killed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

// Of the newest version that is installed; empty where none is.
[[nodiscard]] std::filesystem::path postgres_programs();

void give_to_postgres(const std::filesystem::path& path);  // to the user that servers run as

class PostgresServer {
  public:
    // `settings`: "name=value". Ready when it returns.
    explicit PostgresServer(const std::vector<std::string>& settings = {});
    // A streaming copy of `primary`, whose standby `name` (application_name) it becomes.
    PostgresServer(const PostgresServer& primary, const std::string& name,
                   const std::vector<std::string>& settings = {});
    ~PostgresServer();  // at once, as nobody needs the data any more
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    void start();
    void kill();     // SIGKILL to the postmaster and, as a power cut would, to all of its processes
    void stop();     // SIGINT: connections are cut, data is flushed
    void promote();  // returns once it takes writes

    [[nodiscard]] std::string address(const std::string& database, const std::string& search_path = {}) const;
    // psql as the superuser: what it prints, unaligned; REQUIREs success.
    std::string sql(const std::string& statement, const std::string& database = "postgres") const;
    [[nodiscard]] std::filesystem::path socket_folder() const { return folder_.path(); }
    [[nodiscard]] std::filesystem::path data() const { return folder_ / "data"; }

  private:
    void wait_until_ready() const;

    TemporaryFolder folder_;
    std::vector<std::string> settings_;
    pid_t process_ = -1;
};

}  // namespace pillarbox::tests
