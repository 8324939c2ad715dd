// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/bridge.hpp"

#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "accessibility/bridge/session.hpp"
#include "accessibility/bridge/watch.hpp"

namespace pillarbox::bridge {
namespace {

// How long a lost bus is left alone: doubled each time, up to the last.
constexpr std::chrono::microseconds retry_first = std::chrono::seconds{1};
constexpr std::chrono::microseconds retry_last = std::chrono::minutes{1};

// How long changes are gathered while frame follows frame: a button that is pressed takes the focus for a frame
// before the page turns, and would be read out when it is gone. Longer would hold up those who walk while a page
// rolls.
constexpr std::chrono::microseconds gathering = std::chrono::milliseconds{400};

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

Settings settings_from_environment(Answers answers) {
    Settings settings{.answers = answers, .accessibility_bus = environment("AT_SPI_BUS_ADDRESS")};
    const auto runtime = environment("XDG_RUNTIME_DIR");
    std::error_code status;
    const bool present = !environment("DBUS_SESSION_BUS_ADDRESS").empty() ||
                         (!runtime.empty() && std::filesystem::is_socket(runtime + "/bus", status));
    settings.session_bus = present ? Settings::SessionBus::present : Settings::SessionBus::none;
    return settings;
}

class Bridge::Thread {
  public:
    Thread(const Settings& settings, const semantics::TreePublisher& published, semantics::RequestQueue& requests)
        : settings_(settings),
          published_(published),
          requests_(requests),
          wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

    ~Thread() {
        stopping_ = true;
        wake();
        if (thread_.joinable()) {
            thread_.join();
        }
        if (wake_ >= 0) {
            ::close(wake_);
        }
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;

    bool start() {
        if (wake_ < 0) {
            return false;
        }
        // Signals are the drawing thread's: the new thread inherits a mask that blocks them all.
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before);
        thread_ = std::thread([this] { run(); });
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        return true;
    }

    void follow(Frame frame) {
        if (!listening_.load(std::memory_order_relaxed)) {
            return;
        }
        const auto revision = published_.current()->revision;
        if (revision != told_revision_ || frame != told_frame_) {
            told_revision_ = revision;
            told_frame_ = frame;
            at_rest_ = frame == Frame::at_rest;
            wake();
        }
    }

  private:
    void wake() const { static_cast<void>(::eventfd_write(wake_, 1)); }

    void run() {
        sd_event* made = nullptr;
        sd_event_source* woken = nullptr;
        sd_event_source* after_each = nullptr;
        if (sd_event_new(&made) < 0) {
            return;
        }
        loop_.reset(made);
        if (sd_event_add_io(made, &woken, wake_, EPOLLIN, &Thread::on_wake, this) < 0) {
            return;
        }
        woken_.reset(woken);
        // News before questions: whoever asks after an event finds what it told of.
        static_cast<void>(sd_event_source_set_priority(woken, SD_EVENT_PRIORITY_IMPORTANT));
        if (sd_event_add_post(made, &after_each, &Thread::on_each_turn, this) < 0) {
            return;
        }
        after_each_.reset(after_each);
        begin();
        static_cast<void>(sd_event_loop(made));
        session_.reset();
        watch_.reset();
        retry_.reset();
        gathered_.reset();
        after_each_.reset();
        woken_.reset();
        loop_.reset();
    }

    void begin() {
        if (settings_.session_bus == Settings::SessionBus::none) {
            wanted_address_ = settings_.accessibility_bus;
            return follow_address();
        }
        watch_ = Watch::open(loop_.get(), settings_.accessibility_bus, [this](const std::string& address) {
            wanted_address_ = address;
            follow_address();
        });
        if (watch_ == nullptr) {
            retry_later();
        }
    }

    // Called from within a session's or the watch's callbacks too: what must go goes at the end of the turn.
    void follow_address() {
        if (wanted_address_ != session_address_ || session_ == nullptr) {
            stale_ = std::move(session_);
            session_address_ = wanted_address_;
            listening_ = false;
            if (!wanted_address_.empty()) {
                open_session();
            }
        }
    }

    void open_session() {
        session_ = Session::open(
            loop_.get(), session_address_, [this](semantics::Request request) { return ask(std::move(request)); },
            [this] { show(); });
        if (session_ == nullptr) {
            retry_later();
        } else {
            listening_ = true;
        }
    }

