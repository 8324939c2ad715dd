// SPDX-License-Identifier: GPL-3.0-or-later
//
// Killed writers, two processes, full disks, damaged files.
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <set>

#include "core/sqlite/connection.hpp"
#include "tests/core/outbox/outbox_fixture.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

// The first 14 bytes of every envelope that is drawn: "envelope 10007".
std::multiset<std::string> names_drawn(OutboxFixture& fixture, outbox::Outbox& outbox) {
    REQUIRE(outbox.start_log(fixture.log_id).has_value());
    std::multiset<std::string> names;
    for (auto bytes = fixture.draw(outbox); bytes.has_value() && bytes->has_value(); bytes = fixture.draw(outbox)) {
        for (const batch::Item& item : items_in(**bytes)) {
            names.emplace(base::text_of(item.envelope).substr(0, 14));
        }
    }
    return names;
}

std::string name_of(int number) {
    return "envelope " + std::to_string(10'000 + number);
}

// Adds without end from `first` on and writes each number to the pipe once its add has returned.
[[noreturn]] void add_and_acknowledge(OutboxFixture& fixture, int first, int pipe) {
    auto outbox = outbox::Outbox::open(fixture.path, fixture.random);
    for (int number = first; outbox.has_value(); ++number) {
        if (!outbox->add(numbered_item(number, 6000)).has_value() || ::write(pipe, &number, sizeof number) < 0) {
            break;
        }
    }
    ::_exit(1);
}

TEST_CASE_METHOD(OutboxFixture, "no acknowledged envelope is lost when the writer is killed at any moment") {
    std::set<std::string> acknowledged;
    int next = 0;
    for (int round = 0; round < 15; ++round) {
        std::array<int, 2> pipe{};
        REQUIRE(::pipe(pipe.data()) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(pipe[0]);
            add_and_acknowledge(*this, next, pipe[1]);
        }
        ::close(pipe[1]);
        bool is_killed = false;
        for (int number = 0; ::read(pipe[0], &number, sizeof number) == sizeof number;) {
            acknowledged.insert(name_of(number));
            next = number + 1;
            if (!is_killed) {
                ::usleep(static_cast<useconds_t>(random.below(60'000)));
                ::kill(child, SIGKILL);
                is_killed = true;
            }
        }
        ::waitpid(child, nullptr, 0);
        ++next;  // the one under way when the writer died may be there or not
        ::close(pipe[0]);
    }
    outbox::Outbox outbox = open();
    CHECK(outbox.counts()->quarantined == 0);
    const std::multiset<std::string> drawn = names_drawn(*this, outbox);
    REQUIRE(acknowledged.size() >= 15);
    for (const std::string& name : acknowledged) {
        CHECK(drawn.count(name) == 1);
    }
    CHECK(drawn.size() <= acknowledged.size() + 15);
}

TEST_CASE_METHOD(OutboxFixture, "a kiosk that adds and a sync that draws and purges lose and double nothing") {
    constexpr int add_count = 40;
    const pid_t child = ::fork();
    if (child == 0) {
        auto outbox = outbox::Outbox::open(path, random);
        base::Result<void> kept = outbox.has_value() ? base::Result<void>() : std::unexpected(outbox.error());
        for (int number = 0; number < add_count && kept.has_value(); ++number) {
            kept = outbox->add(numbered_item(number));
        }
        if (!kept.has_value()) {
            std::cerr << "the adding process: " << kept.error().describe() << '\n';
        }
        ::_exit(kept.has_value() ? 0 : 1);
    }
    outbox::Outbox outbox = open();
    std::multiset<std::string> names;
    int status = -1;
    while (::waitpid(child, &status, WNOHANG) == 0) {
        names.merge(names_drawn(*this, outbox));
        REQUIRE(outbox.purge(receipt_for(outbox)).has_value());
    }
    CHECK(status == 0);
    names.merge(names_drawn(*this, outbox));
    REQUIRE(outbox.purge(receipt_for(outbox)).has_value());
    CHECK(names.size() == add_count);
    for (int number = 0; number < add_count; ++number) {
        CHECK(names.count(name_of(number)) == 1);
    }
    CHECK(outbox.counts()->acknowledged == add_count);
}

// A small file system of its own, for as long as this lives.
class SmallDisk {
  public:
    explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::create_directory(folder_);
        is_mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=6m") == 0;
    }
    ~SmallDisk() {
        if (is_mounted_) {
            ::umount2(folder_.c_str(), MNT_DETACH);  // also where a failed check left files open
        }
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    SmallDisk(SmallDisk&&) = delete;
    SmallDisk& operator=(SmallDisk&&) = delete;
    [[nodiscard]] bool is_mounted() const { return is_mounted_; }

  private:
    std::filesystem::path folder_;
    bool is_mounted_ = false;
};

TEST_CASE_METHOD(OutboxFixture, "a full disk gives no_space and leaves all earlier envelopes whole") {
    const std::filesystem::path disk = folder / "disk";
    const SmallDisk mounted(disk);
    if (!mounted.is_mounted()) {
        std::cout << "SKIPPED: a full disk: this user may not mount a small tmpfs\n";
        return;
    }
    path = disk / "outbox.db";
    outbox::Outbox outbox = open();
    int kept = 0;
    auto added = outbox.add(numbered_item(kept, 60'000));
    for (; added.has_value() && kept < 1000; added = outbox.add(numbered_item(kept, 60'000))) {
        ++kept;
    }
    REQUIRE_FALSE(added.has_value());
    CHECK(added.error().code == ErrorCode::no_space);
    CHECK(kept > 5);
    CHECK(outbox.counts()->waiting == static_cast<std::uint64_t>(kept));
    CHECK(outbox.counts()->quarantined == 0);
}

TEST_CASE_METHOD(OutboxFixture, "a file that may only be read is refused with a remedy") {
    {
        const outbox::Outbox outbox = open();
    }
    REQUIRE(::chmod(path.c_str(), 0444) == 0);
    REQUIRE(::chmod(folder.path().c_str(), 0555) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const bool is_ordinary_user = ::geteuid() != 0 || ::seteuid(65'534) == 0;
        const auto opened = outbox::Outbox::open(path, random);
        const bool refused =
            !opened.has_value() && opened.error().code == ErrorCode::input_output && !opened.error().remedy.empty();
        ::_exit(is_ordinary_user && refused ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    ::chmod(folder.path().c_str(), 0755);
    CHECK(status == 0);
}

TEST_CASE_METHOD(OutboxFixture, "a file that is no outbox is refused and left as it is") {
    const base::Bytes text = base::bytes_of(std::string(10'000, 'x'));
    REQUIRE(base::write_file(path, text).has_value());
    const auto opened = outbox::Outbox::open(path, random);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::damaged);
    CHECK(*base::read_file(path, 1U << 20U) == text);
}

TEST_CASE_METHOD(OutboxFixture, "a damaged envelope is quarantined and the rest is kept") {
    {
        outbox::Outbox outbox = open();
        for (int number = 0; number < 10; ++number) {
            REQUIRE(outbox.add(numbered_item(number)).has_value());
        }
    }
    base::Bytes bytes = *base::read_file(path, 1U << 24U);
    const std::size_t at = base::text_of(bytes).find(name_of(3));
    REQUIRE(at != std::string::npos);
    bytes[at] ^= 1U;
    // And the whole page of another one.
    const std::size_t page = base::text_of(bytes).find(name_of(5)) / 4096 * 4096;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page), 4096, std::uint8_t{0xee});
    REQUIRE(base::write_file(path, bytes).has_value());

    outbox::Outbox outbox = open();
    CHECK(outbox.counts()->quarantined == 2);
    CHECK(outbox.counts()->waiting == 8);
    for (int number = 20; number < 30; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    const std::multiset<std::string> drawn = names_drawn(*this, outbox);
    CHECK(drawn.size() == 18);
    CHECK(drawn.count(name_of(3)) == 0);
    CHECK(drawn.count(name_of(4)) == 1);
    CHECK(outbox.counts()->quarantined == 2);
}

TEST_CASE_METHOD(OutboxFixture, "an outbox whose tables lost a letter takes nothing that could not be drawn") {
    {
        outbox::Outbox outbox = open();
        REQUIRE(outbox.add(numbered_item(1)).has_value());
    }
    base::Bytes bytes = *base::read_file(path, 1U << 24U);
    const std::size_t at = base::text_of(bytes).find("items_digest");
    REQUIRE(at != std::string::npos);
    bytes[at] ^= 1U;
    REQUIRE(base::write_file(path, bytes).has_value());
    const auto opened = outbox::Outbox::open(path, random);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::damaged);
}

TEST_CASE_METHOD(OutboxFixture, "an outbox whose log has a damaged figure is refused before it takes anything") {
    for (const char* damage : {"UPDATE log SET number = -5", "UPDATE log SET hash = x'00'",
                               "UPDATE log SET log_id = x'0102'", "UPDATE log SET acknowledged = -1"}) {
        std::filesystem::remove(path);
        {
            auto outbox = open();
            REQUIRE(outbox.add(numbered_item(1, 100)).has_value());
            REQUIRE(outbox.start_log(log_id).has_value());
        }
        {
            auto connection = sqlite::Connection::open(path, sqlite::OpenMode::read_write);
            REQUIRE(connection.has_value());
            REQUIRE(connection->run(damage).has_value());
        }
        INFO(damage);
        const auto refused = outbox::Outbox::open(path, random);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == ErrorCode::damaged);
    }
}

TEST_CASE_METHOD(OutboxFixture, "a file that lost its end costs only the envelopes that lay there") {
    constexpr int count = 40;
    {
        outbox::Outbox outbox = open();
        for (int number = 0; number < count; ++number) {
            REQUIRE(outbox.add(numbered_item(number)).has_value());
        }
    }
    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2 + 1000);
    const std::string left = raw();
    std::set<std::string> whole;
    for (int number = 0; number < count; ++number) {
        // An envelope's 1300 bytes begin its slot: one that starts well before the cut is there as a whole.
        const std::size_t at = left.find(name_of(number));
        if (at != std::string::npos && at + 4096 < left.size()) {
            whole.insert(name_of(number));
        }
    }
    REQUIRE(!whole.empty());
    outbox::Outbox outbox = open();
    CHECK(outbox.counts()->quarantined > 0);
    for (int number = 50; number < 60; ++number) {
        REQUIRE(outbox.add(numbered_item(number)).has_value());
    }
    const std::multiset<std::string> drawn = names_drawn(*this, outbox);
    for (const std::string& name : whole) {
        CHECK(drawn.count(name) == 1);
    }
    CHECK(drawn.count(name_of(50)) == 1);
    CHECK(drawn.size() < count + 10);
}

TEST_CASE_METHOD(OutboxFixture,
                 "a damaged envelope in a batch blocks the log until it is restarted and costs only itself") {
    {
        outbox::Outbox outbox = open();
        REQUIRE(outbox.start_log(log_id).has_value());
        for (int number = 0; number < 10; ++number) {
            REQUIRE(outbox.add(numbered_item(number)).has_value());
            if (number == 4 || number == 7) {
                REQUIRE(draw(outbox)->has_value());
            }
        }
    }
    base::Bytes bytes = *base::read_file(path, 1U << 24U);
    const std::size_t at = base::text_of(bytes).find(name_of(3));
    REQUIRE(at != std::string::npos);
    bytes[at] ^= 1U;
    REQUIRE(base::write_file(path, bytes).has_value());

    outbox::Outbox outbox = open();
    const auto blocked = outbox.batch_at(1);
    REQUIRE_FALSE(blocked.has_value());
    CHECK(blocked.error().code == ErrorCode::damaged);
    CHECK(blocked.error().remedy.find("restart its log") != std::string::npos);
    CHECK(outbox.batch_at(2).has_value());
    log_id = batch::log_id_of(key.verify_key(), log_id);
    REQUIRE(outbox.restart_log(log_id).has_value());
    const std::multiset<std::string> drawn = names_drawn(*this, outbox);
    CHECK(drawn.size() == 9);
    CHECK(drawn.count(name_of(3)) == 0);
    CHECK(outbox.counts()->quarantined == 1);
}

// Sound SQLite, sound slots, sound header: only the items digest shows that these are not the signed items.
TEST_CASE_METHOD(OutboxFixture, "a batch whose list of envelopes was changed is not handed out") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    REQUIRE(outbox.add(numbered_item(1)).has_value());
    REQUIRE(outbox.add(numbered_item(2)).has_value());
    REQUIRE(draw(outbox)->has_value());
    auto connection = sqlite::Connection::open(path, sqlite::OpenMode::read_write);
    REQUIRE(connection.has_value());
    base::Bytes items;
    {
        auto select = connection->prepare("SELECT items FROM batch");
        auto rows = select->query();
        REQUIRE(rows->next().value_or(false));
        const base::ByteView stored = *rows->bytes(0);
        items.assign(stored.begin(), stored.end());
    }
    REQUIRE(items.size() == 32);
    std::ranges::rotate(items, items.begin() + 16);  // the other order
    REQUIRE(connection->prepare("UPDATE batch SET items = ?")->run(base::ByteView(items)).has_value());
    const auto bytes = outbox.batch_at(1);
    REQUIRE_FALSE(bytes.has_value());
    CHECK(bytes.error().code == ErrorCode::damaged);
}

TEST_CASE_METHOD(OutboxFixture, "bytes flipped anywhere give an error or a quarantine and never a false envelope") {
    {
        outbox::Outbox outbox = open();
        REQUIRE(outbox.start_log(log_id).has_value());
        for (int number = 0; number < 10; ++number) {
            REQUIRE(outbox.add(numbered_item(number)).has_value());
        }
    }
    const base::Bytes sound = *base::read_file(path, 1U << 24U);
    for (int round = 0; round < 60; ++round) {
        base::Bytes bytes = sound;
        // Half of the rounds aim at the first pages, where the tables' roots are.
        const std::size_t range = round % 2 == 0 ? std::size_t{6} * 4096 : bytes.size();
        for (int flip = 0; flip < 8; ++flip) {
            bytes[random.below(range)] ^= static_cast<std::uint8_t>(1 + random.below(255));
        }
        std::filesystem::remove(path.string() + "-wal");
        std::filesystem::remove(path.string() + "-shm");
        REQUIRE(base::write_file(path, bytes).has_value());
        auto outbox = outbox::Outbox::open(path, random);
        if (!outbox.has_value()) {
            CHECK_FALSE(outbox.error().describe().empty());
            continue;
        }
        const auto drawn = draw(*outbox);
        if (drawn.has_value() && drawn->has_value()) {
            for (const batch::Item& item : items_in(**drawn)) {
                const std::string text(base::text_of(item.envelope));
                CHECK(item.envelope == numbered_item(std::stoi(text.substr(9, 5)) - 10'000).envelope);
            }
        }
    }
}

}  // namespace
}  // namespace pillarbox::tests
