// SPDX-License-Identifier: GPL-3.0-or-later
//
// Enrols a station: makes the kiosk's device key and has the store pin it, by the one-time token.
//
// The order survives a power cut at any point: key on disk, token used at the store, log started in the outbox, token
// file removed. A second try sends the same key and token, to which the store gives the same answer again.
// A station that is enrolled and has a renewal.token takes another key (renewing.hpp).
#pragma once

#include <filesystem>
#include <string>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"
#include "core/station/station.hpp"

namespace pillarbox::client {

enum class EnrolledBefore { no, yes };

struct EnrolmentReport {
    batch::LogId log_id{};
    EnrolledBefore before = EnrolledBefore::no;
};

[[nodiscard]] base::Result<EnrolmentReport> enrol(const std::filesystem::path& station_folder,
                                                  const std::string& proxy, base::Random& random);

// --- Steps of both ways ---
[[nodiscard]] base::Result<station::EnrolmentToken> read_token(const std::filesystem::path& path);
// conflict where the token is for another store than the station.
[[nodiscard]] base::Result<void> check_token(const station::EnrolmentToken& token, const station::Station& station,
                                             const std::filesystem::path& token_path);
// The key is drawn once: a retry must come with the same one, or the store would call the token used.
[[nodiscard]] base::Result<crypto::SigningKey> device_key_at(const std::filesystem::path& path, base::Random& random);
// Returns once the store has signed that it has this log. Follows a store whose key was rotated (store_key.hpp).
[[nodiscard]] base::Result<void> send_enrolment(const std::filesystem::path& station_folder,
                                                station::Station& station, const base::Bytes& enrolment,
                                                const batch::LogId& log_id, const std::string& proxy);

}  // namespace pillarbox::client
