// SPDX-License-Identifier: GPL-3.0-or-later
//
// A PulseAudio server of a test, with devices that play into nothing and can be listened to. It has a folder of its
// own, and nothing of the machine's sound is touched.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

// Hears what one device plays.
class SoundListener {
  public:
    SoundListener(const std::string& server, const std::string& sink);
    ~SoundListener();
    SoundListener(const SoundListener&) = delete;
    SoundListener& operator=(const SoundListener&) = delete;

    using Time = std::chrono::steady_clock::time_point;
    // When the first sound arrived; none within `patience`.
    [[nodiscard]] std::optional<Time> wait_for_sound(std::chrono::milliseconds patience);
    // When the last sound arrived before `quiet` of silence; none where it never falls silent within ten seconds, or
    // was silent all the time.
    [[nodiscard]] std::optional<Time> wait_for_silence(std::chrono::milliseconds quiet);
    void forget();  // what arrived up to now

  private:
    enum class Heard { nothing, silence, sound };
    [[nodiscard]] Heard hear(std::chrono::milliseconds patience);

    pid_t process_ = 0;
    int descriptor_ = -1;
};

class SoundServer {
  public:
    // None where pulseaudio, pactl or parec are not installed, or the server doesn't come up.
    [[nodiscard]] static std::optional<SoundServer> start();
    ~SoundServer();
    SoundServer(SoundServer&& other) noexcept;
    SoundServer& operator=(SoundServer&&) = delete;

    [[nodiscard]] const std::string& address() const { return address_; }

    enum class Device { loudspeaker, headphones };
    // Plugs a device in, which becomes the default one. The first loudspeaker is there from the start: "speaker".
    void plug_in(const std::string& name, Device device);
    void pull_out(const std::string& name);
    // Sound goes there from now on, as when a plug is pulled out of a device that stays.
    void lead_to(const std::string& name) const;
    void stop();

  private:
    SoundServer() = default;
    [[nodiscard]] std::string control(std::vector<std::string> words) const;

    std::unique_ptr<TemporaryFolder> folder_ = std::make_unique<TemporaryFolder>();
    std::string address_;
    pid_t process_ = 0;
    std::vector<std::pair<std::string, std::string>> modules_;  // a device, the number of its module
};

}  // namespace pillarbox::tests
