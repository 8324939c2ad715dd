// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/engine.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "accessibility/speech/clip.hpp"
#include "accessibility/speech/speech_queue.hpp"
#include "accessibility/speech/synthesizer.hpp"
#include "accessibility/speech/voices.hpp"
#include "accessibility/text/wiped_text.hpp"

namespace pillarbox::speech {

class Engine::Worker {
  public:
    explicit Worker(Settings settings) : settings_(std::move(settings)) {}

    ~Worker() {
        {
            const std::scoped_lock lock(mutex_);
            ending_ = true;
            queue_.clear();
        }
        stop_sound();
        changed_.notify_all();
        if (thread_.joinable()) {
            thread_.join();
        }
    }

    void say(Utterance utterance) {
        auto cut = SpeechQueue::Cut::nothing;
        {
            const std::scoped_lock lock(mutex_);
            cut = queue_.push(std::move(utterance));
            generation_ += cut == SpeechQueue::Cut::current ? 1 : 0;
            start();
        }
        if (cut == SpeechQueue::Cut::current) {
            stop_sound();
        }
        changed_.notify_all();
    }

    void watch() {
        const std::scoped_lock lock(mutex_);
        if (SoundOutput::has_server(settings_.server)) {
            wants_sound_ = true;
            start();
            changed_.notify_all();
        }
    }

    void stop() {
        {
            const std::scoped_lock lock(mutex_);
            queue_.clear();
            ++generation_;
        }
        stop_sound();
    }

    void forget() {
        stop();
        const std::scoped_lock lock(mutex_);
        wants_to_forget_ = thread_.joinable();
        changed_.notify_all();
    }

    void set_manners(const Manners& manners) {
        const std::scoped_lock lock(mutex_);
        manners_ = manners;
    }

    void pause() {
        if (const auto sound = this->sound(); sound != nullptr) {
            sound->pause();
        }
    }
    void resume() {
        if (const auto sound = this->sound(); sound != nullptr) {
            sound->resume();
        }
    }
    [[nodiscard]] Route route() {
        const auto sound = this->sound();
        return sound == nullptr ? Route::none : sound->route();
    }

    void wait_until_quiet() {
        std::unique_lock lock(mutex_);
        quiet_.wait(lock, [this] { return queue_.empty() && !busy_ && !wants_to_forget_ && !wants_sound_; });
    }

  private:
    void start() {
        if (!thread_.joinable()) {
            thread_ = std::thread([this] { work(); });
        }
    }

    [[nodiscard]] std::shared_ptr<SoundOutput> sound() {
        const std::scoped_lock lock(mutex_);
        return sound_;
    }

    void stop_sound() {
        if (const auto sound = this->sound(); sound != nullptr) {
            sound->stop();
        }
    }

    [[nodiscard]] Manners manners() {
        const std::scoped_lock lock(mutex_);
        return manners_;
    }

    // Until the engine ends. One thing at a time, the most urgent first.
    void work() {
        std::unique_lock lock(mutex_);
        while (!ending_) {
            if (wants_to_forget_) {
                wants_to_forget_ = false;
                run_unlocked(lock, [this] { wipe_voice(); });
            } else if (wants_sound_) {
                run_unlocked(lock, [this] { static_cast<void>(connected_sound()); });
                wants_sound_ = false;
            } else if (auto next = queue_.take(); next.has_value()) {
                run_unlocked(lock, [&, generation = generation_] { speak(*next, generation); });
                next.reset();
            } else {
                quiet_.notify_all();
                changed_.wait(lock);
            }
        }
    }

    template <typename Job>
    void run_unlocked(std::unique_lock<std::mutex>& lock, const Job& job) {
        busy_ = true;
        lock.unlock();
        job();
        lock.lock();
        busy_ = false;
        queue_.done();
    }

