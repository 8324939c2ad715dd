// SPDX-License-Identifier: GPL-3.0-or-later
//
// The programs from outside: help, exit codes, signals, and disks that refuse.
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "core/station/station.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

tests::Outcome run(const std::string& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), tests::built_program(program));
    return tests::run_program(arguments);
}

// A file system of 1 MiB over a folder, for as long as it lives.
class SmallDisk {
  public:
    explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=1m") == 0;
    }
    ~SmallDisk() {
        if (mounted_) {
            ::umount2(folder_.c_str(), MNT_DETACH);
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] bool make_read_only() const {
        return ::mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

  private:
    std::filesystem::path folder_;
    bool mounted_ = false;
};

}  // namespace

TEST_CASE("Every command has a help that ends with success and names its options") {
    for (const char* program : {"pillarbox-store", "pillarbox-sync"}) {
        CHECK(run(program, {"--help"}).exit_code == 0);
        CHECK(run(program, {"--version"}).exit_code == 0);
    }
    for (const char* command : {"init", "serve", "token", "export", "backup", "status"}) {
        const auto outcome = run("pillarbox-store", {command, "--help"});
        CHECK(outcome.exit_code == 0);
        CHECK(outcome.output.find("--data") != std::string::npos);
    }
    for (const char* command : {"enrol", "run", "status"}) {
        const auto outcome = run("pillarbox-sync", {command, "--help"});
        CHECK(outcome.exit_code == 0);
        CHECK(outcome.output.find("--station") != std::string::npos);
    }
}

TEST_CASE("A wrong command line ends with 2 and a missing store or station with 4") {
    const tests::TemporaryFolder folder;
    const std::string nowhere = (folder / "nowhere").string();
    CHECK(run("pillarbox-store", {}).exit_code == 2);
    CHECK(run("pillarbox-store", {"fly"}).exit_code == 2);
    CHECK(run("pillarbox-store", {"serve"}).exit_code == 2);
    CHECK(run("pillarbox-store", {"init", "--data", nowhere, "--name", "a b"}).exit_code == 2);
    CHECK(run("pillarbox-store", {"init", "--data", nowhere, "--name", "a", "--host", "a,b"}).exit_code == 2);
    CHECK(run("pillarbox-store", {"status", "--data", nowhere, "--today", "yesterday"}).exit_code == 2);
    CHECK_FALSE(std::filesystem::exists(nowhere));
    const auto missing = run("pillarbox-store", {"serve", "--data", nowhere});
    CHECK(missing.exit_code == 4);
    CHECK(missing.errors.find("pillarbox-store init") != std::string::npos);
    CHECK(run("pillarbox-sync", {}).exit_code == 2);
    CHECK(run("pillarbox-sync", {"run"}).exit_code == 2);
    CHECK(run("pillarbox-sync", {"run", "--station", nowhere}).exit_code == 4);
    CHECK(run("pillarbox-sync", {"status", "--station", nowhere}).exit_code == 4);
    World world;
    CHECK(world.store({"init", "--name", "again"}).exit_code == 4);
    CHECK(world.store({"serve", "--listen", "localhost"}).exit_code == 2);
    CHECK(world.store({"token", "--station", "A", "--url", "http://a"}).exit_code == 2);
    CHECK(world.store({"token", "--station", "", "--url", "https://a"}).exit_code == 2);
}

TEST_CASE("A damaged store ends with 7 and a taken port with 4", "[sqlite]") {
    World world;
    {
        const StoreProcess store(world.data());
        const auto second = world.store({"serve", "--listen", "127.0.0.1:" + std::to_string(store.port())});
        CHECK(second.exit_code == 4);
    }
    const auto database = store::database_path(world.data());
    const auto size = std::filesystem::file_size(database);
    {
        std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(16'384);
        file << std::string(static_cast<std::size_t>(size) - 16'384, '\x5A');
    }
    CHECK(world.store({"serve", "--listen", "127.0.0.1:0"}).exit_code == 7);
    std::ofstream(database, std::ios::trunc) << std::string(50'000, 'x');
    CHECK(world.store({"serve", "--listen", "127.0.0.1:0"}).exit_code == 7);
    World other;
    std::ofstream(other.data() / "store.key", std::ios::trunc) << "nonsense\n";
    CHECK(other.store({"serve", "--listen", "127.0.0.1:0"}).exit_code == 7);
}

TEST_CASE("A store on a full disk refuses and keeps what it has and a kiosk keeps the rest", "[sqlite]") {
    World world;
    const SmallDisk disk(world.folder / "small");
    if (!disk.mounted()) {
        WARN("SKIPPED: full disk: mounting a small file system is not permitted here");
        return;
    }
    for (const auto& entry : std::filesystem::directory_iterator(world.data())) {
        std::filesystem::copy(entry.path(), world.folder / "small" / entry.path().filename());
    }
    std::filesystem::remove_all(world.data());
    std::filesystem::create_directory_symlink("small", world.data());
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(2, 10'000);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    world.answer(3, 900'000);
    const auto full = world.sync({"run"});
    CHECK(full.exit_code == 6);
    CHECK(full.errors.find("The store cannot keep anything now") != std::string::npos);
    CHECK(world.counts().acknowledged == 2);
    CHECK(world.counts().waiting + world.counts().batched == 3);
    CHECK(world.kiosks().front().responses == 2);
    store.kill();
    if (disk.make_read_only()) {
        const auto read_only = world.store({"serve", "--listen", "127.0.0.1:0"});
        CHECK(read_only.exit_code == 4);
        CHECK(read_only.errors.find("read-only") != std::string::npos);
    }
}

TEST_CASE("A daemon sends what comes and ends with success on SIGTERM") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(6);
    const std::string program = tests::built_program("pillarbox-sync");
    const pid_t process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        ::execl(program.c_str(), program.c_str(), "run", "--daemon", "--station", world.station().c_str(), nullptr);
        ::_exit(127);
    }
    for (int tries = 0; tries < 200 && world.counts().acknowledged < 6; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(world.counts().acknowledged == 6);
    ::kill(process, SIGTERM);
    int status = 0;
    ::waitpid(process, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
