// SPDX-License-Identifier: GPL-3.0-or-later
//
// A library for LD_PRELOAD that stands between a program and the calls with which it changes files and talks to
// sockets. PILLARBOX_CALL_FAULT="KIND FIRST COUNT" says what becomes of the FIRSTth of these calls and the COUNT-1
// after it:
//
//   short         only half of the bytes are written, and it says so: any program has to carry on
//   kill-before   the process is killed instead of the call
//   kill-half     ... in its middle: half of the bytes are written
//   kill-after    ... before it hears of the outcome
//   ignore        control: writes to files are not done and reported as done, as to a program that ignores errors
//   crash         control: the process dies of a signal as a defect would have it
//
// Writes to standard output, standard error, pipes and event counters neither count nor fail. Threading: calls are
// counted across all threads.
#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

enum class Kind { none, short_write, kill_before, kill_half, kill_after, ignore, crash };

struct Plan {
    Kind kind = Kind::none;
    unsigned long first = 0;
    unsigned long count = 0;
};

Plan read_plan() {
    const char* text = std::getenv("PILLARBOX_CALL_FAULT");
    std::array<char, 16> word{};
    Plan plan;
    if (text == nullptr || std::sscanf(text, "%15s %lu %lu", word.data(), &plan.first, &plan.count) != 3) {
        return {};
    }
    constexpr std::array<std::pair<std::string_view, Kind>, 6> names{{{"short", Kind::short_write},
                                                                      {"kill-before", Kind::kill_before},
                                                                      {"kill-half", Kind::kill_half},
                                                                      {"kill-after", Kind::kill_after},
                                                                      {"ignore", Kind::ignore},
                                                                      {"crash", Kind::crash}}};
    const auto* found =
        std::ranges::find(names, std::string_view(word.data()), [](const auto& name) { return name.first; });
    plan.kind = found == names.end() ? Kind::none : found->second;
    return plan;
}

// What happens to this call.
Kind next_fault() {
    static const Plan plan = read_plan();
    static std::atomic<unsigned long> calls = 0;
    if (plan.kind == Kind::none) {
        return Kind::none;
    }
    const unsigned long number = ++calls;
    return number >= plan.first && number - plan.first < plan.count ? plan.kind : Kind::none;
}

void die() {
    ::kill(::getpid(), SIGKILL);
}

bool is_regular_file(int descriptor) {
    struct stat status{};
    return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

// Files and sockets; an event counter, which is written whole or not at all, wakes the store's threads.
bool takes_parts(int descriptor) {
    struct stat status{};
    return ::fstat(descriptor, &status) == 0 && (S_ISREG(status.st_mode) || S_ISSOCK(status.st_mode));
}

template <typename Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

// A call that hands over `size` bytes; `write` does it for as many as it is told.
template <typename Write>
ssize_t faulty_write(int descriptor, std::size_t size, Write write) {
    const bool counts = descriptor != STDOUT_FILENO && descriptor != STDERR_FILENO && takes_parts(descriptor);
    const Kind fault = counts ? next_fault() : Kind::none;
    const std::size_t half = std::max<std::size_t>(size / 2, std::min<std::size_t>(size, 1));
    switch (fault) {
        case Kind::none:
            break;
        case Kind::short_write:
            return write(half);
        case Kind::kill_half:
            write(half);
            die();
            break;
        case Kind::kill_before:
            die();
            break;
        case Kind::kill_after:
            write(size);
            die();
            break;
        case Kind::ignore:
            // One byte is how SQLite lengthens a file that it maps: without it the process would die, which is no
            // loss.
            return is_regular_file(descriptor) && size > 1 ? static_cast<ssize_t>(size) : write(size);
        case Kind::crash:
            std::abort();
    }
    return write(size);
}

// Any other call: it is done or not, there is no half.
template <typename Call>
int faulty_call(Call call) {
    const Kind fault = next_fault();
    if (fault == Kind::kill_before || fault == Kind::kill_half) {
        die();
    }
    if (fault == Kind::crash) {
        std::abort();
    }
    const int result = call();
    if (fault == Kind::kill_after) {
        die();
    }
    return result;
}

// The first `size` bytes of a list of pieces.
constexpr int pieces_max = 1024;
struct Pieces {
    Pieces(const iovec* from, int from_count, std::size_t size) {
        for (int index = 0; index < std::min(from_count, pieces_max) && size > 0; ++index) {
            list[static_cast<std::size_t>(count)] = from[index];
            iovec& piece = list[static_cast<std::size_t>(count++)];
            piece.iov_len = std::min(piece.iov_len, size);
            size -= piece.iov_len;
        }
    }
    std::array<iovec, pieces_max> list{};
    int count = 0;
};

std::size_t size_of(const iovec* pieces, std::size_t count) {
    std::size_t size = 0;
    for (std::size_t index = 0; index < count; ++index) {
        size += pieces[index].iov_len;
    }
    return size;
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, std::size_t size) {
    static const auto next = real<ssize_t (*)(int, const void*, std::size_t)>("write");
    return faulty_write(descriptor, size, [&](std::size_t part) { return next(descriptor, bytes, part); });
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off64_t offset) {
    static const auto next = real<ssize_t (*)(int, const void*, std::size_t, off64_t)>("pwrite64");
    return faulty_write(descriptor, size, [&](std::size_t part) { return next(descriptor, bytes, part, offset); });
}

ssize_t send(int descriptor, const void* bytes, std::size_t size, int flags) {
    static const auto next = real<ssize_t (*)(int, const void*, std::size_t, int)>("send");
    return faulty_write(descriptor, size, [&](std::size_t part) { return next(descriptor, bytes, part, flags); });
}

ssize_t writev(int descriptor, const iovec* pieces, int count) {
    static const auto next = real<ssize_t (*)(int, const iovec*, int)>("writev");
    return faulty_write(descriptor, size_of(pieces, static_cast<std::size_t>(count)), [&](std::size_t part) {
        const Pieces some(pieces, count, part);
        return next(descriptor, some.list.data(), some.count);
    });
}

ssize_t sendmsg(int descriptor, const msghdr* message, int flags) {
    static const auto next = real<ssize_t (*)(int, const msghdr*, int)>("sendmsg");
    return faulty_write(descriptor, size_of(message->msg_iov, message->msg_iovlen), [&](std::size_t part) {
        Pieces some(message->msg_iov, static_cast<int>(message->msg_iovlen), part);
        msghdr shorter = *message;
        shorter.msg_iov = some.list.data();
        shorter.msg_iovlen = static_cast<std::size_t>(some.count);
        return next(descriptor, &shorter, flags);
    });
}

int fdatasync(int descriptor) {
    static const auto next = real<int (*)(int)>("fdatasync");
    return faulty_call([&] { return next(descriptor); });
}

int fsync(int descriptor) {
    static const auto next = real<int (*)(int)>("fsync");
    return faulty_call([&] { return next(descriptor); });
}

int ftruncate64(int descriptor, off64_t size) noexcept {
    static const auto next = real<int (*)(int, off64_t)>("ftruncate64");
    return faulty_call([&] { return next(descriptor, size); });
}

int rename(const char* from, const char* to) noexcept {
    static const auto next = real<int (*)(const char*, const char*)>("rename");
    return faulty_call([&] { return next(from, to); });
}

int unlink(const char* path) noexcept {
    static const auto next = real<int (*)(const char*)>("unlink");
    return faulty_call([&] { return next(path); });
}

}  // extern "C"
