// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/space/world.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::tests {
namespace {

const std::string campaign_id = "las-strategy-2023-28";

std::string run_well(const std::vector<std::string>& arguments) {
    Outcome outcome = run_program(arguments);
    if (outcome.exit_code != 0) {
        ::fputs(outcome.errors.c_str(), stderr);
    }
    PILLARBOX_CHECK(outcome.exit_code == 0);
    while (outcome.output.ends_with('\n')) {
        outcome.output.pop_back();
    }
    return outcome.output;
}

}  // namespace

Files files_in(const std::filesystem::path& folder) {
    constexpr std::size_t size_max = std::size_t{64} << 20U;
    Files files;
    std::error_code status;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, status)) {
        if (entry.is_regular_file()) {
            const auto bytes = base::read_file(entry.path(), size_max);
            files[entry.path().lexically_relative(folder).string()] = bytes.value_or(base::Bytes());
        }
    }
    return files;
}

World::World() {
    const std::string desk = built_program("pillarbox");
    const std::string store = built_program("pillarbox-store");
    const std::string sync = built_program("pillarbox-sync");
    const std::string workbook = PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx";
    run_well({desk, "key", "new", "--sealing", folder_ / "sealing.key"});
    run_well({desk, "key", "new", "--signing", folder_ / "signing.key"});
    recipient_ = run_well({desk, "key", "show", folder_ / "sealing.key"});
    committee_key_ = run_well({desk, "key", "show", folder_ / "signing.key"});
    run_well({desk, "campaign", "build", workbook, "--recipient", recipient_, "--version", "1", "--expires",
              "2023-12-31", "--out", folder_ / "unsigned.pack"});
    run_well({desk, "campaign", "sign", folder_ / "unsigned.pack", "--key", folder_ / "signing.key", "--out",
              folder_ / "campaign.pack"});
    run_well({store, "init", "--data", folder_ / "store", "--name", "store.test", "--sole-copy"});
    start_store();

    run_well(enrol_kiosk(folder_ / "station"));
    run_well({sync, "enrol", "--station", folder_ / "station"});
    for (int batch = 0; batch < 3; ++batch) {
        answer(folder_ / "station", 4);
        run_well({sync, "run", "--station", folder_ / "station"});
    }
    // What is exported and opened stays as it is, while the store goes on with the stations of the scenes.
    std::filesystem::copy(folder_ / "store", folder_ / "held", std::filesystem::copy_options::recursive);
    run_well({store, "export", "--data", folder_ / "held", "--out", folder_ / "export"});
    exported_ = files_in(folder_ / "export");
    run_well(open_export(folder_ / "opened"));
    opened_ = files_in(folder_ / "opened");
    opened_.erase(journal_name);
}

World::~World() {
    if (store_ > 0) {
        ::kill(store_, SIGTERM);
        ::waitpid(store_, nullptr, 0);
    }
}

void World::start_store() {
    std::array<int, 2> ends{};
    PILLARBOX_CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    const std::string program = built_program("pillarbox-store");
    const std::string data = folder_ / "store";
    const std::string log = folder_ / "log";
    store_ = ::fork();
    PILLARBOX_CHECK(store_ >= 0);
    if (store_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves no store behind
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
        ::execl(program.c_str(), program.c_str(), "serve", "--data", data.c_str(), "--listen", "127.0.0.1:0",
                nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string line;
    char letter = 0;
    while (::read(ends[0], &letter, 1) == 1 && letter != '\n') {
        line.push_back(letter);
    }
    ::close(ends[0]);
    const std::string start = "listening on ";
    PILLARBOX_CHECK(line.starts_with(start));
    url_ = line.substr(start.size());
}

std::string World::new_token() const {
    return run_well({built_program("pillarbox-store"), "token", "--data", folder_ / "store", "--station",
                     "Brixton Library", "--url", url_});
}

std::vector<std::string> World::enrol_kiosk(const std::filesystem::path& station) const {
    return {built_program("pillarbox"),
            "kiosk",
            "enrol",
            "--pack",
            folder_ / "campaign.pack",
            "--committee-key",
            committee_key_,
            "--token",
            new_token(),
            "--station",
            station,
            "--today",
            "2023-01-20"};
}

std::vector<std::string> World::open_export(const std::filesystem::path& out) const {
    return {built_program("pillarbox"),
            "open",
            "--export",
            folder_ / "export",
            "--pack",
            folder_ / "campaign.pack",
            "--committee-key",
            committee_key_,
            "--identity",
            folder_ / "sealing.key",
            "--out",
            out,
            "--jobs",
            "1"};
}

void World::answer(const std::filesystem::path& station, int responses) const {
    crypto::SystemRandom random;
    auto outbox = outbox::Outbox::open(station::outbox_path(station), random).value();
    for (int number = 0; number < responses; ++number) {
        submission::Submission given;
        given.campaign_id = campaign_id;
        given.form_version = "1";
        given.uuid = submission::random_uuid(random);
        given.day = base::parse_day("2023-01-20").value();
        given.language = "en";
        given.answers = {{"/data/short/short_text", "planted answer " + std::to_string(number)}};
        const auto encoded = submission::encode(given).value();
        batch::Item item;
        random.fill(item.tag);
        item.envelope =
            envelope::seal(encoded.view(), {envelope::parse_recipient(recipient_).value()}, random).value();
        PILLARBOX_CHECK(outbox.add(item).has_value());
    }
}

}  // namespace pillarbox::tests
