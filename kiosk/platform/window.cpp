// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/window.hpp"

#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <cstdint>

#include "kiosk/platform/glfw_events.hpp"
#include "kiosk/platform/touch_source.hpp"

// GLFW's. Its header glfw3native.h needs Xrandr's, for which nothing else here has a use.
extern "C" unsigned long glfwGetX11Window(GLFWwindow* window);

namespace pillarbox::platform {

using base::ErrorCode;
using base::fail;

namespace {

constexpr int frames_after_an_event = 3;
constexpr int min_gl_major = 3;
constexpr int min_gl_minor = 3;

// GLFW's own state, up for as long as there is a window.
struct Library {
    Library() = default;
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() { glfwTerminate(); }
};

struct WindowDeleter {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};

std::string last_glfw_error() {
    const char* text = nullptr;
    glfwGetError(&text);
    return text == nullptr ? std::string("no reason given") : std::string(text);
}

// One context with ImGui's renderer in it.
class RenderedContext {
  public:
    RenderedContext() { ImGui_ImplOpenGL3_Init("#version 330"); }
    ~RenderedContext() { ImGui_ImplOpenGL3_Shutdown(); }
    RenderedContext(const RenderedContext&) = delete;
    RenderedContext& operator=(const RenderedContext&) = delete;
    FrameContext& frame() { return frame_; }

  private:
    FrameContext frame_;
};

}  // namespace

struct Window::State {
    std::unique_ptr<Library> library;
    std::unique_ptr<InputTarget> input;
    std::unique_ptr<GLFWwindow, WindowDeleter> window;
    EventQueue* events = nullptr;
    std::unique_ptr<TouchSource> touch;
    std::optional<base::Error> without_touch;
    std::unique_ptr<RenderedContext> context;
    GLuint texture = 0;
    int texture_width = 0;
    int texture_height = 0;
    const ImDrawData* drawn = nullptr;
    Background background;
    enum class Contents { drawn, nothing } contents = Contents::drawn;
    std::uint64_t hash = 0;
    bool picture_changed = true;
    int frames_owed = frames_after_an_event;
    std::uint64_t frames_drawn = 0;

    void render() {
        int width = 0;
        int height = 0;
        glfwGetFramebufferSize(window.get(), &width, &height);
        glViewport(0, 0, width, height);
        // A full-screen rectangle costs 42 ms on a software renderer, a clear 5 ms.
        glClearColor(background.red, background.green, background.blue, 1.0F);
        glClear(GL_COLOR_BUFFER_BIT);
        if (contents == Contents::nothing) {
            return;
        }
        ImDrawData data = *drawn;
        ImGui_ImplOpenGL3_RenderDrawData(&data);
    }
};

base::Result<std::unique_ptr<Window>> Window::open(const WindowSettings& settings, EventQueue& events) {
    if (glfwInit() != GLFW_TRUE) {
        return fail(ErrorCode::unavailable, "display",
                    "There is no display to open a window on: " + last_glfw_error() + ".",
                    "Start it in an X session, or set DISPLAY.");
    }
    auto state = std::make_unique<State>();
    state->library = std::make_unique<Library>();
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, min_gl_major);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, min_gl_minor);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
    // Flat pages need neither: eight megabytes of a portrait screen, and a slower way through a software renderer.
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    GLFWmonitor* monitor = nullptr;
    int width = settings.width;
    int height = settings.height;
    if (settings.placement == Placement::full_screen && (monitor = glfwGetPrimaryMonitor()) != nullptr) {
        const GLFWvidmode* mode = glfwGetVideoMode(monitor);
        width = mode->width;
        height = mode->height;
    }
    state->window.reset(glfwCreateWindow(width, height, settings.title.c_str(), monitor, nullptr));
    if (state->window == nullptr) {
        return fail(ErrorCode::unavailable, "OpenGL",
                    "A window with OpenGL 3.3 can't be opened: " + last_glfw_error() + ".",
                    "Install libgl1-mesa-dri, or the driver of the graphics card.");
    }
    glfwMakeContextCurrent(state->window.get());
    glfwSwapInterval(1);
    state->events = &events;
    state->input = std::make_unique<InputTarget>(events);
    connect_events(state->window.get(), *state->input);
    events.on_push([] { glfwPostEmptyEvent(); });
    auto touch = TouchSource::start(glfwGetX11Window(state->window.get()), events);
    if (touch.has_value()) {
        state->touch = *std::move(touch);
    } else {
        state->without_touch = touch.error();
    }
    state->context = std::make_unique<RenderedContext>();
    return std::unique_ptr<Window>(new Window(std::move(state)));
}

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}

Window::~Window() {
    state_->touch.reset();  // first: its thread pushes events, which wake GLFW
    state_->events->on_push({});
    if (state_->texture != 0) {
        glDeleteTextures(1, &state_->texture);
    }
    state_->context.reset();
    state_->window.reset();
}

