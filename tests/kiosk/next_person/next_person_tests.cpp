// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the last person left: nothing that the next one can reach. After each kind of end, every key of the keyboard
// with and without modifiers, and gestures all over the glass, must lead a kiosk through exactly the screens and
// texts that a fresh one shows. Keys and fingers are injected into Xorg's driver.
#include <catch2/catch.hpp>
#include <thread>

#include "accessibility/semantics/tree.hpp"
#include "kiosk/rehearse/player.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/touch_server.hpp"

namespace pillarbox::tests {
namespace {

using namespace std::chrono_literals;
using Button = TouchServer::Button;

constexpr int width = 540;
constexpr int height = 960;
constexpr std::string_view canary = "qzxwvkjbhgfdcpmt";

constexpr std::string_view to_the_field = R"(
tap button "Start"
tap button "Next"
tap button "I understand, continue"
tap radio "For an organisation"
tap text_field "Name of the organisation"
)";
constexpr std::string_view writes = R"(
tap button "Start"
tap radio "Large"
tap button "Next"
tap button "I understand, continue"
tap radio "For an organisation"
type text_field "Name of the organisation" "qzxwvkjbhgfdcpmt"
)";
constexpr std::string_view walks_away = "advance 91\nadvance 31\nexpect button \"Start\"\n";

struct End {
    std::string_view name;
    std::string_view steps;      // after `writes`
    std::string_view aftermath;  // until the first screen is back
};
constexpr std::array ends{
    End{"sent", R"(
tap radio "One open question, about 1 minute"
tap button "Next"
tap button "Next"
type text_field "What should the committee know about the London Ambulance Service and its new strategy?" "qzxwvkjbhgfdcpmt"
tap button "Next"
tap radio "Do not quote me"
tap button "Next"
tap button "Send my answers"
expect heading "Thank you"
tap button "Finish and clear the screen"
)",
        ""},
    End{"stopped", "tap button \"Stop and erase\"\ntap button \"Yes, stop and erase\"\n", "advance 16\n"},
    End{"walked away", walks_away, ""},
    End{"declined", "tap button \"Back\"\ntap button \"No thanks\"\n", "advance 16\n"},
};

// All that a person, or a screen reader, can get to know.
std::string texts_of(const semantics::Tree& tree) {
    std::string text = semantics::describe(tree);
    for (const auto& node : tree.nodes) {
        text += node.value + "\n";  // private ones too
    }
    return text;
}

class Visit {
  public:
    static std::unique_ptr<Visit> start() {
        auto visit = std::unique_ptr<Visit>(new Visit);
        auto server = TouchServer::start(visit->folder_.path(), width, height);
        if (!server.has_value()) {
            WARN("SKIPPED: the next person: " << server.error().describe());
            return nullptr;
        }
        visit->server_ = *std::move(server);
        static_cast<void>(make_demo_station(visit->folder_ / "station"));
        app::KioskSettings settings;
        settings.station = visit->folder_ / "station";
        settings.stage.assets = PILLARBOX_SOURCE_DIR "/assets";
        settings.stage.window = {.width = width, .height = height};
        auto kiosk = app::Kiosk::open(settings, visit->clock_, visit->random_, visit->events_);
        if (!kiosk.has_value()) {
            WARN("SKIPPED: the next person: " << kiosk.error().describe());
            return nullptr;
        }
        visit->kiosk_ = *std::move(kiosk);
        return visit;
    }

    void play(std::string_view steps) {
        auto parsed = rehearse::parse_scenario(steps, "steps");
        REQUIRE(parsed.has_value());
        rehearse::Player player(*kiosk_, events_, clock_, {.screenshots = {}});
        const auto played = player.play(*std::move(parsed), "steps");
        INFO((played.has_value() ? std::string() : played.error().describe()));
        REQUIRE(played.has_value());
    }
    [[nodiscard]] std::string texts() const { return texts_of(*kiosk_->stage().tree()); }

    // What the screen tells while somebody tries everything that the kiosk knows, first where people begin, then in a
    // text field.
    [[nodiscard]] std::vector<std::string> pry() {
        note();
        press_all_meanings();
        tap_everywhere();
        play(walks_away);
        note();
        drag();
        play(walks_away);
        play(to_the_field);
        note();
        press_all_meanings();
        play(walks_away);
        note();
        return std::move(seen_);
    }
    // Whether any screen shows the word while every key of a keyboard is pressed, and fingers tap and drag.
    [[nodiscard]] bool shows_while_real_keys_are_pressed(std::string_view word) {
        bool shows = press_all_codes(word);
        for (float y = 20; y < height; y += 200) {
            server_->tap(1, 270, y);
            shows = shows_now(word) || shows;
        }
        server_->touch(TouchPart::begin, 1, 270, 700);
        server_->touch(TouchPart::update, 1, 270, 500);
        server_->touch(TouchPart::begin, 2, 100, 900);
        server_->touch(TouchPart::end, 2, 100, 900);
        server_->touch(TouchPart::end, 1, 270, 300);
        return shows_now(word) || shows;
    }

