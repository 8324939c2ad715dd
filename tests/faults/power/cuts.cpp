// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fault kind (d): the power of a real file system is cut under a process that works as a station and as a store.
//
// The worker tells what it does through a pipe. What was read from the pipe before the cut was acknowledged while
// there was power, and only that counts; the moment of the cut is drawn from the seed as a number of acknowledgements
// and a pause, so that a run comes back nearly, but not to the microsecond, as it was. The control's worker commits
// without flushing.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>

#include "core/sqlite/connection.hpp"
#include "core/sqlite/transaction.hpp"
#include "tests/faults/power/cut_disk.hpp"
#include "tests/faults/power/weak_commits.hpp"
#include "tests/faults/storage/acknowledged.hpp"
#include "tests/faults/storage/harness.hpp"
#include "tests/faults/storage/own_mounts.hpp"
#include "tests/faults/storage/station_work.hpp"
#include "tests/faults/storage/store_work.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {
namespace {

struct Places {
    std::filesystem::path outbox;
    std::filesystem::path store;
};

void write_event(int pipe, const Event& event) {
    base::Bytes bytes = encode_event(event);
    while (!bytes.empty()) {
        const ssize_t written = ::write(pipe, bytes.data(), bytes.size());
        if (written <= 0) {
            ::_exit(1);
        }
        bytes.erase(bytes.begin(), bytes.begin() + written);
    }
}

// Works until the disk is gone. Half of the workers have a reader beside them, as kiosk and sync are: its open
// snapshot keeps the write-ahead log from being emptied, so that acknowledged responses lie in the log alone.
[[noreturn]] void work_until_the_end(const Places& places, SeededRandom& random, std::uint64_t next_upload,
                                     int pipe) {
    constexpr int steps_max = 400;
    bool has_power = true;
    const Tell tell = [&](const Event& event) {
        has_power = has_power && event.kind != EventKind::has_failed;
        next_upload = event.kind == EventKind::has_uploaded ? event.number + 1 : next_upload;
        write_event(pipe, event);
    };
    auto outbox = outbox::Outbox::open(places.outbox, random);
    auto database = sqlite_storage::Database::open(places.store, sqlite::OpenMode::read_write);
    if (outbox.has_value() && database.has_value()) {
        auto reader = sqlite::Connection::open(places.outbox, sqlite::OpenMode::read_write);
        base::Result<void> reading;
        if (reader.has_value() && random.in_percent(50)) {
            reading = reader->run("BEGIN; SELECT count(*) FROM pool");
        }
        StationWork work(*outbox, random, tell);
        work.start();
        for (int step = 0; step < steps_max && has_power && reading.has_value(); ++step) {
            if (random.in_percent(70)) {
                work.step();
            } else {
                upload(**database, next_upload, tell);
            }
        }
    }
    ::_exit(0);  // before the connections close: a clean end would flush what was not flushed
}

class Worker {
  public:
    Worker(const Places& places, SeededRandom& random, std::uint64_t next_upload, Variant variant) {
        constexpr int pipe_size_bytes = 1 << 20;
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return;
        }
        ::fcntl(ends[1], F_SETPIPE_SZ, pipe_size_bytes);
        process_ = ::fork();
        if (process_ == 0) {
            ::close(ends[0]);
            if (variant == Variant::control) {
                commit_without_flushing();
            }
            work_until_the_end(places, random, next_upload, ends[1]);
        }
        ::close(ends[1]);
        pipe_ = ends[0];
    }
    ~Worker() {
        kill();
        ::close(pipe_);
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // Whole events that are there by now; waits up to `patience` for the first. False at the end.
    [[nodiscard]] bool read(std::vector<Event>& events, std::chrono::milliseconds patience) {
        pollfd waited{pipe_, POLLIN, 0};
        if (::poll(&waited, 1, static_cast<int>(patience.count())) <= 0) {
            return true;
        }
        std::array<std::uint8_t, 65536> piece{};
        const ssize_t count = ::read(pipe_, piece.data(), piece.size());
        bytes_.insert(bytes_.end(), piece.begin(), piece.begin() + std::max<ssize_t>(count, 0));
        for (auto event = take_event(bytes_); event.has_value(); event = take_event(bytes_)) {
            events.push_back(std::move(*event));
        }
        return count > 0;
    }
    void kill() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
            process_ = -1;
        }
    }

  private:
    pid_t process_ = -1;
    int pipe_ = -1;
    base::Bytes bytes_;
};