    // The server may have come, or gone and come back, since the last time.
    [[nodiscard]] std::shared_ptr<SoundOutput> connected_sound() {
        auto sound = this->sound();
        if (sound != nullptr && sound->is_connected()) {
            return sound;
        }
        std::shared_ptr<SoundOutput> fresh;
        if (SoundOutput::has_server(settings_.server)) {
            if (auto connected = SoundOutput::connect({settings_.server, settings_.on_route});
                connected.has_value()) {
                fresh = *std::move(connected);
            }
        }
        const std::scoped_lock lock(mutex_);
        sound_ = fresh;
        return fresh;
    }

    void speak(const Utterance& utterance, std::uint64_t generation) {
        const auto sound = connected_sound();
        if (sound == nullptr || !ready_voice()) {
            return;
        }
        // The ticket first: a stop, or headphones that are pulled out, from now on make it void.
        const auto ticket = sound->begin();
        if (is_outdated(generation)) {
            return;
        }
        const Manners manners = this->manners();
        const bool alone = sound->route() == Route::headphones || manners.listening == Listening::answers_aloud;
        auto runs = runs_of(utterance, alone ? Audience::one_person : Audience::everybody);
        auto more = More::go_on;
        for (Run& run : runs) {
            LeadingSilence silence;
            const TakeSamples play = [&](std::span<const Sample> samples) {
                const auto heard = silence.trim(samples);
                return more = sound->write(ticket, at_volume(heard, this->manners().volume_percent));
            };
            if (more == More::go_on) {
                voice_used_ = true;
                speak_run(run, manners.rate_wpm, play);
            }
            text::wipe(run.text);
        }
        if (!has_more()) {
            sound->finish(ticket);
        }
    }

    void speak_run(const Run& run, int rate_wpm, const TakeSamples& play) {
        if (!voice_of(run.lang).empty()) {
            static_cast<void>(voice_->speak(run, rate_wpm, play));
        } else if (const auto clip = read_clip(clip_path(settings_.clips, run.lang, run.text)); clip.has_value()) {
            static_cast<void>(play(*clip));
        }
    }

    // Stopped between being taken from the queue and here.
    [[nodiscard]] bool is_outdated(std::uint64_t generation) {
        const std::scoped_lock lock(mutex_);
        return generation != generation_;
    }

    [[nodiscard]] bool has_more() {
        const std::scoped_lock lock(mutex_);
        return !queue_.empty();
    }

    [[nodiscard]] bool ready_voice() {
        if (voice_ == nullptr) {
            if (auto made = Synthesizer::create(); made.has_value()) {
                voice_ = *std::move(made);
            }
        }
        return voice_ != nullptr;
    }

    void wipe_voice() {
        if (voice_ != nullptr && voice_used_) {
            voice_->forget();
            voice_used_ = false;
        }
    }

    const Settings settings_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::condition_variable quiet_;
    SpeechQueue queue_;
    std::uint64_t generation_ = 0;  // of stops
    Manners manners_;
    std::shared_ptr<SoundOutput> sound_;
    bool ending_ = false;
    bool busy_ = false;
    bool wants_sound_ = false;
    bool wants_to_forget_ = false;

    // The thread's own.
    std::unique_ptr<Synthesizer> voice_;
    bool voice_used_ = false;

    std::thread thread_;
};

Engine::Engine(Settings settings) : worker_(std::make_unique<Worker>(std::move(settings))) {}
Engine::~Engine() = default;

void Engine::watch_headphones() {
    worker_->watch();
}
void Engine::say(Utterance utterance) {
    worker_->say(std::move(utterance));
}
void Engine::stop() {
    worker_->stop();
}
void Engine::pause() {
    worker_->pause();
}
void Engine::resume() {
    worker_->resume();
}
void Engine::set_manners(const Manners& manners) {
    worker_->set_manners(manners);
}
Route Engine::route() const {
    return worker_->route();
}
void Engine::forget() {
    worker_->forget();
}
void Engine::wait_until_quiet() {
    worker_->wait_until_quiet();
}

}  // namespace pillarbox::speech
