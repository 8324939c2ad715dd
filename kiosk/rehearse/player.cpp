// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/player.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "accessibility/messages/languages.hpp"
#include "accessibility/semantics/audit.hpp"
#include "accessibility/semantics/tree.hpp"
#include "core/base/file.hpp"
#include "core/base/utf8.hpp"
#include "kiosk/rehearse/tree_file.hpp"

namespace pillarbox::rehearse {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using std::chrono::milliseconds;

// How soon a held scenario sees that it may go on.
constexpr milliseconds hold_frame{20};

struct KeyName {
    std::string_view word;
    platform::Key key;
    platform::Shift shift;
    platform::Control control = platform::Control::up;
};
constexpr std::array key_names{
    KeyName{"tab", platform::Key::tab, platform::Shift::up},
    KeyName{"shift-tab", platform::Key::tab, platform::Shift::held},
    KeyName{"enter", platform::Key::enter, platform::Shift::up},
    KeyName{"space", platform::Key::space, platform::Shift::up},
    KeyName{"escape", platform::Key::escape, platform::Shift::up},
    KeyName{"backspace", platform::Key::backspace, platform::Shift::up},
    KeyName{"left", platform::Key::left, platform::Shift::up},
    KeyName{"right", platform::Key::right, platform::Shift::up},
    KeyName{"up", platform::Key::up, platform::Shift::up},
    KeyName{"down", platform::Key::down, platform::Shift::up},
    KeyName{"control-shift-home", platform::Key::home, platform::Shift::held, platform::Control::held},
};

semantics::Rect visible_part(const semantics::Node& node) {
    const float left = std::max(node.rect.x, node.clip.x);
    const float top = std::max(node.rect.y, node.clip.y);
    const float right = std::min(node.rect.x + node.rect.width, node.clip.x + node.clip.width);
    const float bottom = std::min(node.rect.y + node.rect.height, node.clip.y + node.clip.height);
    return {left, top, std::max(0.0F, right - left), std::max(0.0F, bottom - top)};
}

bool shows_its_middle(const semantics::Node& node) {
    const auto part = visible_part(node);
    const float x = node.rect.x + node.rect.width / 2;
    const float y = node.rect.y + node.rect.height / 2;
    return x > part.x && x < part.x + part.width && y > part.y && y < part.y + part.height;
}

bool names_a_node(StepKind kind) {
    return kind == StepKind::tap || kind == StepKind::ask || kind == StepKind::set || kind == StepKind::type ||
           kind == StepKind::expect || kind == StepKind::expect_no || kind == StepKind::expect_checked ||
           kind == StepKind::hears || kind == StepKind::hears_no || kind == StepKind::key_until;
}

bool only_looks(StepKind kind) {
    return kind == StepKind::expect || kind == StepKind::expect_no || kind == StepKind::expect_checked ||
           kind == StepKind::screenshot || kind == StepKind::audit || kind == StepKind::hears ||
           kind == StepKind::hears_no;
}

// What speech calls it; the message ids of speech::Phrases.
std::string_view role_word(semantics::Role role) {
    using semantics::Role;
    return role == Role::radio        ? "option"
           : role == Role::checkbox   ? "tick box"
           : role == Role::text_field ? "text box"
           : role == Role::select     ? "opens a list"
                                      : semantics::name_of(role);
}

// A line or the end of the input came. Read byte by byte, so that what is behind the line is left to the next hold.
bool line_has_come() {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    while (::poll(&input, 1, 0) > 0) {
        char letter = 0;
        if (::read(STDIN_FILENO, &letter, 1) <= 0 || letter == '\n') {
            return true;
        }
    }
    return false;
}

}  // namespace

Player::Player(app::Kiosk& kiosk, platform::EventQueue& events, RehearsalClock& clock, PlayerSettings settings)
    : kiosk_(kiosk),
      events_(events),
      clock_(clock),
      settings_(std::move(settings)),
      hand_(kiosk, events, clock, settings_.hands) {
    kiosk_.stage().voice().on_utterance([this](std::string_view utterance) { ear_.hear(utterance); });
}

Result<void> Player::play(std::vector<Step> steps, std::string_view where) {
    TRY(settle());
    for (auto& next : steps) {
        Step step = std::move(next);
        auto played = translate(step);
        if (played.has_value()) {
            played = play_step(step);
        }
        if (!played.has_value()) {
            auto error = played.error();
            error.where = fmt::format("{}, line {}", where, step.line);
            error.remedy += "\nThe screen shows:\n" + semantics::describe(*kiosk_.stage().tree());
            return std::unexpected(std::move(error));
        }
    }
    return {};
}

