// SPDX-License-Identifier: GPL-3.0-or-later
//
// Enrols a station: makes the kiosk's device key and has the store pin it, by the one-time token.
//
// The order survives a power cut at any point: key on disk, token used at the store, log started in the outbox, token
// file removed. A second try sends the same key and token, to which the store gives the same answer again.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::client {

enum class EnrolledBefore { no, yes };

struct EnrolmentReport {
    batch::LogId log_id{};
    EnrolledBefore before = EnrolledBefore::no;
};

[[nodiscard]] base::Result<EnrolmentReport> enrol(const std::filesystem::path& station_folder,
                                                  const std::string& proxy, base::Random& random);

}  // namespace pillarbox::client
