// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/staff_access.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"
#include "core/crypto/password.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::station {
namespace {

using base::ErrorCode;
using Json = nlohmann::json;

constexpr std::string_view access_format_name = "pillarbox staff 1";
constexpr std::string_view key_mark = "pillarbox-staff-key-1 ";
constexpr std::size_t access_file_size_bytes_max = std::size_t{4} << 10U;
constexpr std::size_t secret_size_bytes = 32;
constexpr int access_indent = 2;
constexpr const char* set_again = "Set it again: `pillarbox station set-pin DIR`.";

base::Result<std::optional<std::string>> text_or_null(const Json& json, const std::string& name,
                                                      const std::string& where) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null()) {
        return std::optional<std::string>();
    }
    if (!found->is_string()) {
        return base::fail(ErrorCode::malformed, where + ": " + name, "It must be a text or null.", set_again);
    }
    return std::optional(found->get<std::string>());
}

base::Result<std::optional<crypto::Digest>> digest_or_null(const Json& json, const std::string& where) {
    const auto text = TRY(text_or_null(json, "key_digest", where));
    if (!text.has_value()) {
        return std::optional<crypto::Digest>();
    }
    const auto bytes = base::from_base64(*text);
    if (!bytes.has_value() || bytes->size() != std::tuple_size_v<crypto::Digest>) {
        return base::fail(ErrorCode::malformed, where + ": key_digest", "It must be 32 bytes in base64.",
                          "Make a new key: `pillarbox station make-staff-key DIR --out FILE`.");
    }
    crypto::Digest digest{};
    std::ranges::copy(*bytes, digest.begin());
    return std::optional(digest);
}

// Each digit is the one before plus the same step, round from 9 to 0: 111111, 123456, 987654, 135791.
bool is_a_run(std::string_view pin) {
    constexpr int ten = 10;
    const auto step = [&](std::size_t at) { return (pin[at] - pin[at - 1] + ten) % ten; };
    for (std::size_t at = 2; at < pin.size(); ++at) {
        if (step(at) != step(1)) {
            return false;
        }
    }
    return true;
}

// 121212, 123123: made of one part of one to half its digits.
bool repeats_a_part(std::string_view pin) {
    for (std::size_t part = 1; part <= pin.size() / 2; ++part) {
        if (pin.size() % part == 0 && pin.substr(part) == pin.substr(0, pin.size() - part)) {
            return true;
        }
    }
    return false;
}

std::size_t different_digits(std::string_view pin) {
    std::string digits(pin);
    std::ranges::sort(digits);
    const auto repeated = std::ranges::unique(digits);
    const auto count = static_cast<std::size_t>(repeated.begin() - digits.begin());
    crypto::wipe({reinterpret_cast<std::uint8_t*>(digits.data()), digits.size()});
    return count;
}

}  // namespace

std::filesystem::path staff_path(const std::filesystem::path& folder) {
    return folder / "staff.json";
}

base::Result<StaffAccess> read_staff_access(const std::filesystem::path& folder) {
    const auto path = staff_path(folder);
    const auto bytes = base::read_file(path, access_file_size_bytes_max);
    if (!bytes.has_value() && bytes.error().code == ErrorCode::not_found) {
        return StaffAccess{};
    }
    if (!bytes.has_value()) {
        return std::unexpected(bytes.error());
    }
    const Json json = Json::parse(bytes->begin(), bytes->end(), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) {
        return base::fail(ErrorCode::malformed, path.string(), "The file is not a JSON object.", set_again);
    }
    const auto format = TRY(text_or_null(json, "format", path.string()));
    if (format != access_format_name) {
        return base::fail(ErrorCode::unsupported, path.string(),
                          "This version reads \"" + std::string(access_format_name) + "\" only.", set_again);
    }
    StaffAccess access;
    access.pin_hash = TRY(text_or_null(json, "pin", path.string()));
    access.key_digest = TRY(digest_or_null(json, path.string()));
    return access;
}

base::Result<void> write_staff_access(const std::filesystem::path& folder, const StaffAccess& access) {
    Json json = {{"format", access_format_name}, {"pin", nullptr}, {"key_digest", nullptr}};
    if (access.pin_hash.has_value()) {
        json["pin"] = *access.pin_hash;
    }
    if (access.key_digest.has_value()) {
        json["key_digest"] = base::to_base64(*access.key_digest);
    }
    const std::string text = json.dump(access_indent, ' ', false, Json::error_handler_t::replace) + '\n';
    return base::write_file(staff_path(folder), base::view_of(text), base::FileMode::owner_only);
}

base::Result<void> check_pin(std::string_view pin) {
    const bool digits_only = std::ranges::all_of(pin, [](char letter) { return letter >= '0' && letter <= '9'; });
    if (!digits_only || pin.size() < pin_digits_min || pin.size() > pin_digits_max) {
        return base::fail(ErrorCode::usage, "PIN", "A PIN has 6 to 12 digits and nothing else.",
                          "Choose another one.");
    }
    constexpr std::size_t different_digits_min = 3;
    if (is_a_run(pin) || repeats_a_part(pin) || different_digits(pin) < different_digits_min) {
        return base::fail(ErrorCode::usage, "PIN", "This PIN is among the first that others would try.",
                          "Choose one without a pattern.");
    }
    return {};
}

base::Result<void> set_pin(const std::filesystem::path& folder, std::string_view pin) {
    TRY(check_pin(pin));
    auto access = TRY(read_staff_access(folder));
    access.pin_hash = TRY(crypto::hash_password(base::view_of(pin)));
    return write_staff_access(folder, access);
}

base::Result<std::string> make_staff_key(const std::filesystem::path& folder, base::Random& random) {
    auto access = TRY(read_staff_access(folder));
    std::array<std::uint8_t, secret_size_bytes> secret{};
    random.fill(secret);
    std::string text = std::string(key_mark) + base::to_base64(secret) + '\n';
    access.key_digest = crypto::sha256(secret);
    crypto::wipe(secret);
    TRY(write_staff_access(folder, access));
    return text;
}

bool is_pin_of(const StaffAccess& access, std::string_view pin) {
    return access.pin_hash.has_value() && pin.size() <= pin_digits_max &&
           crypto::matches_password(*access.pin_hash, base::view_of(pin));
}

bool is_key_of(const StaffAccess& access, base::ByteView key_file) {
    std::string_view text = base::text_of(key_file);
    while (text.ends_with('\n') || text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    if (!access.key_digest.has_value() || !text.starts_with(key_mark)) {
        return false;
    }
    auto secret = base::from_base64(text.substr(key_mark.size()));
    if (!secret.has_value() || secret->size() != secret_size_bytes) {
        return false;
    }
    const auto digest = crypto::sha256(*secret);
    crypto::wipe(*secret);
    return crypto::equal_in_constant_time(digest, *access.key_digest);
}

}  // namespace pillarbox::station