// A letter on a key is whatever the answers say; the words on keys are the interface's.
Result<void> Player::translate(Step& step) const {
    if (names_ == Names::as_written || !settings_.translation.has_value()) {
        return {};
    }
    const auto& language = settings_.translation->language();
    if (step.role == semantics::Role::key && step.name.size() == 1) {
        step.name = settings_.answers.text(language, step.name);
    } else if (names_a_node(step.kind)) {
        step.name = TRY(settings_.translation->name_of(step.name));
    }
    step.text = settings_.answers.text(language, step.text);
    return {};
}

Result<void> Player::play_step(const Step& step) {
    if (!only_looks(step.kind)) {
        ear_.forget_moment();
    }
    switch (step.kind) {
        case StepKind::tap:
            return tap(step);
        case StepKind::ask:
        case StepKind::set:
            return ask(step);
        case StepKind::type:
            return type(step);
        case StepKind::press:
            return press(step);
        case StepKind::key:
            TRY(hand_.strike(step.command));
            return settle();
        case StepKind::long_press:
            return long_press(step);
        case StepKind::digits:
            for (const char digit : step.name) {
                const auto letter = static_cast<char32_t>(digit);
                events_.type(std::u32string_view(&letter, 1), clock_.monotonic());
            }
            return settle();
        case StepKind::expect:
            static_cast<void>(TRY(find_soon(step)));
            return {};
        case StepKind::expect_no:
            if (semantics::find(*kiosk_.stage().tree(), step.role, step.name) != nullptr) {
                return fail(ErrorCode::conflict, {},
                            fmt::format("There is a {} \"{}\".", semantics::name_of(step.role), step.name));
            }
            return {};
        case StepKind::expect_checked:
            if (TRY(find_soon(step)).checked != semantics::Checked::on) {
                return fail(ErrorCode::conflict, {},
                            fmt::format("The {} \"{}\" is not checked.", semantics::name_of(step.role), step.name));
            }
            return {};
        case StepKind::screenshot:
            return take_screenshot(step);
        case StepKind::tree:
            return write_tree(step);
        case StepKind::audit:
            return audit();
        case StepKind::advance:
            clock_.advance(std::chrono::seconds{step.seconds});
            return settle();
        case StepKind::write:
            TRY(write(step.text));
            return settle();
        case StepKind::hears:
            return hears(step);
        case StepKind::hears_no:
            return ear_.ever_heard(step.name) ? fail(ErrorCode::conflict, {}, "That was said.") : Result<void>{};
        case StepKind::key_until:
            return strike_until(step);
        case StepKind::hold:
            return hold(step);
        case StepKind::choose_language:
            names_ = Names::translated;
            return choose_language();
        case StepKind::default_language:
            names_ = Names::as_written;
            return {};
    }
    return {};
}

Result<void> Player::settle() {
    return rehearse::settle(kiosk_);
}

Result<semantics::Node> Player::find_soon(const Step& step) {
    const auto start = std::chrono::steady_clock::now();
    while (true) {
        const auto tree = kiosk_.stage().tree();
        const auto* node = semantics::find(*tree, step.role, step.name);
        if (node != nullptr) {
            return *node;
        }
        if (std::chrono::steady_clock::now() - start > settings_.patience) {
            return fail(ErrorCode::conflict, {},
                        fmt::format("There is no {} \"{}\".", semantics::name_of(step.role), step.name));
        }
        TRY(settle());
    }
}

Result<platform::Point> Player::bring_into_view(const Step& step) {
    auto node = TRY(find_soon(step));
    if (node.flags.has(semantics::Flag::disabled)) {
        return fail(ErrorCode::conflict, {},
                    fmt::format("The {} \"{}\" is disabled.", semantics::name_of(step.role), step.name));
    }
    if (!shows_its_middle(node)) {
        kiosk_.stage().requests().push(
            {.node = node.id, .action = semantics::Action::scroll_into_view, .text = {}, .value = 0});
        TRY(settle());
        node = TRY(find_soon(step));
    }
    const auto part = visible_part(node);
    if (part.width <= 0 || part.height <= 0) {
        return fail(
            ErrorCode::conflict, {},
            fmt::format("The {} \"{}\" can't be scrolled into view.", semantics::name_of(step.role), step.name));
    }
    return platform::Point{part.x + part.width / 2, part.y + part.height / 2};
}

Result<void> Player::tap(const Step& step) {
    if (settings_.hands != Hands::touch) {
        if (step.role == semantics::Role::key) {
            TRY(hand_.show_keys());
        }
        return hand_.press(TRY(find_soon(step)).id);
    }
    const auto point = TRY(bring_into_view(step));
    events_.tap(point, clock_.monotonic());
    return settle();
}

std::string Player::language() const {
    return settings_.translation.has_value() ? settings_.translation->language() : "en";
}

