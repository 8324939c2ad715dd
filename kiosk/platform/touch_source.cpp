// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/touch_source.hpp"

#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <map>
#include <span>
#include <thread>

namespace pillarbox::platform {

using base::ErrorCode;
using base::fail;

namespace {

constexpr std::chrono::milliseconds drift_max{1000};
constexpr int xinput_major = 2;
constexpr int xinput_minor = 2;

struct DisplayCloser {
    void operator()(Display* display) const { XCloseDisplay(display); }
};
using DisplayHandle = std::unique_ptr<Display, DisplayCloser>;

// Xlib's own handler ends the program. Set while nothing else of this process speaks to a server (GLFW does the
// same).
class ErrorsIgnored {
  public:
    ErrorsIgnored() : before_(XSetErrorHandler([](Display*, XErrorEvent*) { return 0; })) {}
    ~ErrorsIgnored() { XSetErrorHandler(before_); }
    ErrorsIgnored(const ErrorsIgnored&) = delete;
    ErrorsIgnored& operator=(const ErrorsIgnored&) = delete;

  private:
    XErrorHandler before_;
};

template <std::size_t size>
XIEventMask mask_of(int device, std::array<unsigned char, size>& bits, std::span<const int> kinds) {
    for (const int kind : kinds) {
        // As XISetMask does, whose int under sanitizers is a warning.
        unsigned char& byte = bits.at(static_cast<std::size_t>(kind) / 8);
        byte = static_cast<unsigned char>(byte | (1U << (static_cast<unsigned>(kind) % 8)));
    }
    return {device, static_cast<int>(bits.size()), bits.data()};
}

// True where the server now sends the window's touches to `display`.
bool select_touches(Display* display, ::Window window) {
    std::array<unsigned char, XIMaskLen(XI_LASTEVENT)> touch_bits{};
    std::array<unsigned char, XIMaskLen(XI_LASTEVENT)> device_bits{};
    std::array masks{
        mask_of(XIAllMasterDevices, touch_bits, std::array{XI_TouchBegin, XI_TouchUpdate, XI_TouchEnd}),
        mask_of(XIAllDevices, device_bits, std::array{XI_DeviceChanged}),
    };
    const ErrorsIgnored ignored;
    // Refused where another client has them: the server keeps our mask empty.
    XISelectEvents(display, window, masks.data(), static_cast<int>(masks.size()));
    XSync(display, False);
    int count = 0;
    const std::unique_ptr<XIEventMask, int (*)(void*)> kept(XIGetSelectedEvents(display, window, &count), XFree);
    for (int index = 0; kept && index < count; ++index) {
        const XIEventMask& mask = kept.get()[index];
        if (mask.deviceid == XIAllMasterDevices && mask.mask_len > 0 && XIMaskIsSet(mask.mask, XI_TouchBegin)) {
            return true;
        }
    }
    return false;
}

// Which of a device's axes tells how long a finger is, and how many px one of its units is.
struct SizeAxis {
    int number = 0;
    double px_per_unit = 0;
};

std::optional<SizeAxis> size_axis_of(std::span<XIAnyClassInfo* const> classes, Atom size_label, int screen_width) {
    std::optional<SizeAxis> axis;
    double units_across = 0;
    for (const XIAnyClassInfo* any : classes) {
        if (any->type != XIValuatorClass) {
            continue;
        }
        const auto& valuator = *reinterpret_cast<const XIValuatorClassInfo*>(any);
        if (valuator.number == 0) {
            units_across = valuator.max - valuator.min;
        }
        if (valuator.label == size_label && size_label != None) {
            axis = SizeAxis{valuator.number, 0};
        }
    }
    if (axis && units_across > 0) {
        axis->px_per_unit = screen_width / units_across;  // the kernel tells the size in units of the position
        return axis;
    }
    return std::nullopt;
}

float size_of(const XIDeviceEvent& event, const SizeAxis& axis) {
    const double* value = event.valuators.values;
    for (int number = 0; number < event.valuators.mask_len * 8; ++number) {
        if (!XIMaskIsSet(event.valuators.mask, number)) {
            continue;
        }
        if (number == axis.number) {
            return static_cast<float>(*value * axis.px_per_unit);
        }
        ++value;
    }
    return 0;
}

std::optional<EventKind> kind_of(int type) {
    switch (type) {
        case XI_TouchBegin:
            return EventKind::pointer_down;
        case XI_TouchUpdate:
            return EventKind::pointer_move;
        case XI_TouchEnd:
            return EventKind::pointer_up;
        default:
            return std::nullopt;  // X's numbers are integers, not an enum of ours
    }
}

std::chrono::milliseconds monotonic_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace

std::chrono::milliseconds ServerTime::read(std::uint32_t server_ms, std::chrono::milliseconds now) {
    if (anchor_) {
        const auto passed = static_cast<std::int32_t>(server_ms - anchor_->server_ms);
        const auto ours = anchor_->ours + std::chrono::milliseconds(passed);
        if (ours <= now + drift_max && now - ours <= drift_max) {
            anchor_ = Anchor{server_ms, ours};
            return ours;
        }
    }
    anchor_ = Anchor{server_ms, now};
    return now;
}

struct TouchSource::State {
    DisplayHandle display;
    EventQueue* events = nullptr;
    int opcode = 0;
    int screen_width = 0;
    Atom size_label = None;
    int stop = -1;  // an eventfd
    ServerTime time;
    std::map<int, SizeAxis> size_axes;  // by device, where it has one
    std::map<int, Point> last;          // by touch: a screen repeats a finger that lies still
    bool lost = false;                  // the server is gone
    std::jthread thread;