int Window::width() const {
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(state_->window.get(), &width, &height);
    return width;
}

int Window::height() const {
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(state_->window.get(), &width, &height);
    return height;
}

void Window::wait(std::chrono::milliseconds longest) {
    if (state_->events->empty() && state_->frames_owed <= 0) {
        glfwWaitEventsTimeout(std::chrono::duration<double>(longest).count());
    } else {
        // Whatever this poll brings is drawn, because a frame always follows a wait.
        glfwPollEvents();
    }
    if (!state_->events->empty()) {
        state_->frames_owed = frames_after_an_event;
    }
}

void Window::wake() {
    glfwPostEmptyEvent();
}

const std::optional<base::Error>& Window::without_touch() const {
    return state_->without_touch;
}

void Window::renew_context() {
    state_->drawn = nullptr;
    state_->context.reset();  // first: ImGui allows one renderer at a time
    state_->context = std::make_unique<RenderedContext>();
    state_->hash = 0;
    state_->frames_owed = frames_after_an_event;
}

ImDrawList& Window::begin_frame(ImTextureID texture, ImVec2 white_pixel) {
    state_->drawn = nullptr;
    ImGui_ImplOpenGL3_NewFrame();
    return state_->context->frame().begin({width(), height(), texture, white_pixel});
}

void Window::present(Background background, Layout layout) {
    state_->background = background;
    state_->contents = State::Contents::drawn;
    present_frame(layout);
}

void Window::present_nothing() {
    state_->background = {.red = 0, .green = 0, .blue = 0};
    state_->contents = State::Contents::nothing;
    present_frame(Layout::at_rest);
}

void Window::present_frame(Layout layout) {
    state_->drawn = &state_->context->frame().end();
    --state_->frames_owed;
    if (!state_->events->empty() || layout == Layout::settling) {
        return;  // the next frame is due already: this one would only delay it
    }
    // Black has one hash, and no drawn picture has it in practice.
    const std::uint64_t hash = state_->contents == State::Contents::nothing ? 1 : hash_of(*state_->drawn);
    if (hash == state_->hash && !state_->picture_changed) {
        return;
    }
    state_->hash = hash;
    state_->picture_changed = false;
    state_->render();
    glfwSwapBuffers(state_->window.get());
    ++state_->frames_drawn;
}

ImTextureID Window::upload(const PictureView& picture, std::optional<PictureArea> changed) {
    State& state = *state_;
    const bool is_new = state.texture == 0;
    if (is_new) {
        glGenTextures(1, &state.texture);
    }
    glBindTexture(GL_TEXTURE_2D, state.texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    const PictureArea area = changed.value_or(PictureArea{0, 0, picture.width, picture.height});
    if (is_new || picture.width != state.texture_width || picture.height != state.texture_height) {
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, picture.width, picture.height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
        state.texture_width = picture.width;
        state.texture_height = picture.height;
    }
    glPixelStorei(GL_UNPACK_ROW_LENGTH, picture.width);
    glPixelStorei(GL_UNPACK_SKIP_PIXELS, area.x);
    glPixelStorei(GL_UNPACK_SKIP_ROWS, area.y);
    glTexSubImage2D(GL_TEXTURE_2D, 0, area.x, area.y, area.width, area.height, GL_RGBA, GL_UNSIGNED_BYTE,
                    picture.rgba.data());
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_SKIP_PIXELS, 0);
    glPixelStorei(GL_UNPACK_SKIP_ROWS, 0);
    state.picture_changed = true;
    return texture();
}

ImTextureID Window::texture() const {
    return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(state_->texture));
}

Picture Window::capture() {
    Picture picture{width(), height(), {}};
    const std::size_t row_bytes = static_cast<std::size_t>(picture.width) * 4;
    const std::size_t rows = static_cast<std::size_t>(picture.height);
    picture.rgba.resize(row_bytes * rows);
    if (state_->drawn == nullptr) {
        return picture;
    }
    state_->render();  // the back buffer is undefined after a swap
    std::vector<std::uint8_t> upside_down(picture.rgba.size());
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, picture.width, picture.height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
    for (std::size_t row = 0; row < rows; ++row) {
        std::copy_n(upside_down.begin() + static_cast<std::ptrdiff_t>((rows - 1 - row) * row_bytes), row_bytes,
                    picture.rgba.begin() + static_cast<std::ptrdiff_t>(row * row_bytes));
    }
    for (std::size_t alpha = 3; alpha < picture.rgba.size(); alpha += 4) {
        picture.rgba[alpha] = 255;  // a window is opaque, whatever blending left there
    }
    return picture;
}

std::uint64_t Window::frames_drawn() const {
    return state_->frames_drawn;
}

}  // namespace pillarbox::platform
