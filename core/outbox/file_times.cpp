// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/file_times.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>

namespace pillarbox::outbox {

void forget_time_of_day(const std::filesystem::path& database) {
    constexpr time_t day_s = 24 * 60 * 60;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::path file = database;
        file += suffix;
        struct stat status{};
        if (::stat(file.c_str(), &status) == 0) {
            const time_t midnight = status.st_mtim.tv_sec - status.st_mtim.tv_sec % day_s;
            const std::array<timespec, 2> times{timespec{midnight, 0}, timespec{midnight, 0}};
            ::utimensat(AT_FDCWD, file.c_str(), times.data(), 0);
        }
    }
}

}  // namespace pillarbox::outbox
