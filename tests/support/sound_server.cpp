// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sound_server.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>

#include "core/base/check.hpp"
#include "tests/support/program.hpp"

extern char** environ;

namespace pillarbox::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds start_timeout{10'000};
constexpr milliseconds start_poll{20};
constexpr int quiet_sample = 60;

// It goes with this program, however that ends. `output` becomes its stdout, or nothing does.
pid_t spawn(std::vector<std::string> words, int output) {
    const std::array<std::string, 3> goes_too{"setpriv", "--pdeathsig", "TERM"};
    words.insert(words.begin(), goes_too.begin(), goes_too.end());
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (output >= 0) {
        ::posix_spawn_file_actions_adddup2(&actions, output, 1);
    } else {
        ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    }
    pid_t process = 0;
    const int failed = ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    return failed == 0 ? process : 0;
}

void end(pid_t process, int signal) {
    if (process > 0) {
        ::kill(process, signal);
        ::waitpid(process, nullptr, 0);
    }
}

}  // namespace

SoundListener::SoundListener(const std::string& server, const std::string& sink) {
    std::array<int, 2> ends{};
    PILLARBOX_CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    process_ = spawn({"parec", "--server=" + server, "--device=" + sink + ".monitor", "--raw", "--format=s16le",
                      "--rate=22050", "--channels=1", "--latency-msec=5"},
                     ends[1]);
    ::close(ends[1]);
    descriptor_ = ends[0];
    static_cast<void>(hear(start_timeout));  // it listens once silence comes in
}

SoundListener::~SoundListener() {
    end(process_, SIGKILL);  // it may wait for room in the pipe
    ::close(descriptor_);
}

SoundListener::Heard SoundListener::hear(milliseconds patience) {
    pollfd waiting{descriptor_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) {
        return Heard::nothing;
    }
    std::array<std::int16_t, 4096> samples{};
    const ssize_t size = ::read(descriptor_, samples.data(), sizeof samples);
    if (size <= 0) {
        return Heard::nothing;
    }
    const auto* last = samples.begin() + size / 2;
    const bool loud =
        std::any_of(samples.cbegin(), last, [](std::int16_t sample) { return std::abs(int{sample}) > quiet_sample; });
    return loud ? Heard::sound : Heard::silence;
}

std::optional<SoundListener::Time> SoundListener::wait_for_sound(milliseconds patience) {
    const auto until = steady_clock::now() + patience;
    while (steady_clock::now() < until) {
        if (hear(milliseconds{10}) == Heard::sound) {
            return steady_clock::now();
        }
    }
    return std::nullopt;
}

std::optional<SoundListener::Time> SoundListener::wait_for_silence(milliseconds quiet) {
    constexpr std::chrono::seconds patience{10};
    const auto until = steady_clock::now() + patience;
    std::optional<Time> last;
    auto silent_since = steady_clock::now();
    while (steady_clock::now() < until) {
        if (hear(milliseconds{5}) == Heard::sound) {
            last = steady_clock::now();
            silent_since = *last;
        } else if (steady_clock::now() - silent_since > quiet) {
            return last;
        }
    }
    return std::nullopt;
}

void SoundListener::forget() {
    while (hear(milliseconds{0}) != Heard::nothing) {
    }
}

std::optional<SoundServer> SoundServer::start() {
    for (const char* program : {"pulseaudio", "pactl", "parec", "setpriv"}) {
        if (!is_installed(program)) {
            return std::nullopt;
        }
    }
    SoundServer server;
    const auto socket = (*server.folder_ / "native").string();
    server.address_ = "unix:" + socket;
    server.process_ = spawn(
        {"env", "HOME=" + server.folder_->path().string(), "XDG_RUNTIME_DIR=" + server.folder_->path().string(),
         "PULSE_RUNTIME_PATH=" + (*server.folder_ / "run").string(), "pulseaudio", "-n", "--daemonize=no",
         "--exit-idle-time=-1", "--use-pid-file=no", "--disallow-exit=yes", "--log-target=null", "-L",
         "module-null-sink sink_name=speaker", "-L", "module-native-protocol-unix auth-anonymous=1 socket=" + socket},
        -1);
    const auto until = steady_clock::now() + start_timeout;
    while (steady_clock::now() < until && ::waitpid(server.process_, nullptr, WNOHANG) == 0) {
        if (server.control({"info"}).find("speaker") != std::string::npos) {
            return server;
        }
        std::this_thread::sleep_for(start_poll);
    }
    return std::nullopt;
}

SoundServer::SoundServer(SoundServer&& other) noexcept
    : folder_(std::move(other.folder_)),
      address_(std::move(other.address_)),
      process_(std::exchange(other.process_, 0)),
      modules_(std::move(other.modules_)) {}

SoundServer::~SoundServer() {
    stop();
}

void SoundServer::stop() {
    end(std::exchange(process_, 0), SIGTERM);
}

std::string SoundServer::control(std::vector<std::string> words) const {
    words.insert(words.begin(), {"pactl", "--server=" + address_});
    return run_program(words).output;
}

void SoundServer::plug_in(const std::string& name, Device device) {
    const std::string factor = device == Device::headphones ? "headphone" : "speaker";
    std::string number = control(
        {"load-module", "module-null-sink", "sink_name=" + name, "sink_properties=device.form_factor=" + factor});
    std::erase(number, '\n');
    PILLARBOX_CHECK(!number.empty());
    modules_.emplace_back(name, number);
    lead_to(name);
}

void SoundServer::lead_to(const std::string& name) const {
    static_cast<void>(control({"set-default-sink", name}));
}

void SoundServer::pull_out(const std::string& name) {
    const auto module = std::ranges::find(modules_, name, &std::pair<std::string, std::string>::first);
    PILLARBOX_CHECK(module != modules_.end());
    static_cast<void>(control({"unload-module", module->second}));
    modules_.erase(module);
}

}  // namespace pillarbox::tests
