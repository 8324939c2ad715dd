// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the kiosk program needs of its station folder: the verified campaign and the outbox; and the one thing it does
// with answers, which is to seal them and keep the envelope. It can't open one: there is no secret key in the folder.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::app {

class KeptStation {
  public:
    // Reads station.json, verifies campaign.pack against the pinned committee key, opens the outbox. The kiosk does
    // not start without a committee recipient to seal to. `random` must outlive the station.
    [[nodiscard]] static base::Result<KeptStation> open(const std::filesystem::path& folder, base::Day today,
                                                        base::Random& random);

    [[nodiscard]] const campaign::Campaign& campaign() const { return campaign_; }
    [[nodiscard]] const station::Station& station() const { return station_; }

    // Seals the submission to every committee recipient and adds it to the outbox in one durable transaction. On
    // success, and only then, may the respondent be thanked. Fills in campaign id, form version and uuid. Returns the
    // withdrawal code.
    [[nodiscard]] base::Result<submission::WithdrawalCode> keep(submission::Submission submission);

    [[nodiscard]] base::Result<outbox::Counts> counts() { return outbox_.counts(); }
    [[nodiscard]] base::Result<void> tidy() { return outbox_.checkpoint(); }  // while nobody is answering

  private:
    KeptStation(station::Station station, campaign::Campaign campaign, outbox::Outbox outbox, base::Random& random);
    station::Station station_;
    campaign::Campaign campaign_;
    outbox::Outbox outbox_;
    base::Random* random_;
};

}  // namespace pillarbox::app
