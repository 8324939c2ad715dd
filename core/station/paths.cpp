// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/station/station.hpp"

namespace pillarbox::station {

std::filesystem::path pack_path(const std::filesystem::path& folder) {
    return folder / "campaign.pack";
}

std::filesystem::path outbox_path(const std::filesystem::path& folder) {
    return folder / "outbox.db";
}

std::filesystem::path device_key_path(const std::filesystem::path& folder) {
    return folder / "device.key";
}

std::filesystem::path token_path(const std::filesystem::path& folder) {
    return folder / "enrolment.token";
}

std::filesystem::path renewal_token_path(const std::filesystem::path& folder) {
    return folder / "renewal.token";
}

}  // namespace pillarbox::station
