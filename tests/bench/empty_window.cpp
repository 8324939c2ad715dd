// SPDX-License-Identifier: GPL-3.0-or-later
//
// The least that a GLFW and ImGui program can be: a window, a context, ImGui's stock renderer and font. It draws
// --frames frames, each with another background, prints "frames drawn", and then sleeps until it is ended. What the
// kiosk takes on top of this is the kiosk's own.
#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <CLI/CLI.hpp>
#include <cstdio>

namespace {

enum class Content { nothing, window };

void draw_frame(GLFWwindow* window, int number, Content content) {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ImGui::NewFrame();
    if (content == Content::window) {
        ImGui::SetNextWindowPos({0, 0});
        ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
        ImGui::Begin("Empty", nullptr, ImGuiWindowFlags_NoDecoration);
        ImGui::End();
    }
    ImGui::Render();
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window, &width, &height);
    glViewport(0, 0, width, height);
    const float blue = number % 2 == 0 ? 1.0F : 0.9F;
    glClearColor(1.0F, 1.0F, blue, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window);
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Opens an empty window, draws some frames and sleeps."};
    int frames = 1;
    int width = 1080;
    int height = 1920;
    command.add_option("--frames", frames, "How many frames to draw");
    command.add_option("--width", width, "px");
    command.add_option("--height", height, "px");
    bool filled = false;
    command.add_flag("--filled", filled, "Draw an empty ImGui window as large as the window");
    CLI11_PARSE(command, argument_count, arguments);
    if (glfwInit() != GLFW_TRUE) {
        return 4;
    }
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
    GLFWwindow* window = glfwCreateWindow(width, height, "Empty", nullptr, nullptr);
    if (window == nullptr) {
        return 4;
    }
    glfwMakeContextCurrent(window);
    glfwSwapInterval(1);
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    ImGui_ImplOpenGL3_Init("#version 330");
    for (int number = 0; number < frames; ++number) {
        glfwPollEvents();
        draw_frame(window, number, filled ? Content::window : Content::nothing);
    }
    std::puts("frames drawn");
    std::fflush(stdout);
    while (glfwWindowShouldClose(window) == 0) {
        glfwWaitEvents();
    }
    return 0;
}