    bool ask(semantics::Request request) { return requests_.push(std::move(request)) == semantics::Pushed::taken; }

    void show() {
        if (session_ != nullptr) {
            session_->show(Screen(published_.current(), settings_.answers));
            wait_ = retry_first;
        }
    }

    void show_soon() {
        if (at_rest_) {
            gathered_.reset();
            show();
        } else if (session_ != nullptr && gathered_ == nullptr) {
            gathered_ = timer(gathering, &Thread::on_gathered);
        }
    }

    void retry_later() {
        retry_ = timer(wait_, &Thread::on_retry);
        wait_ = std::min(wait_ * 2, retry_last);
    }

    Source timer(std::chrono::microseconds wait, sd_event_time_handler_t handler) {
        constexpr std::uint64_t accuracy_us = 1000;
        sd_event_source* made = nullptr;
        static_cast<void>(sd_event_add_time_relative(loop_.get(), &made, CLOCK_MONOTONIC,
                                                     static_cast<std::uint64_t>(wait.count()), accuracy_us, handler,
                                                     this));
        return Source(made);
    }

    static int on_wake(sd_event_source* /*source*/, int descriptor, std::uint32_t /*events*/, void* data) {
        auto& thread = *static_cast<Thread*>(data);
        eventfd_t count = 0;
        static_cast<void>(::eventfd_read(descriptor, &count));
        if (thread.stopping_) {
            return sd_event_exit(thread.loop_.get(), 0);
        }
        thread.show_soon();
        return 0;
    }

    static int on_gathered(sd_event_source* /*source*/, std::uint64_t /*time*/, void* data) {
        auto& thread = *static_cast<Thread*>(data);
        thread.gathered_.reset();
        thread.show();
        return 0;
    }

    static int on_retry(sd_event_source* /*source*/, std::uint64_t /*time*/, void* data) {
        auto& thread = *static_cast<Thread*>(data);
        if (thread.watch_ != nullptr) {
            thread.watch_->ask_again();
        } else {
            thread.begin();
        }
        return 0;
    }

    static int on_each_turn(sd_event_source* /*source*/, void* data) {
        auto& thread = *static_cast<Thread*>(data);
        thread.stale_.reset();
        const bool watch_lost = thread.watch_ != nullptr && thread.watch_->is_lost();
        const bool session_lost = thread.session_ != nullptr && thread.session_->is_lost();
        if (watch_lost) {
            thread.watch_.reset();
        }
        if (watch_lost || session_lost) {
            thread.session_.reset();
            thread.session_address_.clear();
            thread.listening_ = false;
            thread.retry_later();
        }
        return 0;
    }

    const Settings settings_;
    const semantics::TreePublisher& published_;
    semantics::RequestQueue& requests_;
    int wake_;
    std::atomic<bool> stopping_ = false;
    std::atomic<bool> listening_ = false;
    std::atomic<bool> at_rest_ = true;

    // Of the drawing thread.
    std::uint64_t told_revision_ = 0;
    Frame told_frame_ = Frame::at_rest;

    // Of the bridge's thread.
    EventLoop loop_;
    Source woken_;
    Source after_each_;
    Source retry_;
    Source gathered_;  // while changes are gathered
    std::chrono::microseconds wait_ = retry_first;
    std::string wanted_address_;
    std::string session_address_;
    std::unique_ptr<Watch> watch_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<Session> stale_;  // let go of when none of its callbacks runs
    std::thread thread_;
};

Bridge::Bridge(std::unique_ptr<Thread> thread) : thread_(std::move(thread)) {}

Bridge::~Bridge() = default;

std::unique_ptr<Bridge> Bridge::start(const Settings& settings, const semantics::TreePublisher& published,
                                      semantics::RequestQueue& requests) {
    if (settings.accessibility_bus.empty() && settings.session_bus == Settings::SessionBus::none) {
        return nullptr;
    }
    auto thread = std::make_unique<Thread>(settings, published, requests);
    return thread->start() ? std::unique_ptr<Bridge>(new Bridge(std::move(thread))) : nullptr;
}

void Bridge::follow(Frame frame) {
    thread_->follow(frame);
}

}  // namespace pillarbox::bridge
