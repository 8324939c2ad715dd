// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sealing and opening against libsodium's sealed boxes, two threads against one, and opening against one process of
// Debian's age a file.
#include <sodium.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <string>
#include <thread>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "tests/bench/paired.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace pillarbox;
using bench::Time;

constexpr std::size_t payload_size_bytes = 2048;  // the padded size of a usual response
constexpr std::size_t opened_size_bytes_max = std::size_t{1} << 20U;

// The same payload for one committee key: as our envelope and as libsodium's sealed box.
struct Sample {
    crypto::SystemRandom random;
    std::vector<envelope::Identity> identities;
    std::vector<envelope::Recipient> recipients;
    base::Bytes plaintext = base::Bytes(payload_size_bytes, 'x');
    base::Bytes sealed;

    std::array<std::uint8_t, crypto_box_PUBLICKEYBYTES> box_public{};
    std::array<std::uint8_t, crypto_box_SECRETKEYBYTES> box_secret{};
    base::Bytes box = base::Bytes(payload_size_bytes + crypto_box_SEALBYTES);

    Sample() {
        identities.push_back(envelope::Identity::generate(random));
        recipients.push_back(identities.front().recipient());
        PILLARBOX_CHECK(crypto_box_keypair(box_public.data(), box_secret.data()) == 0);
        seal();
        seal_box();
    }
    void seal() { sealed = envelope::seal(plaintext, recipients, random).value(); }
    void seal_box() {
        PILLARBOX_CHECK(crypto_box_seal(box.data(), plaintext.data(), plaintext.size(), box_public.data()) == 0);
    }
    void open() const { PILLARBOX_CHECK(envelope::open(sealed, identities, opened_size_bytes_max).has_value()); }
    void open_box() const {
        base::Bytes opened(payload_size_bytes);
        PILLARBOX_CHECK(
            crypto_box_seal_open(opened.data(), box.data(), box.size(), box_public.data(), box_secret.data()) == 0);
    }
};

void compare_with_sealed_boxes(Sample& sample, int pairs) {
    constexpr int operations = 100;
    bench::compare(
        {"seal", Time::processor, pairs, operations, operations}, [&] { sample.seal(); }, [&] { sample.seal_box(); });
    bench::compare(
        {"open", Time::processor, pairs, operations, operations}, [&] { sample.open(); }, [&] { sample.open_box(); });
}

void open_on_threads(const Sample& sample, unsigned threads, int envelopes) {
    std::atomic<int> left{envelopes};
    const auto work = [&] {
        while (left.fetch_sub(1) > 0) {
            sample.open();
        }
    };
    std::vector<std::jthread> others;
    for (unsigned thread = 1; thread < threads; ++thread) {
        others.emplace_back(work);
    }
    work();
}

void compare_cores(const Sample& sample, int pairs) {
    constexpr int envelopes = 2000;
    bench::compare(
        {"open-on-two-cores", Time::wall, pairs, 1, 1}, [&] { open_on_threads(sample, 2, envelopes); },
        [&] { open_on_threads(sample, 1, envelopes); });
}

void run_age(const std::string& key_file, const std::string& sealed_file) {
    std::vector<std::string> words = {"age", "-d", "-i", key_file, "-o", "/dev/null", sealed_file};
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    pid_t process = -1;
    int status = -1;
    PILLARBOX_CHECK(::posix_spawnp(&process, "age", nullptr, nullptr, arguments.data(), environ) == 0);
    PILLARBOX_CHECK(::waitpid(process, &status, 0) == process && status == 0);
}

void compare_with_age(const Sample& sample, int pairs) {
    constexpr int files = 20;
    const tests::TemporaryFolder folder;
    const std::string key_file = folder / "committee.key";
    PILLARBOX_CHECK(base::write_file(key_file, sample.identities.front().format().view()).has_value());
    std::vector<std::string> names;
    for (int file = 0; file < files; ++file) {
        names.push_back(folder / std::to_string(file));
        PILLARBOX_CHECK(base::write_file(names.back(), sample.sealed).has_value());
    }
    std::size_t ours = 0;
    std::size_t theirs = 0;
    bench::compare(
        {"open-against-age", Time::wall, pairs, 10 * files, files},
        [&] {
            const auto sealed = base::read_file(names[ours++ % names.size()], opened_size_bytes_max).value();
            PILLARBOX_CHECK(envelope::open(sealed, sample.identities, opened_size_bytes_max).has_value());
        },
        [&] { run_age(key_file, names[theirs++ % names.size()]); });
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures sealing and opening against libsodium's sealed boxes and against age."};
    int pairs = 40;
    command.add_option("--pairs", pairs, "How often ours and the peer take turns");
    CLI11_PARSE(command, argument_count, arguments);
    Sample sample;
    compare_with_sealed_boxes(sample, pairs);
    compare_cores(sample, pairs);
    if (tests::is_installed("age")) {
        compare_with_age(sample, pairs);
    }
    return 0;
}
