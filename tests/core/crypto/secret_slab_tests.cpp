// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_slab.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "core/crypto/secret_bytes.hpp"

using namespace pillarbox;
using crypto::SecretBytes;

namespace {

constexpr std::uint8_t mark = 0xc3;

SecretBytes marked(std::size_t size_bytes) {
    SecretBytes secret(size_bytes);
    std::ranges::fill(secret.bytes(), mark);
    return secret;
}

// The kernel's words on the mapping that an address lies in: "lo" for locked, "dd" for left out of core dumps.
std::string mapping_flags(const void* address) {
    std::ifstream mappings("/proc/self/smaps");
    const auto wanted = reinterpret_cast<std::uintptr_t>(address);
    bool inside = false;
    for (std::string line; std::getline(mappings, line);) {
        std::uintptr_t start = 0;
        std::uintptr_t end = 0;
        char dash = 0;
        std::istringstream words(line);
        if (words >> std::hex >> start >> dash >> end && dash == '-') {
            inside = start <= wanted && wanted < end;
        } else if (inside && line.starts_with("VmFlags:")) {
            return line + " ";
        }
    }
    return {};
}

// Runs it in a process of its own: how that ended, as waitpid tells.
template <typename Work>
int ending_of(const Work& work) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit no_core{0, 0};
        ::setrlimit(RLIMIT_CORE, &no_core);
        // Catch2 and the sanitizers have handlers of their own for these.
        for (const int number : {SIGABRT, SIGSEGV, SIGBUS}) {
            ::signal(number, SIG_DFL);
        }
        ::close(STDERR_FILENO);
        work();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return status;
}

}  // namespace

TEST_CASE("a released small secret is wiped where it lay") {
    for (const std::size_t size : {std::size_t{16}, std::size_t{32}, std::size_t{1024}, std::size_t{4096}}) {
        CAPTURE(size);
        const std::uint8_t* place = nullptr;
        {
            const SecretBytes secret = marked(size);
            place = secret.view().data();
        }
        // The slab stays mapped, so that what was left there can be seen.
        CHECK(std::count(place, place + size, mark) == 0);
    }
}

TEST_CASE("a secret that replaces another leaves nothing of it") {
    SecretBytes secret = marked(32);
    const std::uint8_t* const place = secret.view().data();
    secret = SecretBytes(16);
    CHECK(std::count(place, place + 32, mark) == 0);
}

TEST_CASE("small secrets lie in memory that is locked and left out of core dumps") {
    for (const std::size_t size : {std::size_t{32}, std::size_t{4096}}) {
        const SecretBytes secret = marked(size);
        const std::string flags = mapping_flags(secret.view().data());
        REQUIRE_FALSE(flags.empty());
        CHECK(flags.find(" dd ") != std::string::npos);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        WARN("SKIPPED: locked memory: a sanitizer's mlock does nothing");
        return;
#endif
        rlimit limit{};
        REQUIRE(::getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
        if (limit.rlim_cur < (rlim_t{1} << 20U)) {
            WARN("SKIPPED: locked memory: this process may lock less than 1 MiB");
            return;
        }
        CHECK(flags.find(" lo ") != std::string::npos);
    }
}

TEST_CASE("writing past the end of a small secret ends the process when it is released") {
    for (const std::size_t size : {std::size_t{1}, std::size_t{32}, std::size_t{4096}}) {
        CAPTURE(size);
        const int status = ending_of([size] {
            SecretBytes secret(size);
            std::uint8_t* const behind = secret.bytes().data() + size;
            *behind = static_cast<std::uint8_t>(*behind ^ 0x01U);
        });
        REQUIRE(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == SIGABRT);
        CHECK(ending_of([size] { SecretBytes(size).bytes().back() = 1; }) == 0);
    }
}

TEST_CASE("running out of the slab ends at a page that can't be touched") {
    const int status = ending_of([] {
        SecretBytes secret(32);
        volatile std::uint8_t* at = secret.bytes().data();
        for (std::size_t step = 0; step < (std::size_t{1} << 20U); ++step) {
            static_cast<void>(at[step]);
        }
    });
    REQUIRE(WIFSIGNALED(status));
    CHECK((WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS));
}

TEST_CASE("more secrets than the slab has cells for keep apart") {
    std::vector<SecretBytes> secrets;
    for (std::size_t number = 0; number < 700; ++number) {
        secrets.push_back(SecretBytes(number % 2 == 0 ? 32 : 2048));
        std::ranges::fill(secrets.back().bytes(), static_cast<std::uint8_t>(number));
    }
    for (std::size_t number = 0; number < secrets.size(); ++number) {
        const auto content = secrets[number].view();
        CHECK(std::ranges::count(content, static_cast<std::uint8_t>(number)) ==
              static_cast<std::ptrdiff_t>(content.size()));
    }
}

TEST_CASE("threads that take and release secrets at the same time never share one") {
    std::atomic<int> shared{0};
    {
        std::vector<std::jthread> threads;
        for (std::uint8_t name = 1; name <= 4; ++name) {
            threads.emplace_back([&shared, name] {
                for (int round = 0; round < 2000; ++round) {
                    SecretBytes secret(32);
                    std::ranges::fill(secret.bytes(), name);
                    const SecretBytes kept = std::move(secret);
                    shared += std::ranges::count(kept.view(), name) == 32 ? 0 : 1;
                }
            });
        }
    }
    CHECK(shared == 0);
}