  private:
    Visit() = default;

    void note() {
        settle();
        seen_.push_back(texts());
    }
    void settle() {
        do {
            REQUIRE(kiosk_->run_frame(0ms));
        } while (!kiosk_->stage().is_settled());
        REQUIRE(kiosk_->run_frame(0ms));  // what the last one led to
    }
    [[nodiscard]] bool shows_now(std::string_view word) {
        std::this_thread::sleep_for(20ms);  // fingers come by a thread of their own
        settle();
        return texts().find(word) != std::string::npos;
    }

    // More than there are: what is no key does nothing.
    void press_all_meanings() {
        constexpr int keys_end = 32;
        for (int key = 0; key < keys_end; ++key) {
            for (const auto shift : {platform::Shift::up, platform::Shift::held}) {
                for (const auto control : {platform::Control::up, platform::Control::held}) {
                    events_.push({.kind = platform::EventKind::key_down,
                                  .time = clock_.monotonic(),
                                  .key = static_cast<platform::Key>(key),
                                  .shift = shift,
                                  .control = control});
                    note();
                }
            }
        }
        for (char32_t character = 1; character < 0x80; ++character) {  // with what Ctrl makes of letters
            events_.type(std::u32string_view(&character, 1), clock_.monotonic());
        }
        note();
    }
    void tap_everywhere() {
        for (float y = 20; y < height; y += 150) {
            for (float x = 40; x < width; x += 150) {
                finger(platform::EventKind::pointer_down, 1, {x, y});
                finger(platform::EventKind::pointer_up, 1, {x, y});
                note();
            }
        }
    }
    void drag() {
        for (const float way : {-300.0F, 300.0F}) {
            finger(platform::EventKind::pointer_down, 1, {270, 480});
            finger(platform::EventKind::pointer_down, 2, {500, 900});
            finger(platform::EventKind::pointer_move, 1, {270, 480 + way});
            note();
            clock_.advance(1s);  // then it throws nothing
            finger(platform::EventKind::pointer_up, 1, {270, 480 + way});
            clock_.advance(1s);
            finger(platform::EventKind::pointer_up, 2, {500, 900});
            note();
        }
    }
    void finger(platform::EventKind kind, std::uint64_t contact, platform::Point at) {
        events_.push(
            {.kind = kind, .time = clock_.monotonic(), .contact = platform::Contact{contact}, .position = at});
    }

    [[nodiscard]] bool press_all_codes(std::string_view word) {
        constexpr int control = 37;
        constexpr int shift = 50;
        constexpr int alt = 64;
        bool shows = false;
        for (const int modifier : {0, control, shift, alt}) {
            for (int code = 9; code <= 255; ++code) {
                if (code == modifier) {
                    continue;  // the driver never answers for a key that is down already
                }
                hold(modifier, Button::pressed);
                server_->key(code, Button::pressed);
                server_->key(code, Button::released);
                hold(modifier, Button::released);
                REQUIRE(kiosk_->run_frame(0ms));
                shows = texts().find(word) != std::string::npos || shows;
            }
            shows = shows_now(word) || shows;
        }
        return shows;
    }
    void hold(int modifier, Button button) {
        if (modifier != 0) {
            server_->key(modifier, button);
        }
    }

    TemporaryFolder folder_;
    std::unique_ptr<TouchServer> server_;
    crypto::SystemRandom random_;
    std::unique_ptr<base::Clock> system_clock_ = base::clock_for("2023-01-20").value();
    rehearse::RehearsalClock clock_{*system_clock_};
    platform::EventQueue events_;
    std::unique_ptr<app::Kiosk> kiosk_;
    std::vector<std::string> seen_;
};

}  // namespace

TEST_CASE("whatever the next person presses the kiosk is as if nobody had been there") {
    auto visit = Visit::start();
    if (!visit) {
        return;
    }
    const auto fresh = visit->pry();
    REQUIRE(fresh.size() > 250);
    visit.reset();  // one window at a time
    for (const End& end : ends) {
        INFO(end.name);
        visit = Visit::start();
        REQUIRE(visit);
        visit->play(writes);
        CHECK(visit->texts().find(canary) != std::string::npos);
        visit->play(end.steps);
        CHECK(visit->texts().find(canary) == std::string::npos);
        visit->play(end.aftermath);
        const auto seen = visit->pry();
        REQUIRE(seen.size() == fresh.size());
        for (std::size_t step = 0; step < seen.size(); ++step) {
            INFO("step " << step);
            REQUIRE(seen[step] == fresh[step]);
        }
        CHECK_FALSE(visit->shows_while_real_keys_are_pressed(canary));
        visit.reset();
    }
}

TEST_CASE("control: who comes before the end of the last person's session sees what was written") {
    const auto visit = Visit::start();
    if (!visit) {
        return;
    }
    visit->play(writes);
    CHECK(visit->shows_while_real_keys_are_pressed(canary));
}

}  // namespace pillarbox::tests
