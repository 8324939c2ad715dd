// SPDX-License-Identifier: GPL-3.0-or-later
//
// A round for a station folder: opens what it needs, runs the round, closes everything again. A daemon that holds
// nothing open between rounds sees a new campaign pack or a replaced station file without being told.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/batch/refusal.hpp"
#include "core/http/client.hpp"
#include "sync/client/round.hpp"

namespace pillarbox::client {

struct SyncSettings {
    std::filesystem::path station_folder;
    std::string proxy;
    std::uint64_t batch_responses_min = 1;
    std::function<void(const batch::Refusal&)> on_refusal{};  // told where the store has signed that it takes no more
};

// The key that signs the outbox's log, after finish_renewal(); not_found before enrolment.
[[nodiscard]] base::Result<crypto::SigningKey> device_key_of(const std::filesystem::path& station_folder,
                                                             outbox::Outbox& outbox);

// not_found before enrolment. The pack's signature is not checked here: an expired pack must not keep answers from
// leaving.
[[nodiscard]] base::Result<RoundReport> sync_station(const SyncSettings& settings, base::Random& random,
                                                     http::Progress progress);

}  // namespace pillarbox::client
