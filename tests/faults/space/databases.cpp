// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/space/databases.hpp"

#include <memory>
#include <optional>

#include "core/base/check.hpp"
#include "tests/faults/storage/acknowledged.hpp"
#include "tests/faults/storage/station_work.hpp"
#include "tests/faults/storage/store_work.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::uint64_t outbox_need_bytes = std::uint64_t{4} << 20U;
constexpr std::uint64_t store_need_bytes = std::uint64_t{1} << 20U;

// Every failure on a full disk has to say that it is full.
class Failures {
  public:
    void take(const Event& event) {
        if (event.kind == EventKind::has_failed &&
            event.number != static_cast<std::uint64_t>(base::ErrorCode::no_space)) {
            note("the error is another than a full disk: " + std::string(base::text_of(event.bytes)));
        }
        count_ += event.kind == EventKind::has_failed ? 1 : 0;
    }
    void take(const base::Error& error) {
        take({EventKind::has_failed, static_cast<std::uint64_t>(error.code), base::bytes_of(error.describe())});
    }
    void note(std::string sentence) { sentences_.push_back(std::move(sentence)); }
    [[nodiscard]] int count() const { return count_; }
    [[nodiscard]] std::vector<std::string> sentences() const { return sentences_; }

  private:
    int count_ = 0;
    std::vector<std::string> sentences_;
};

// Whatever failed before, with room everything has to work again.
void work_with_room(outbox::Outbox& outbox, Account& account, SeededRandom& random, Failures& failures) {
    const int before = failures.count();
    StationWork work(outbox, random, [&](const Event& event) {
        account.take(event);
        failures.take(event);
    });
    work.start();
    for (int step = 0; step < 5; ++step) {
        work.step();
    }
    if (failures.count() != before) {
        failures.note("the outbox does not go on once there is room");
    }
    for (const std::string& sentence : account.check(outbox)) {
        failures.note(sentence);
    }
}

}  // namespace

Squeeze::Squeeze(SmallDisk& disk, SeededRandom& random, std::uint64_t need_bytes, std::uint64_t file_bytes)
    : disk_(&disk) {
    constexpr std::uint64_t files_max = 12;
    const std::uint64_t way = random.below(10);
    if (way == 0) {
        PILLARBOX_CHECK(disk.leave_files(random.below(files_max)).has_value());
    } else if (way < 5) {
        PILLARBOX_CHECK(disk.leave_bytes(random.below(need_bytes)).has_value());
    } else {
        file_bytes_max_ = random.below(file_bytes);
        limit_ = std::make_unique<FileSizeLimit>(file_bytes_max_);
    }
}

Squeeze::~Squeeze() {
    limit_.reset();
    PILLARBOX_CHECK(disk_->leave_plenty().has_value());
}

std::vector<std::string> fill_outbox(SmallDisk& disk, SeededRandom& random, Keeper keeper) {
    constexpr int steps_max = 40;
    const std::filesystem::path path = disk.folder() / "outbox.db";
    Account account;
    Failures failures;
    std::optional<outbox::Outbox> kept_open;
    {
        const Squeeze squeeze(disk, random, outbox_need_bytes, outbox_need_bytes / 2);
        auto outbox = outbox::Outbox::open(path, random);
        if (!outbox.has_value()) {
            failures.take(outbox.error());
        } else {
            const Tell tell = [&](const Event& event) {
                account.take(event);
                failures.take(event);
            };
            StationWork work(*outbox, random, tell,
                             keeper == Keeper::careless ? Thanks::careless : Thanks::once_kept);
            work.start();
            for (int step = 0; step < steps_max; ++step) {
                work.step();
            }
            if (random.in_percent(50)) {
                kept_open.emplace(std::move(*outbox));  // the kiosk does not restart because somebody freed space
            }
        }
    }
    if (kept_open.has_value()) {
        work_with_room(*kept_open, account, random, failures);
        kept_open.reset();
    }
    auto outbox = outbox::Outbox::open(path, random);
    if (!outbox.has_value()) {
        return {"I1 the outbox does not open once there is room: " + outbox.error().describe()};
    }
    for (const std::string& sentence : account.check(*outbox)) {
        failures.note(sentence);
    }
    work_with_room(*outbox, account, random, failures);
    return failures.sentences();
}

std::vector<std::string> fill_store(SmallDisk& disk, SeededRandom& random, Keeper keeper) {
    const std::filesystem::path path = disk.folder() / "store.db";
    StoreAccount account;
    Failures failures;
    const Tell tell = [&](const Event& event) {
        account.take(event);
        failures.take(event);
    };
    const auto made = make_store(path);
    PILLARBOX_CHECK(made.has_value());
    auto database = sqlite_storage::Database::open(path, sqlite::OpenMode::read_write);
    PILLARBOX_CHECK(database.has_value());
    {
        const Squeeze squeeze(disk, random, store_need_bytes, store_need_bytes / 2);
        for (int step = 0; step < 60; ++step) {
            upload(**database, account.next(), tell,
                   keeper == Keeper::careless ? Receipts::careless : Receipts::once_kept);
        }
    }
    if (random.in_percent(50)) {
        database = sqlite_storage::Database::open(path, sqlite::OpenMode::read_write);
        if (!database.has_value()) {
            return {"I1 the store does not open once there is room: " + database.error().describe()};
        }
    }
    for (const std::string& sentence : account.check(**database)) {
        failures.note(sentence);
    }
    const int before = failures.count();
    upload(**database, account.next(), tell);
    for (const std::string& sentence : account.check(**database)) {
        failures.note(sentence);
    }
    if (failures.count() != before) {
        failures.note("the store does not go on once there is room");
    }
    return failures.sentences();
}

}  // namespace pillarbox::tests
