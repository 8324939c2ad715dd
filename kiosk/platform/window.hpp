// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kiosk's window: GLFW for the surface and raw input, OpenGL 3 through ImGui's stock renderer. Never
// ImGui_ImplGlfw (it loses taps that fall into one slow frame), never a clipboard. All calls on the main thread,
// except EventQueue::push and wake().
//
//     EventQueue events;
//     auto window = TRY(Window::open({.width = 1080, .height = 1920}, events));
//     for (;;) {
//         window->wait(1s);
//         const auto input = events.take_frame();
//         ImDrawList& list = window->begin_frame(window->texture(), white);
//         ...                      // draw with the input
//         window->upload(...);     // what the atlas gained
//         window->present(background);
//     }
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/base/result.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/platform/frame.hpp"
#include "kiosk/platform/picture.hpp"

namespace pillarbox::platform {

enum class Placement { windowed, full_screen };

struct WindowSettings {
    int width = 1080;
    int height = 1920;
    std::string title = "Pillarbox";
    Placement placement = Placement::windowed;
};

struct Background {
    float red = 1;
    float green = 1;
    float blue = 1;
};

enum class Layout { at_rest, settling };

class Window {
  public:
    // `unavailable` where there is no display or no OpenGL 3, with what to do. One at a time in a process.
    [[nodiscard]] static base::Result<std::unique_ptr<Window>> open(const WindowSettings& settings,
                                                                    EventQueue& events);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    [[nodiscard]] int width() const;  // px of the framebuffer
    [[nodiscard]] int height() const;

    // Sleeps until there is an event or `longest` has passed; returns at once while the queue holds something or
    // frames are still owed (three are drawn after the last event, so that a layout that depends on the one before
    // comes to rest).
    void wait(std::chrono::milliseconds longest);
    void wake();  // any thread

    // Why fingers come as one mouse only, where they do.
    [[nodiscard]] const std::optional<base::Error>& without_touch() const;

    // A new person: everything ImGui held is freed.
    void renew_context();

    // `texture` and `white_pixel` are the atlas's, see upload().
    [[nodiscard]] ImDrawList& begin_frame(ImTextureID texture, ImVec2 white_pixel);
    // Ends the frame. Nothing reaches GL where the picture is the same as the last, further events are already
    // waiting, or the caller draws again at once and only wants its layout to come to rest.
    void present(Background background, Layout layout = Layout::at_rest);

    // The same with a black picture, whatever was drawn: nothing of it is in the window or in capture().
    void present_nothing();

    // Copies the `changed` part of a picture (straight alpha) to the GPU and returns its id for begin_frame(). One
    // picture a window: the glyph atlas. Without a `changed` part, all of it.
    [[nodiscard]] ImTextureID upload(const PictureView& picture, std::optional<PictureArea> changed);
    [[nodiscard]] ImTextureID texture() const;  // the last uploaded; null before

    // What was last presented: between present() and the next begin_frame().
    [[nodiscard]] Picture capture();
    [[nodiscard]] std::uint64_t frames_drawn() const;  // that reached GL

  private:
    struct State;
    void present_frame(Layout layout);
    explicit Window(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::platform
