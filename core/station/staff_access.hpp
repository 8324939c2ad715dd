// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may open the staff screens of a kiosk: staff.json in the station folder, owner-only. It holds no secret, only
// the PIN's Argon2id hash and the digest of the staff key, which is a file of 32 random bytes on a USB stick.
//
//   {"format": "pillarbox staff 1", "pin": "$argon2id$..." or null, "key_digest": <base64> or null}
//
// Staff screens never show an answer, so what this keeps out is mischief, not a thief.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/hash.hpp"

namespace pillarbox::station {

struct StaffAccess {
    std::optional<std::string> pin_hash;
    std::optional<crypto::Digest> key_digest;
    friend bool operator==(const StaffAccess&, const StaffAccess&) = default;
};

[[nodiscard]] std::filesystem::path staff_path(const std::filesystem::path& folder);

// Nothing is set where there is no file yet.
[[nodiscard]] base::Result<StaffAccess> read_staff_access(const std::filesystem::path& folder);
[[nodiscard]] base::Result<void> write_staff_access(const std::filesystem::path& folder, const StaffAccess& access);

inline constexpr std::size_t pin_digits_min = 6;
inline constexpr std::size_t pin_digits_max = 12;

// usage for what is no PIN, and for what others try first: one digit over and over, 123456 and its like, 121212.
[[nodiscard]] base::Result<void> check_pin(std::string_view pin);

// Sets the PIN (checked) and leaves the key as it is.
[[nodiscard]] base::Result<void> set_pin(const std::filesystem::path& folder, std::string_view pin);

// The text of a new key file, "pillarbox-staff-key-1 <base64>\n"; its digest replaces that of the key before.
[[nodiscard]] base::Result<std::string> make_staff_key(const std::filesystem::path& folder, base::Random& random);
inline constexpr std::string_view staff_key_file_name = "pillarbox-staff.key";
inline constexpr std::size_t staff_key_size_bytes_max = 256;

[[nodiscard]] bool is_pin_of(const StaffAccess& access, std::string_view pin);
[[nodiscard]] bool is_key_of(const StaffAccess& access, base::ByteView key_file);

}  // namespace pillarbox::station
