// SPDX-License-Identifier: GPL-3.0-or-later
//
// A station folder: what makes one kiosk this kiosk. Made by `pillarbox kiosk enrol`, read by pillarbox-kiosk and
// pillarbox-sync.
//
//   station.json    the names, addresses and pinned keys below; no secret
//   enrolment.token the one-time token, owner-only, until pillarbox-sync has used it
//   renewal.token   the same for a station that is enrolled already and takes a new key; with it, while that goes on,
//                   renewal.request and device.next.key (sync/client/renewing.hpp)
//   campaign.pack   the signed campaign pack
//   outbox.db       the outbox (core/outbox)
//   staff.json      who may open the staff screens (staff_access.hpp)
//   device.key      the kiosk's signing seed, owner-only, made by pillarbox-sync at enrolment; the kiosk program
//   never reads it
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::station {

inline constexpr std::size_t earlier_keys_max = 256;

struct StorePin {
    std::string name;                                // "store.example.org": the key name in its signed notes
    std::string url;                                 // "https://store.example.org:8443", no path
    crypto::VerifyKey key;                           // verifies its receipts
    std::array<std::uint8_t, 32> certificate_pin{};  // SHA-256 of its certificate's public key (SubjectPublicKeyInfo)
    // Those that were pinned before, the oldest first. What they have signed proves that it was signed; nothing is
    // deleted under a new word of theirs.
    std::vector<crypto::VerifyKey> earlier_keys{};
    friend bool operator==(const StorePin&, const StorePin&) = default;
};

struct Station {
    std::string name;  // "Brixton Library"
    std::string campaign_id;
    std::uint64_t pack_version_min = 0;  // the highest pack version installed so far
    crypto::VerifyKey committee_key;     // verifies campaign packs
    StorePin store;
    friend bool operator==(const Station&, const Station&) = default;
};

[[nodiscard]] base::Result<Station> read_station(const std::filesystem::path& folder);
[[nodiscard]] base::Result<void> write_station(const std::filesystem::path& folder, const Station& station);

// Puts a pack that the caller has verified into the place of the one before; `version` is the pack's.
[[nodiscard]] base::Result<void> install_pack(const std::filesystem::path& folder, Station station,
                                              base::ByteView pack, std::uint64_t version);

[[nodiscard]] std::filesystem::path pack_path(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path outbox_path(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path device_key_path(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path token_path(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path renewal_token_path(const std::filesystem::path& folder);

// Pins another key of the same store, and remembers the one before. conflict for one that was pinned before, to which
// nobody goes back, and limit_exceeded after earlier_keys_max of them.
[[nodiscard]] base::Result<void> pin_store_key(StorePin& store, const crypto::VerifyKey& key);

// What the store's admin hands over for one kiosk: "pillarbox-enrol-1." and base64url of CBOR
// `[store name, url, store key, certificate pin, station name, secret]` and the first 4 bytes of its SHA-256, which
// tell a slip of copying from a refusal by the store. Good once. It holds a secret: an owner-only file, never a log.
struct EnrolmentToken {
    StorePin store;
    std::string station_name;
    std::array<std::uint8_t, 16> secret{};
};
[[nodiscard]] std::string format_token(const EnrolmentToken& token);
[[nodiscard]] base::Result<EnrolmentToken> parse_token(std::string_view text);  // white space around it is fine

}  // namespace pillarbox::station
