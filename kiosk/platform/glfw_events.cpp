// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/glfw_events.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <optional>

namespace pillarbox::platform {
namespace {

constexpr float lines_per_wheel_step = 3.0F;

InputTarget& target_of(GLFWwindow* window) {
    return *static_cast<InputTarget*>(glfwGetWindowUserPointer(window));
}

EventQueue& queue_of(GLFWwindow* window) {
    return target_of(window).events;
}

Event event_now(EventKind kind) {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return {.kind = kind, .time = std::chrono::duration_cast<std::chrono::milliseconds>(now)};
}

// GLFW tells positions in screen coordinates; the project draws in framebuffer px.
Point scaled(GLFWwindow* window, double x, double y) {
    int width = 0;
    int height = 0;
    int pixels_wide = 0;
    int pixels_high = 0;
    glfwGetWindowSize(window, &width, &height);
    glfwGetFramebufferSize(window, &pixels_wide, &pixels_high);
    if (width <= 0 || height <= 0) {
        return {};
    }
    return {static_cast<float>(x * pixels_wide / width), static_cast<float>(y * pixels_high / height)};
}

std::optional<Key> key_of(int code) {
    switch (code) {
        case GLFW_KEY_TAB:
            return Key::tab;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
            return Key::enter;
        case GLFW_KEY_SPACE:
            return Key::space;
        case GLFW_KEY_ESCAPE:
            return Key::escape;
        case GLFW_KEY_BACKSPACE:
            return Key::backspace;
        case GLFW_KEY_DELETE:
            return Key::delete_forward;
        case GLFW_KEY_LEFT:
            return Key::left;
        case GLFW_KEY_RIGHT:
            return Key::right;
        case GLFW_KEY_UP:
            return Key::up;
        case GLFW_KEY_DOWN:
            return Key::down;
        case GLFW_KEY_HOME:
            return Key::home;
        case GLFW_KEY_END:
            return Key::end;
        case GLFW_KEY_PAGE_UP:
            return Key::page_up;
        case GLFW_KEY_PAGE_DOWN:
            return Key::page_down;
        default:
            return std::nullopt;  // GLFW's codes are integers, not an enum of ours
    }
}

// By the letter that the keyboard in use has there (Z lies elsewhere on a French one); by its place where that is no
// Latin letter.
std::optional<Key> command_of(int code, int scancode, int modifiers) {
    const char* name = glfwGetKeyName(code, scancode);
    const bool latin = name != nullptr && name[0] >= 'a' && name[0] <= 'z' && name[1] == '\0';
    const char letter = latin ? name[0] : static_cast<char>(code - GLFW_KEY_A + 'a');
    switch (letter) {
        case 'a':
            return Key::select_all;
        case 'y':
            return Key::redo;
        case 'z':
            return (modifiers & GLFW_MOD_SHIFT) != 0 ? Key::redo : Key::undo;
        default:
            return std::nullopt;
    }
}

// What a person does by holding it down while another key is struck says nothing by itself.
bool is_modifier(int code) {
    return code >= GLFW_KEY_LEFT_SHIFT && code <= GLFW_KEY_RIGHT_SUPER;
}

// A space both presses and writes: it comes as both.
bool only_writes(int code) {
    return (code > GLFW_KEY_SPACE && code <= GLFW_KEY_WORLD_2) ||
           (code >= GLFW_KEY_KP_0 && code <= GLFW_KEY_KP_EQUAL && code != GLFW_KEY_KP_ENTER);
}

// A held key strikes once, whatever it is: who can't let go in time would strike it many times (EN 301 549, 5.7).
// GLFW tells repeats of the keys that it has a code for; of the others, the scancodes that are down do.
InputTarget::Strike strike_of(InputTarget& target, int scancode, int action) {
    const bool is_new = target.held.insert(scancode).second;
    return is_new && action == GLFW_PRESS ? InputTarget::Strike::first : InputTarget::Strike::repeated;
}

void on_key(GLFWwindow* window, int code, int scancode, int action, int modifiers) {
    InputTarget& target = target_of(window);
    if (action == GLFW_RELEASE) {
        target.held.erase(scancode);
        return;
    }
    target.strike = strike_of(target, scancode, action);
    target.code = code;
    target.scancode = scancode;
    const bool command = (modifiers & GLFW_MOD_CONTROL) != 0 && code >= GLFW_KEY_A && code <= GLFW_KEY_Z;
    const std::optional<Key> key = command ? command_of(code, scancode, modifiers) : key_of(code);
    const bool other = !key && !command && !only_writes(code) && !is_modifier(code);
    if (target.strike == InputTarget::Strike::repeated || (!key && !other)) {
        return;
    }
    Event event = event_now(EventKind::key_down);
    event.key = key.value_or(Key::none);
    event.code = code;
    event.scancode = scancode;
    event.shift = (modifiers & GLFW_MOD_SHIFT) != 0 ? Shift::held : Shift::up;
    event.control = (modifiers & GLFW_MOD_CONTROL) != 0 ? Control::held : Control::up;
    target.events.push(event);
}

void on_character(GLFWwindow* window, unsigned int character) {
    const InputTarget& target = target_of(window);
    if (target.strike == InputTarget::Strike::repeated) {
        return;
    }
    Event event = event_now(EventKind::character);
    event.character = character;
    event.code = target.code;
    event.scancode = target.scancode;
    target.events.push(event);
}

void on_button(GLFWwindow* window, int button, int action, int) {
    if (button != GLFW_MOUSE_BUTTON_LEFT) {
        return;
    }
    Event event = event_now(action == GLFW_PRESS ? EventKind::pointer_down : EventKind::pointer_up);
    event.position = target_of(window).pointer;
    queue_of(window).push(event);
}

void on_move(GLFWwindow* window, double x, double y) {
    Event event = event_now(EventKind::pointer_move);
    event.position = scaled(window, x, y);
    target_of(window).pointer = event.position;
    queue_of(window).push(event);
}

void on_scroll(GLFWwindow* window, double, double steps) {
    Event event = event_now(EventKind::scroll);
    event.position = target_of(window).pointer;
    event.scroll_lines = -static_cast<float>(steps) * lines_per_wheel_step;
    queue_of(window).push(event);
}

void on_resize(GLFWwindow* window, int width, int height) {
    Event event = event_now(EventKind::resize);
    event.width = width;
    event.height = height;
    queue_of(window).push(event);
}

void on_close(GLFWwindow* window) {
    glfwSetWindowShouldClose(window, GLFW_FALSE);  // the program decides
    queue_of(window).push(event_now(EventKind::close));
}

void on_focus(GLFWwindow* window, int focused) {
    if (focused == GLFW_FALSE) {
        target_of(window).held.clear();  // what is let go elsewhere is not told here
        queue_of(window).push(event_now(EventKind::pointer_cancel));
    }
}

void on_refresh(GLFWwindow* window) {
    queue_of(window).push(event_now(EventKind::wake));
}

}  // namespace

void connect_events(GLFWwindow* window, InputTarget& target) {
    double x = 0;
    double y = 0;
    glfwGetCursorPos(window, &x, &y);
    target.pointer = scaled(window, x, y);
    glfwSetWindowUserPointer(window, &target);
    glfwSetKeyCallback(window, on_key);
    glfwSetCharCallback(window, on_character);
    glfwSetMouseButtonCallback(window, on_button);
    glfwSetCursorPosCallback(window, on_move);
    glfwSetScrollCallback(window, on_scroll);
    glfwSetFramebufferSizeCallback(window, on_resize);
    glfwSetWindowCloseCallback(window, on_close);
    glfwSetWindowFocusCallback(window, on_focus);
    glfwSetWindowRefreshCallback(window, on_refresh);
}

}  // namespace pillarbox::platform