struct Accounts {
    Account station;
    StoreAccount store;
    void take(const std::vector<Event>& events, Heard heard) {
        for (const Event& event : events) {
            station.take(event, heard);
            store.take(event, heard);
        }
    }
};

bool is_acknowledgement(const Event& event) {
    return event.kind == EventKind::has_added || event.kind == EventKind::has_drawn ||
           event.kind == EventKind::has_purged || event.kind == EventKind::has_uploaded;
}

// Lets a worker work, cuts the power under it, and brings the disk back.
base::Result<void> work_and_cut(CutDisk& disk, const Places& places, Accounts& accounts, SeededRandom& random,
                                Variant variant) {
    constexpr std::chrono::milliseconds patience{5000};
    const std::uint64_t enough = random.below(40);
    const auto pause_us = static_cast<useconds_t>(random.below(3000));
    const Cut cut = random.in_percent(75) ? Cut::at_once : Cut::after_journal_flush;
    // Dice of its own: this process's would not move on with the worker's, and the next worker would throw them
    // again.
    SeededRandom worker_random(random.below(UINT64_MAX));
    Worker worker(places, worker_random, accounts.store.next(), variant);
    std::vector<Event> events;
    bool goes_on = true;
    for (std::uint64_t heard = 0; goes_on && heard < enough;) {
        events.clear();
        goes_on = worker.read(events, patience);
        accounts.take(events, Heard::before_the_fault);
        heard += static_cast<std::uint64_t>(std::ranges::count_if(events, is_acknowledgement));
    }
    ::usleep(pause_us);
    events.clear();
    goes_on = goes_on && worker.read(events, std::chrono::milliseconds(0));
    accounts.take(events, Heard::before_the_fault);
    TRY(disk.cut_power(cut));
    worker.kill();
    events.clear();
    while (worker.read(events, patience)) {
    }
    accounts.take(events, Heard::after_it);
    return disk.mount_again();
}

std::vector<std::string> check(const Places& places, Accounts& accounts, SeededRandom& random) {
    auto outbox = outbox::Outbox::open(places.outbox, random);
    if (!outbox.has_value()) {
        return {"I1 the outbox does not open after the cut: " + outbox.error().describe()};
    }
    std::vector<std::string> broken = accounts.station.check(*outbox);
    auto database = sqlite_storage::Database::open(places.store, sqlite::OpenMode::read_write);
    if (!database.has_value()) {
        return {"I1 the store does not open after the cut: " + database.error().describe()};
    }
    const std::vector<std::string> of_store = accounts.store.check(**database);
    broken.insert(broken.end(), of_store.begin(), of_store.end());
    return broken;
}

std::vector<std::string> cut(const base::Bytes& image, std::uint64_t seed, Variant variant) {
    constexpr std::array<const char*, 3> journal_modes{"data=ordered", "data=writeback", "data=journal"};
    SeededRandom random(seed);
    const TemporaryFolder scratch;
    auto disk = CutDisk::mount(image, scratch / "disk", journal_modes[random.below(journal_modes.size())]);
    if (!disk.has_value()) {
        return {"the disk can't be mounted: " + disk.error().describe()};
    }
    const Places places{scratch / "disk" / "outbox.db", scratch / "disk" / "store.db"};
    const auto made = make_store(places.store);
    if (!made.has_value()) {
        return {"the store can't be made: " + made.error().describe()};
    }
    Accounts accounts;
    const std::uint64_t cuts = 1 + random.below(3);
    for (std::uint64_t count = 0; count < cuts; ++count) {
        const auto back = work_and_cut(*disk, places, accounts, random, variant);
        if (!back.has_value()) {
            return {"the disk does not come back: " + back.error().describe()};
        }
        std::vector<std::string> broken = check(places, accounts, random);
        if (!broken.empty()) {
            return broken;
        }
    }
    return {};
}

}  // namespace
}  // namespace pillarbox::tests

int main(int argument_count, char** arguments) {
    using namespace pillarbox;
    const tests::TemporaryFolder scratch;
    const auto is_private = tests::keep_mounts_private();
    const auto image = tests::make_empty_image(scratch.path());
    if (!is_private.has_value() || !image.has_value()) {
        return tests::skip("power",
                           is_private.has_value() ? image.error().describe() : is_private.error().describe());
    }
    const auto disk = tests::CutDisk::mount(*image, scratch / "disk", "data=ordered");
    if (!disk.has_value()) {
        return tests::skip("power", disk.error().describe());
    }
    return tests::run_many(argument_count, arguments, [&image](std::uint64_t seed, tests::Variant variant) {
        return tests::cut(*image, seed, variant);
    });
}
