// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a program takes from exec to its first page: starts it, watches one pixel of the (black) screen until it
// is lit, prints the microseconds, and ends the program. It sees what a person would see, and the same for any
// program.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tests/bench/paired.hpp"

namespace {

constexpr double patience_us = 60e6;
constexpr int watched_x = 6;  // px: background of the kiosk's page, at every size of its texts
constexpr int watched_y = 6;

bool is_lit(Display* display) {
    XImage* image = XGetImage(display, DefaultRootWindow(display), watched_x, watched_y, 1, 1, AllPlanes, ZPixmap);
    const bool lit = image != nullptr && (XGetPixel(image, 0, 0) & 0xffffffUL) != 0;
    if (image != nullptr) {
        XDestroyImage(image);
    }
    return lit;
}

// What the last program left on the screen.
void blacken(Display* display) {
    const Window root = DefaultRootWindow(display);
    XSetWindowBackground(display, root, BlackPixel(display, DefaultScreen(display)));
    XClearWindow(display, root);
    XSync(display, False);
}

bool wait_until(Display* display, bool lit) {
    const double start_us = pillarbox::bench::now_us(pillarbox::bench::Time::wall);
    while (is_lit(display) != lit) {
        if (pillarbox::bench::now_us(pillarbox::bench::Time::wall) - start_us > patience_us) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::microseconds(500));
    }
    return true;
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    if (argument_count < 2) {
        std::fputs("usage: first_page PROGRAM [ARGUMENTS...]\n", stderr);
        return 2;
    }
    Display* display = XOpenDisplay(nullptr);
    if (display == nullptr) {
        std::fputs("first_page: there is no display\n", stderr);
        return 4;
    }
    blacken(display);
    if (!wait_until(display, false)) {
        std::fputs("first_page: the screen does not turn black\n", stderr);
        return 4;
    }
    pid_t process = -1;
    const double start_us = pillarbox::bench::now_us(pillarbox::bench::Time::wall);
    if (::posix_spawn(&process, arguments[1], nullptr, nullptr, arguments + 1, environ) != 0) {
        std::fputs("first_page: the program does not start\n", stderr);
        return 4;
    }
    const bool seen = wait_until(display, true);
    const double spent_us = pillarbox::bench::now_us(pillarbox::bench::Time::wall) - start_us;
    ::kill(process, SIGKILL);
    ::waitpid(process, nullptr, 0);
    if (!seen) {
        std::fputs("first_page: nothing was drawn\n", stderr);
        return 4;
    }
    std::printf("%.0f\n", spent_us);
    XCloseDisplay(display);
    return 0;
}
