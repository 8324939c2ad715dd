// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the kiosk program needs of its station folder: the verified campaign and the outbox; and the one thing it does
// with answers, which is to seal them and keep the envelope. It can't open one: there is no secret key in the folder.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::app {

// Drawn once for a response and kept over retries: should a failed save have reached the disk after all, the desk
// sees one uuid and counts one response.
struct Ticket {
    submission::Uuid uuid{};
    submission::WithdrawalCode code{};
};

class KeptStation {
  public:
    // Reads station.json, verifies campaign.pack against the pinned committee key and checks that a kiosk can ask its
    // form, opens the outbox. The kiosk does not start without a committee recipient to seal to. `random` must
    // outlive the station.
    [[nodiscard]] static base::Result<KeptStation> open(const std::filesystem::path& folder, base::Day today,
                                                        base::Random& random);

    // Reads the station and its pack anew; on an error all stays as it was.
    [[nodiscard]] base::Result<void> reload(const std::filesystem::path& folder, base::Day today);

    [[nodiscard]] const std::shared_ptr<const campaign::Campaign>& campaign() const { return campaign_; }
    [[nodiscard]] const station::Station& station() const { return station_; }

    [[nodiscard]] Ticket draw_ticket();

    // Seals the submission to every committee recipient and adds it to the outbox in one durable transaction; a test
    // under the tag of tests, which no count includes. On
    // success, and only then, may the respondent be thanked; tidy() is owed right after that.
    [[nodiscard]] base::Result<void> keep(submission::Submission submission, const Ticket& ticket);

    [[nodiscard]] base::Result<outbox::Counts> counts();
    [[nodiscard]] base::Result<void> tidy();  // while nobody is answering

  private:
    KeptStation(station::Station station, std::shared_ptr<const campaign::Campaign> campaign, outbox::Outbox outbox,
                std::filesystem::path outbox_path, base::Random& random);
    // What `work` does with the outbox, which is given up where that fails.
    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work, outbox::Outbox&> with_outbox(const Work& work);
    station::Station station_;
    std::shared_ptr<const campaign::Campaign> campaign_;
    // None after an error, until it is asked for: a database that met an error of the system may hold a lock that
    // could not be given back, and would then keep nothing until a restart.
    std::optional<outbox::Outbox> outbox_;
    std::filesystem::path outbox_path_;
    base::Random* random_;
};

}  // namespace pillarbox::app
