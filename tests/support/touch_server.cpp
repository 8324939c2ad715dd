// SPDX-License-Identifier: GPL-3.0-or-later
//
// The driver's protocol (inputtest(4)): over a UNIX socket, structures in the machine's own byte order, each headed
// by its length in bytes and its kind. First the two sides tell their versions; an event of kind `sync` is answered
// once all before it has gone through the server.
#include "tests/support/touch_server.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/file.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

enum class Kind : std::uint32_t { version = 0, sync = 1, motion = 2, button = 4, key = 5, touch = 6 };

struct Header {
    std::uint32_t size_bytes = 0;
    Kind kind{};
};

constexpr std::size_t axes_max = 64;
struct Axes {
    std::uint32_t has_unaccelerated = 0;
    std::array<std::uint8_t, axes_max / 8> set{};
    std::array<double, axes_max> values{};
    std::array<double, axes_max> unaccelerated{};
};

struct VersionEvent {
    Header header{sizeof(VersionEvent), Kind::version};
    std::uint16_t major = 1;
    std::uint16_t minor = 1;
};
struct SyncEvent {
    Header header{sizeof(SyncEvent), Kind::sync};
};
struct MotionEvent {
    Header header{sizeof(MotionEvent), Kind::motion};
    std::uint32_t is_absolute = 1;
    Axes axes;
};
struct ButtonEvent {
    Header header{sizeof(ButtonEvent), Kind::button};
    std::int32_t is_absolute = 0;
    std::int32_t button = 1;
    std::uint32_t is_press = 0;
    Axes axes;
};
struct KeyEvent {
    Header header{sizeof(KeyEvent), Kind::key};
    std::int32_t code = 0;
    std::uint32_t is_press = 0;
};
struct TouchEvent {
    Header header{sizeof(TouchEvent), Kind::touch};
    std::uint32_t finger = 0;
    TouchPart part{};
    Axes axes;
};

constexpr double axis_end = 65535;

Axes place(double x, double y) {
    Axes axes;
    axes.set[0] = 3;
    axes.values[0] = x * axis_end;
    axes.values[1] = y * axis_end;
    return axes;
}

template <typename T>
std::span<const std::byte> bytes_of(const T& event) {
    return std::as_bytes(std::span(&event, 1));
}

std::string configuration(const std::filesystem::path& folder, int width, int height) {
    std::string text = fmt::format(
        R"(Section "ServerFlags"
  Option "AutoAddDevices" "false"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 1-1000
  VertRefresh 1-500
  Modeline "kiosk" {:.2f} {} {} {} {} {} {} {} {}
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Modes "kiosk"
  EndSubSection
EndSection
)",
        (width + 60) * (height + 60) * 60 / 1e6, width, width + 20, width + 40, width + 60, height, height + 20,
        height + 40, height + 60);
    std::string layout = "Section \"ServerLayout\"\n  Identifier \"layout\"\n  Screen \"screen\"\n";
    for (const auto& [name, type, role] :
         {std::array{"touch", "Touch", ""}, std::array{"mouse", "PointerAbsolute", "CorePointer"},
          std::array{"keys", "Keyboard", "CoreKeyboard"}}) {
        text += fmt::format(
            "Section \"InputDevice\"\n  Identifier \"{0}\"\n  Driver \"inputtest\"\n"
            "  Option \"SocketPath\" \"{1}/{0}\"\n  Option \"DeviceType\" \"{2}\"\n"
            "  Option \"TouchCount\" \"10\"\nEndSection\n",
            name, folder.string(), type);
        layout += fmt::format("  InputDevice \"{}\" \"{}\"\n", name, role);
    }
    return text + layout + "EndSection\n";
}

// -1 where there is none, or its driver speaks another version.
int connect_to(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.string().size() >= sizeof address.sun_path) {
        return -1;
    }
    std::memcpy(address.sun_path, path.c_str(), path.string().size());
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const VersionEvent ours;
    VersionEvent theirs;
    const auto* target = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket, target, sizeof address) != 0 || ::write(socket, &ours, sizeof ours) != sizeof ours ||
        ::read(socket, &theirs, sizeof theirs) != sizeof theirs || theirs.major != ours.major) {
        ::close(socket);
        return -1;
    }
    return socket;
}

}  // namespace

base::Result<std::unique_ptr<TouchServer>> TouchServer::start(const std::filesystem::path& folder, int width,
                                                              int height) {
    TRY(base::write_file(folder / "xorg.conf", base::bytes_of(configuration(folder, width, height))));
    // The program itself: Debian's wrapper in /usr/bin would look for a console.
    auto server = XServer::start({"/usr/lib/xorg/Xorg", "-config", folder / "xorg.conf", "-logfile", folder / "log",
                                  "-novtswitch", "-sharevts", "-keeptty", "-noreset", "-nolisten", "tcp"});
    if (!server) {
        return base::fail(ErrorCode::unavailable, "Xorg", "Xorg does not start.",
                          "Run as root, with xserver-xorg-core and xserver-xorg-video-dummy.");
    }
    std::unique_ptr<TouchServer> made(new TouchServer(*std::move(server), width, height));
    made->touch_ = connect_to(folder / "touch");
    made->mouse_ = connect_to(folder / "mouse");
    made->keys_ = connect_to(folder / "keys");
    if (made->touch_ < 0 || made->mouse_ < 0 || made->keys_ < 0) {
        return base::fail(ErrorCode::unavailable, "Xorg", "Xorg's inputtest driver does not answer.",
                          "Use Xorg 21.1.");
    }
    return made;
}

TouchServer::TouchServer(XServer server, int width, int height)
    : server_(std::move(server)), width_(static_cast<float>(width)), height_(static_cast<float>(height)) {}

TouchServer::~TouchServer() {
    for (const int socket : {touch_, mouse_, keys_}) {
        if (socket >= 0) {
            ::close(socket);
        }
    }
}

void TouchServer::send(int socket, std::span<const std::byte> event) const {
    const SyncEvent sync;
    SyncEvent done;
    PILLARBOX_CHECK(::write(socket, event.data(), event.size()) == static_cast<ssize_t>(event.size()));
    PILLARBOX_CHECK(::write(socket, &sync, sizeof sync) == sizeof sync);
    PILLARBOX_CHECK(::read(socket, &done, sizeof done) == sizeof done);
}

void TouchServer::touch(TouchPart part, std::uint32_t finger, float x, float y) {
    TouchEvent event;
    event.finger = finger;
    event.part = part;
    event.axes = place(x / width_, y / height_);
    send(touch_, bytes_of(event));
}

void TouchServer::tap(std::uint32_t finger, float x, float y) {
    touch(TouchPart::begin, finger, x, y);
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    touch(TouchPart::end, finger, x, y);
}

void TouchServer::move_mouse(float x, float y) {
    MotionEvent event;
    event.axes = place(x / width_, y / height_);
    send(mouse_, bytes_of(event));
}

void TouchServer::mouse_button(Button button) {
    ButtonEvent event;
    event.is_press = button == Button::pressed ? 1 : 0;
    send(mouse_, bytes_of(event));
}

void TouchServer::key(int code, Button button) {
    KeyEvent event;
    event.code = code;
    event.is_press = button == Button::pressed ? 1 : 0;
    send(keys_, bytes_of(event));
}

}  // namespace pillarbox::tests
