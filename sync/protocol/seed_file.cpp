// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/seed_file.hpp"

#include "core/base/file.hpp"

namespace pillarbox::protocol {
namespace {

constexpr std::size_t seed_file_size_bytes_max = 64;

// Wipes a buffer on every way out.
class WipedLater {
  public:
    explicit WipedLater(std::span<std::uint8_t> bytes) : bytes_(bytes) {}
    ~WipedLater() { crypto::wipe(bytes_); }
    WipedLater(const WipedLater&) = delete;
    WipedLater& operator=(const WipedLater&) = delete;

  private:
    std::span<std::uint8_t> bytes_;
};

}  // namespace

base::Result<void> write_seed_file(const std::filesystem::path& path, const crypto::SigningKey& key) {
    std::string encoded = base::to_base64(key.seed());
    base::Bytes text = base::bytes_of(encoded);
    const WipedLater encoded_wiped({reinterpret_cast<std::uint8_t*>(encoded.data()), encoded.size()});
    text.push_back('\n');
    const WipedLater text_wiped(text);
    return base::write_file(path, text, base::FileMode::owner_only);
}

base::Result<crypto::SigningKey> read_seed_file(const std::filesystem::path& path) {
    const auto damaged = [&path] {
        return base::fail(base::ErrorCode::damaged, path.string(), "Not the file of a signing key.",
                          "Put back the copy that was made when the key was.");
    };
    auto text = base::read_file(path, seed_file_size_bytes_max);
    if (!text.has_value()) {
        return text.error().code == base::ErrorCode::limit_exceeded ? damaged() : std::unexpected(text.error());
    }
    const WipedLater text_wiped(*text);
    std::string_view encoded = base::text_of(*text);
    if (!encoded.ends_with('\n')) {
        return damaged();
    }
    encoded.remove_suffix(1);
    auto seed = base::from_base64(encoded);
    if (!seed.has_value()) {
        return damaged();
    }
    const WipedLater seed_wiped(*seed);
    auto key = crypto::SigningKey::from_seed(*seed);
    return key.has_value() ? std::move(key) : damaged();
}

}  // namespace pillarbox::protocol
