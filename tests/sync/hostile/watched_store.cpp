// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/hostile/watched_store.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

namespace pillarbox::tests {
WatchedStore::WatchedStore() : store(world.data()) {
    world.enrol(store.url());
    deliver();
}

std::chrono::milliseconds WatchedStore::deliver(int responses) {
    world.answer(responses);
    const auto start = std::chrono::steady_clock::now();
    const auto outcome = world.sync({"run"});
    const auto lasted = std::chrono::steady_clock::now() - start;
    INFO(outcome.errors);
    REQUIRE(outcome.exit_code == 0);
    delivered_responses += static_cast<std::uint64_t>(responses);
    return std::chrono::duration_cast<std::chrono::milliseconds>(lasted);
}

Footprint WatchedStore::footprint() const {
    const std::filesystem::path process = "/proc/" + std::to_string(store.process());
    Footprint footprint;
    std::ifstream status(process / "status");
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string name;
        std::size_t value = 0;
        words >> name >> value;
        if (name == "VmHWM:") {
            footprint.peak_kib = value;
        } else if (name == "Threads:") {
            footprint.threads = value;
        }
    }
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(process / "fd")) {
        ++footprint.descriptors;
    }
    return footprint;
}

Footprint WatchedStore::footprint_at_rest() const {
    constexpr int rest = 5;  // looks
    Footprint fewest = footprint();
    for (int looks = 0, unchanged = 0; looks < 50 && unchanged < rest; ++looks) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const Footprint now = footprint();
        unchanged = now.descriptors < fewest.descriptors ? 0 : unchanged + 1;
        fewest = unchanged == 0 ? now : fewest;
    }
    return fewest;
}

void WatchedStore::check_memory([[maybe_unused]] std::size_t peak_kib_max) const {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    std::printf("the store's memory is not checked: a sanitizer's own would be measured\n");
#else
    CHECK(footprint().peak_kib < peak_kib_max);
#endif
}

std::string WatchedStore::log() const {
    std::ifstream file(world.data() / "log");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WatchedStore::check_contents() {
    const auto kiosks = world.kiosks();
    REQUIRE(kiosks.size() == 1);
    CHECK(kiosks.front().responses == delivered_responses);
    CHECK(kiosks.front().stored == world.head().number);
    CHECK(kiosks.front().stored_hash == world.head().hash);
    CHECK(world.counts().acknowledged == delivered_responses);
    const std::string text = log();
    CHECK(text.find("127.0.") == std::string::npos);
    CHECK(text.find("canary") == std::string::npos);
    CHECK(text.find("Brixton") == std::string::npos);
}

}  // namespace pillarbox::tests