// Only what the node itself offers: a request that it does not know would be lost without a word.
Result<void> Player::ask(const Step& step) {
    const auto node = TRY(find_soon(step));
    const auto action = step.kind == StepKind::set ? semantics::Action::set_text : semantics::Action::click;
    if (!node.actions.has(action) || node.flags.has(semantics::Flag::disabled)) {
        return fail(
            ErrorCode::conflict, {},
            fmt::format("The {} \"{}\" can't be asked to do that.", semantics::name_of(step.role), step.name));
    }
    kiosk_.stage().requests().push({.node = node.id, .action = action, .text = step.text});
    return settle();
}

Result<void> Player::choose_language() {
    Step step;
    step.role = semantics::Role::button;
    step.name = messages::own_name_of(language());
    return tap(step);
}

Result<void> Player::type(const Step& step) {
    TRY(tap(step));
    if (settings_.hands != Hands::touch) {
        return hand_.write(step.text, names_ == Names::translated ? language() : "en");
    }
    events_.press(platform::Key::end, clock_.monotonic());  // the tap set the caret where it touched the text
    TRY(write(step.text));
    return settle();
}

Result<void> Player::write(std::string_view text) {
    const auto letters = TRY(base::from_utf8(text));
    for (const char32_t letter : letters) {
        if (letter == U'\n') {
            events_.press(platform::Key::enter, clock_.monotonic());
        } else {
            events_.type(std::u32string_view(&letter, 1), clock_.monotonic());
        }
    }
    return {};
}

Result<void> Player::hears(const Step& step) {
    const auto start = std::chrono::steady_clock::now();
    while (!ear_.heard(step.name)) {
        if (std::chrono::steady_clock::now() - start > settings_.patience) {
            return fail(ErrorCode::conflict, {}, fmt::format("\"{}\" was not said.", step.name),
                        "What was said:\n" + ear_.describe());
        }
        TRY(settle());
    }
    return {};
}

// As a person does who sees nothing: on and on, until the name is heard.
Result<void> Player::strike_until(const Step& step) {
    constexpr int strikes_max = 80;
    const bool of_language = step.name == "{language}";
    const auto name = of_language ? messages::own_name_of(language()) : step.name;
    std::string word(role_word(step.role));
    if (names_ == Names::translated && settings_.translation.has_value()) {
        word = TRY(settings_.translation->name_of(word));
    }
    for (int count = 0; count < strikes_max; ++count) {
        ear_.forget_moment();
        TRY(hand_.strike(step.command));
        TRY(settle());
        if (ear_.heard_thing(name, word)) {
            names_ = of_language ? Names::translated : names_;
            return {};
        }
    }
    return fail(ErrorCode::conflict, {}, fmt::format("\"{}, {}\" is not said by any key.", name, word),
                "What was said last:\n" + ear_.describe());
}

Result<void> Player::press(const Step& step) {
    const auto* key = std::ranges::find(key_names, std::string_view(step.name), &KeyName::word);
    if (key == key_names.end()) {
        return fail(ErrorCode::malformed, {}, fmt::format("There is no key \"{}\".", step.name));
    }
    events_.push({.kind = platform::EventKind::key_down,
                  .time = clock_.monotonic(),
                  .key = key->key,
                  .shift = key->shift,
                  .control = key->control});
    return settle();
}

Result<void> Player::long_press(const Step& step) {
    const auto point = TRY(bring_into_view(step));
    const auto push = [&](platform::EventKind kind) {
        events_.push({.kind = kind, .time = clock_.monotonic(), .position = point});
    };
    push(platform::EventKind::pointer_down);
    TRY(settle());
    clock_.advance(std::chrono::seconds{step.seconds});
    TRY(settle());
    push(platform::EventKind::pointer_up);
    return settle();
}

Result<void> Player::take_screenshot(const Step& step) {
    TRY(base::make_folder(settings_.screenshots));
    TRY(settle());
    return platform::write_png(settings_.screenshots / (step.name + ".png"), kiosk_.stage().capture().view());
}

Result<void> Player::write_tree(const Step& step) {
    TRY(base::make_folder(settings_.screenshots));
    TRY(settle());
    const auto text = json_of(*kiosk_.stage().tree());
    return base::write_file(settings_.screenshots / (step.name + ".json"), base::bytes_of(text));
}

Result<void> Player::audit() {
    const auto findings = semantics::audit(*kiosk_.stage().tree());
    if (!findings.empty()) {
        return fail(ErrorCode::conflict, {},
                    fmt::format("The audit has {} findings.\n{}", findings.size(), semantics::describe(findings)));
    }
    return {};
}

Result<void> Player::hold(const Step& step) {
    fmt::print("holding {}\n", step.name);
    std::fflush(stdout);
    while (!line_has_come()) {
        if (!kiosk_.run_frame(hold_frame)) {
            return fail(ErrorCode::conflict, {}, "The window was closed.");
        }
    }
    return {};
}

}  // namespace pillarbox::rehearse