    ~State() {
        if (thread.joinable()) {
            const std::uint64_t one = 1;
            const auto written = ::write(stop, &one, sizeof one);  // to an eventfd: it can't be full
            static_cast<void>(written);
            thread.join();
        }
        if (stop >= 0) {
            ::close(stop);
        }
    }

    void run() {
        std::array<pollfd, 2> waiting{{{ConnectionNumber(display.get()), POLLIN, 0}, {stop, POLLIN, 0}}};
        while (!lost) {
            // Events may have come with the answer to a request: they are in Xlib's queue, and poll knows nothing.
            while (!lost && XPending(display.get()) > 0) {
                read_one();
            }
            ::poll(waiting.data(), waiting.size(), -1);
            if (waiting[1].revents != 0) {
                return;
            }
        }
        events->push({.kind = EventKind::pointer_cancel, .time = monotonic_now()});
    }

    void read_one() {
        XEvent event;
        XNextEvent(display.get(), &event);
        XGenericEventCookie& cookie = event.xcookie;
        if (cookie.type != GenericEvent || cookie.extension != opcode ||
            XGetEventData(display.get(), &cookie) == False) {
            return;
        }
        if (cookie.evtype == XI_DeviceChanged) {
            const auto& changed = *static_cast<const XIDeviceChangedEvent*>(cookie.data);
            learn_axes(changed.sourceid, {changed.classes, static_cast<std::size_t>(changed.num_classes)});
        } else if (const auto kind = kind_of(cookie.evtype)) {
            push(*static_cast<const XIDeviceEvent*>(cookie.data), *kind);
        }
        XFreeEventData(display.get(), &cookie);
    }

    void push(const XIDeviceEvent& touch, EventKind kind) {
        const Point at{static_cast<float>(touch.event_x), static_cast<float>(touch.event_y)};
        if (kind == EventKind::pointer_move && last[touch.detail] == at) {
            return;
        }
        if (kind == EventKind::pointer_up) {
            last.erase(touch.detail);
        } else {
            last[touch.detail] = at;
        }
        const auto axis = size_axes.find(touch.sourceid);
        Event event{.kind = kind, .time = time.read(static_cast<std::uint32_t>(touch.time), monotonic_now())};
        event.contact = Contact{std::uint64_t{1} + static_cast<std::uint32_t>(touch.detail)};
        event.position = at;
        event.size = axis == size_axes.end() ? 0 : size_of(touch, axis->second);
        events->push(event);
    }

    void learn_axes(int device, std::span<XIAnyClassInfo* const> classes) {
        size_axes.erase(device);
        if (const auto axis = size_axis_of(classes, size_label, screen_width)) {
            size_axes[device] = *axis;
        }
    }
};

base::Result<std::unique_ptr<TouchSource>> TouchSource::start(std::uint64_t window, EventQueue& events) {
    const auto refuse = [](std::string_view what) {
        return fail(ErrorCode::unavailable, "touch", "Fingers can't be told apart: " + std::string(what) + ".",
                    "Run it under Xorg with XInput 2.2 or later, and nothing else that takes touches.");
    };
    auto state = std::make_unique<State>();
    state->display.reset(XOpenDisplay(nullptr));
    Display* display = state->display.get();
    if (display == nullptr) {
        return refuse("a second connection to the X server was refused");
    }
    int first_event = 0;
    int first_error = 0;
    int major = xinput_major;
    int minor = xinput_minor;
    if (XQueryExtension(display, "XInputExtension", &state->opcode, &first_event, &first_error) == False ||
        XIQueryVersion(display, &major, &minor) != Success ||
        major * 100 + minor < xinput_major * 100 + xinput_minor) {
        return refuse("the X server is older than XInput 2.2");
    }
    if (!select_touches(display, window)) {
        return refuse("another program takes the window's touches");
    }
    state->events = &events;
    state->screen_width = DisplayWidth(display, DefaultScreen(display));
    state->size_label = XInternAtom(display, "Abs MT Touch Major", True);
    int count = 0;
    const std::unique_ptr<XIDeviceInfo, void (*)(XIDeviceInfo*)> devices(XIQueryDevice(display, XIAllDevices, &count),
                                                                         XIFreeDeviceInfo);
    for (int index = 0; devices && index < count; ++index) {
        const XIDeviceInfo& device = devices.get()[index];
        state->learn_axes(device.deviceid, {device.classes, static_cast<std::size_t>(device.num_classes)});
    }
    state->stop = ::eventfd(0, EFD_CLOEXEC);
    if (state->stop < 0) {
        return refuse("the kernel gave no event descriptor");
    }
    // Xlib's own answer to a lost server is exit(), on whichever thread: GLFW's connection is lost too, and ends the
    // program in order.
    XSetIOErrorExitHandler(display, [](Display*, void* lost) { *static_cast<bool*>(lost) = true; }, &state->lost);
    State* raw = state.get();
    state->thread = std::jthread([raw] { raw->run(); });
    return std::unique_ptr<TouchSource>(new TouchSource(std::move(state)));
}

TouchSource::TouchSource(std::unique_ptr<State> state) : state_(std::move(state)) {}

TouchSource::~TouchSource() = default;

}  // namespace pillarbox::platform
