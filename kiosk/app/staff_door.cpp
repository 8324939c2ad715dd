// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/staff_door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/file.hpp"
#include "core/station/staff_access.hpp"

namespace pillarbox::app {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t free_tries = 3;
constexpr milliseconds first_wait{30'000};
constexpr milliseconds wait_max{15 * 60'000};
constexpr std::size_t tries_size_bytes_max = 32;

std::filesystem::path tries_path(const std::filesystem::path& folder) {
    return folder / "staff.tries";
}

// A file that can't be read counts as the last free try: who damages it gains nothing.
std::uint64_t read_tries(const std::filesystem::path& folder) {
    const auto bytes = base::read_file(tries_path(folder), tries_size_bytes_max);
    if (!bytes.has_value()) {
        return bytes.error().code == base::ErrorCode::not_found ? 0 : free_tries;
    }
    std::string_view text = base::text_of(*bytes);
    text = text.substr(0, text.find('\n'));
    std::uint64_t tries = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), tries);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? tries : free_tries;
}

}  // namespace

milliseconds wait_after(std::uint64_t wrong_tries) {
    if (wrong_tries < free_tries) {
        return milliseconds{0};
    }
    constexpr std::uint64_t doublings_max = 5;  // 30 s * 2^5 is over the maximum
    const auto doublings = std::min(wrong_tries - free_tries, doublings_max);
    return std::min(first_wait * (std::int64_t{1} << doublings), wait_max);
}

StaffDoor::StaffDoor(std::filesystem::path station_folder, milliseconds now)
    : folder_(std::move(station_folder)),
      wrong_tries_(read_tries(folder_)),
      locked_until_(now + wait_after(wrong_tries_)) {}

StaffDoor::Pin StaffDoor::pin() const {
    const auto access = station::read_staff_access(folder_);
    return access.has_value() && access->pin_hash.has_value() ? Pin::set : Pin::missing;
}

milliseconds StaffDoor::wait_left(milliseconds now) const {
    return std::max(milliseconds{0}, locked_until_ - now);
}

Admission StaffDoor::try_pin(std::string_view pin, milliseconds now) {
    const auto access = station::read_staff_access(folder_);
    if (wait_left(now).count() > 0 || !access.has_value() || !access->pin_hash.has_value()) {
        return Admission::refused;
    }
    note_tries(wrong_tries_ + 1);
    if (!station::is_pin_of(*access, pin)) {
        locked_until_ = now + wait_after(wrong_tries_);
        return Admission::refused;
    }
    note_tries(0);
    return Admission::admitted;
}

Admission StaffDoor::try_key(base::ByteView key_file) {
    const auto access = station::read_staff_access(folder_);
    if (!access.has_value() || !station::is_key_of(*access, key_file)) {
        return Admission::refused;
    }
    locked_until_ = milliseconds{0};
    note_tries(0);
    return Admission::admitted;
}

// A full disk must not keep staff out, who come to see to it: the number then holds until the program ends.
void StaffDoor::note_tries(std::uint64_t tries) {
    wrong_tries_ = tries;
    if (tries == 0) {
        std::error_code ignored;
        std::filesystem::remove(tries_path(folder_), ignored);
        return;
    }
    const auto text = fmt::format("{}\n", tries);
    static_cast<void>(base::write_file(tries_path(folder_), base::view_of(text), base::FileMode::owner_only));
}

}  // namespace pillarbox::app
