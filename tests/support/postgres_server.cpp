// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "core/base/check.hpp"
#include "tests/support/program.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;

const std::string superuser = "pillarbox";

// Whom the server runs as: root's servers are postgres's.
const passwd* server_user() {
    return ::getuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

std::string program(const std::string& name) {
    return postgres_programs() / name;
}

Outcome run_as_server_user(std::vector<std::string> arguments) {
    if (server_user() != nullptr) {
        const std::vector<std::string> as_user = {"setpriv", "--reuid=postgres", "--regid=postgres",
                                                  "--clear-groups"};
        arguments.insert(arguments.begin(), as_user.begin(), as_user.end());
    }
    return run_program(arguments);
}

void run_or_abort(const std::vector<std::string>& arguments) {
    const Outcome outcome = run_as_server_user(arguments);
    if (outcome.exit_code != 0) {
        std::fprintf(stderr, "%s: %s\n", arguments.front().c_str(), outcome.errors.c_str());
    }
    PILLARBOX_CHECK(outcome.exit_code == 0);
}

// Each process of the server, so that none of them flushes anything more.
std::vector<pid_t> children_of(pid_t parent) {
    std::vector<pid_t> children;
    std::ifstream list("/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent) + "/children");
    for (pid_t child = 0; list >> child;) {
        children.push_back(child);
    }
    return children;
}

// A killed server leaves its System V segment; its key and id stand in the seventh line of postmaster.pid.
void remove_segment(const fs::path& data) {
    std::ifstream file(data / "postmaster.pid");
    std::string line;
    for (int number = 0; number < 7 && std::getline(file, line); ++number) {
    }
    const auto blank = line.find_last_of(' ');
    if (blank != std::string::npos) {
        ::shmctl(std::atoi(line.c_str() + blank), IPC_RMID, nullptr);
    }
}

}  // namespace

void give_to_postgres(const fs::path& path) {
    if (const passwd* user = server_user()) {
        PILLARBOX_CHECK(::chown(path.c_str(), user->pw_uid, user->pw_gid) == 0);
    }
}

fs::path postgres_programs() {
    fs::path newest;
    std::error_code status;
    for (fs::directory_iterator entry("/usr/lib/postgresql", status), end; !status && entry != end;
         entry.increment(status)) {
        const fs::path folder = entry->path() / "bin";
        const bool usable = fs::exists(folder / "postgres") && fs::exists(folder / "initdb");
        if (usable &&
            (newest.empty() || std::stoi(entry->path().filename()) > std::stoi(newest.parent_path().filename()))) {
            newest = folder;
        }
    }
    return newest;
}

PostgresServer::PostgresServer(const std::vector<std::string>& settings) : settings_(settings) {
    // Made once a process: it takes a second, a copy of it a tenth.
    static const TemporaryFolder made;
    if (!fs::exists(made / "data")) {
        give_to_postgres(made.path());
        run_or_abort({program("initdb"), "-D", made / "data", "-U", superuser, "-A", "trust", "-E", "UTF8",
                      "--locale=C", "--no-sync"});
    }
    give_to_postgres(folder_.path());
    run_or_abort({"cp", "-a", made / "data", data()});
    start();
}

PostgresServer::PostgresServer(const PostgresServer& primary, const std::string& name,
                               const std::vector<std::string>& settings)
    : settings_(settings) {
    give_to_postgres(folder_.path());
    run_or_abort({program("pg_basebackup"), "-D", data(), "-R", "-X", "stream", "-c", "fast", "--no-sync", "-d",
                  "host=" + primary.socket_folder().string() + " user=" + superuser + " application_name=" + name});
    start();
}

PostgresServer::~PostgresServer() {
    if (process_ > 0) {
        ::kill(process_, SIGQUIT);
        ::waitpid(process_, nullptr, 0);
    }
}

void PostgresServer::start() {
    std::vector<std::string> arguments = {program("postgres"),
                                          "-D",
                                          data(),
                                          "-c",
                                          "listen_addresses=",
                                          "-c",
                                          "unix_socket_directories=" + socket_folder().string(),
                                          "-c",
                                          "logging_collector=off",
                                          "-c",
                                          "shared_buffers=32MB",
                                          "-c",
                                          "dynamic_shared_memory_type=mmap"};  // in its folder, and gone with it
    for (const std::string& setting : settings_) {
        arguments.insert(arguments.end(), {"-c", setting});
    }
    std::vector<char*> words;
    for (std::string& argument : arguments) {
        words.push_back(argument.data());
    }
    words.push_back(nullptr);
    const std::string log = socket_folder() / "log";
    const passwd* user = server_user();
    process_ = ::fork();
    PILLARBOX_CHECK(process_ >= 0);
    if (process_ == 0) {
        if (user != nullptr &&
            (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0)) {
            ::_exit(126);
        }
        ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after setuid, which clears it
        const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
        ::execv(words.front(), words.data());
        ::_exit(127);
    }
    wait_until_ready();
}

void PostgresServer::wait_until_ready() const {
    for (int attempt = 0; attempt < 600; ++attempt) {
        if (run_program({program("pg_isready"), "-q", "-h", socket_folder()}).exit_code == 0) {
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    PILLARBOX_CHECK(false);
}

void PostgresServer::kill() {
    const std::vector<pid_t> all = children_of(process_);
    ::kill(process_, SIGKILL);
    for (const pid_t child : all) {
        ::kill(child, SIGKILL);
    }
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
    remove_segment(data());
}

void PostgresServer::stop() {
    ::kill(process_, SIGINT);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

void PostgresServer::promote() {
    run_or_abort({program("pg_ctl"), "-D", data(), "-w", "-s", "promote"});
}

std::string PostgresServer::address(const std::string& database, const std::string& search_path) const {
    std::string text = "postgres://" + superuser + "@/" + database + "?host=" + socket_folder().string();
    if (!search_path.empty()) {
        text += "&options=-csearch_path%3D" + search_path;
    }
    return text;
}

std::string PostgresServer::sql(const std::string& statement, const std::string& database) const {
    const Outcome outcome = run_program({program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h",
                                         socket_folder(), "-U", superuser, "-d", database, "-c", statement});
    if (outcome.exit_code != 0) {
        std::fprintf(stderr, "psql: %s\n", outcome.errors.c_str());
    }
    PILLARBOX_CHECK(outcome.exit_code == 0);
    std::string text = outcome.output;
    while (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

}  // namespace pillarbox::tests
