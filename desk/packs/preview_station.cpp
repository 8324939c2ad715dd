// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/packs/preview_station.hpp"

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"
#include "core/station/station.hpp"

namespace pillarbox::packs {

base::Result<PreviewStation> PreviewStation::make(base::Random& random) {
    std::error_code failed;
    const auto temporary = std::filesystem::temp_directory_path(failed);
    std::string folder = ((failed ? std::filesystem::path("/tmp") : temporary) / "pillarbox-preview-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) {
        return std::unexpected(base::error_of_errno(errno, folder, "made"));
    }
    return PreviewStation(std::move(folder), crypto::SigningKey::generate(random),
                          envelope::Identity::generate(random).recipient());
}

PreviewStation::PreviewStation(std::filesystem::path folder, crypto::SigningKey key,
                               const envelope::Recipient& recipient)
    : folder_(std::move(folder)), key_(std::move(key)), recipient_(recipient) {}

PreviewStation::PreviewStation(PreviewStation&& other) noexcept
    : folder_(std::exchange(other.folder_, {})),
      key_(std::move(other.key_)),
      recipient_(other.recipient_),
      version_(other.version_) {}

PreviewStation::~PreviewStation() {
    if (!folder_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
}

base::Result<void> PreviewStation::install(base::ByteView workbook, const std::string& where) {
    const campaign::Campaign campaign = TRY(campaign::read_campaign_workbook(workbook, where));
    const base::Day expires = std::max(campaign.closes, campaign.withdraw_until);
    const base::Bytes unsigned_pack = TRY(campaign::build_pack(workbook, where, version_ + 1, expires, {recipient_}));
    const base::Bytes pack = TRY(campaign::sign_pack(unsigned_pack, key_));
    ++version_;
    const station::Station station{.name = "Preview",
                                   .campaign_id = campaign.id,
                                   .pack_version_min = version_,
                                   .committee_key = key_.verify_key(),
                                   .store = {.name = "preview.invalid", .url = "https://127.0.0.1:1", .key = {}}};
    TRY(station::write_station(folder_, station));
    // The pack last: it is what a running kiosk looks at.
    return base::write_file(station::pack_path(folder_), pack);
}

base::Result<base::Day> preview_day(base::ByteView workbook, const std::string& where, base::Day today) {
    const campaign::Campaign campaign = TRY(campaign::read_campaign_workbook(workbook, where));
    return today < campaign.opens || campaign.closes < today ? campaign.opens : today;
}

}  // namespace pillarbox::packs
