// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nothing of what was said to one person stays in the process for the next: it is searched from end to end.
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <charconv>
#include <fstream>

#include "accessibility/speech/engine.hpp"
#include "tests/support/sound_server.hpp"

using namespace pillarbox;

namespace {

// Written so that this program's own text does not hold it.
std::string canary() {
    std::string word;
    for (const char letter : std::string_view("rxpjwlcwijghrxkqvmzdt")) {
        word += static_cast<char>(letter + 1);
    }
    return word;
}

std::string wide(const std::string& text) {
    std::string letters;
    for (const char letter : text) {
        letters += letter;
        letters.append(3, '\0');
    }
    return letters;
}

struct Place {
    std::uintptr_t start = 0;
    std::uintptr_t end = 0;
    std::string name;
};

std::vector<Place> writable_memory() {
    std::ifstream maps("/proc/self/maps");
    std::vector<Place> places;
    for (std::string line; std::getline(maps, line);) {
        Place place;
        const auto dash = line.find('-');
        const auto space = line.find(' ');
        std::from_chars(line.data(), line.data() + dash, place.start, 16);
        std::from_chars(line.data() + dash + 1, line.data() + space, place.end, 16);
        place.name = line.substr(std::min(line.size(), std::size_t{73}));
        if (line[space + 2] == 'w') {
            places.push_back(place);
        }
    }
    return places;
}

// Where it is found, but for the needle's own place.
std::vector<std::string> places_of(const std::string& needle) {
    std::vector<std::string> found;
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    std::vector<char> block(std::size_t{1} << 20U);
    for (const auto& place : writable_memory()) {
        for (auto at = place.start; at < place.end; at += block.size() / 2) {
            const auto size =
                ::pread(memory, block.data(), std::min(block.size(), place.end - at), static_cast<off_t>(at));
            const std::string_view seen(block.data(), static_cast<std::size_t>(std::max<ssize_t>(0, size)));
            for (auto hit = seen.find(needle); hit != std::string_view::npos; hit = seen.find(needle, hit + 1)) {
                const auto address = at + hit;
                const auto own = reinterpret_cast<std::uintptr_t>(needle.data());
                const auto buffer = reinterpret_cast<std::uintptr_t>(block.data());
                if (address != own && (address < buffer || address >= buffer + block.size())) {
                    found.push_back(place.name.empty() ? "memory without a name" : place.name);
                }
            }
        }
    }
    ::close(memory);
    return found;
}

speech::Utterance answer() {
    speech::Utterance utterance{{speech::Part("My name is " + canary() + " and that is all.", "en")},
                                speech::Urgency::focus};
    utterance.parts.front().privacy = speech::Privacy::for_one_person;
    return utterance;
}

}  // namespace

TEST_CASE("what was said is in no part of the memory once it is forgotten") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    WARN("SKIPPED: search of the memory for speech: a sanitizer keeps freed memory, and terabytes of its own");
    return;
#endif
    const auto server = tests::SoundServer::start();
    if (!server.has_value()) {
        WARN("SKIPPED: speech: no PulseAudio server can be started here");
        return;
    }
    speech::Engine engine({.server = server->address()});
    engine.set_manners({.rate_wpm = 450, .listening = speech::Listening::answers_aloud});
    engine.say(answer());
    engine.wait_until_quiet();
    const auto needle = canary();
    const auto wide_needle = wide(canary());
    const auto before = places_of(needle).size() + places_of(wide_needle).size();
    CHECK(before > 0);  // the control: it was here, in the voice's buffers
    engine.forget();
    engine.wait_until_quiet();
    CHECK(places_of(needle) == std::vector<std::string>{});
    CHECK(places_of(wide_needle) == std::vector<std::string>{});
}
