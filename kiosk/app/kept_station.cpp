// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/kept_station.hpp"

#include <utility>

#include "core/base/file.hpp"
#include "core/envelope/envelope.hpp"

namespace pillarbox::app {

KeptStation::KeptStation(station::Station station, campaign::Campaign campaign, outbox::Outbox outbox,
                         base::Random& random)
    : station_(std::move(station)), campaign_(std::move(campaign)), outbox_(std::move(outbox)), random_(&random) {}

base::Result<KeptStation> KeptStation::open(const std::filesystem::path& folder, base::Day today,
                                            base::Random& random) {
    auto station = TRY(station::read_station(folder));
    const auto path = station::pack_path(folder);
    const auto pack = TRY(base::read_file(path, campaign::pack_size_bytes_max));
    const campaign::Acceptance acceptance{.committee_key = station.committee_key,
                                          .today = today,
                                          .version_min = station.pack_version_min,
                                          .campaign_id = station.campaign_id};
    auto campaign = TRY(campaign::verify_pack(pack, path.string(), acceptance));
    auto outbox = TRY(outbox::Outbox::open(station::outbox_path(folder), random));
    return KeptStation(std::move(station), std::move(campaign), std::move(outbox), random);
}

base::Result<submission::WithdrawalCode> KeptStation::keep(submission::Submission submission) {
    submission.campaign_id = campaign_.id;
    submission.form_version = campaign_.form->version;
    submission.uuid = submission::random_uuid(*random_);
    const auto code = submission::random_withdrawal_code(*random_);
    const auto plaintext = submission::encode(submission);
    auto envelope = TRY(envelope::seal(plaintext.view(), campaign_.recipients, *random_));
    TRY(outbox_.add({.tag = submission::withdrawal_tag(code), .envelope = std::move(envelope)}));
    return code;
}

}  // namespace pillarbox::app
