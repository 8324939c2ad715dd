// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/kept_station.hpp"

#include <utility>

#include "core/base/file.hpp"
#include "core/envelope/envelope.hpp"
#include "kiosk/flow/flow.hpp"

namespace pillarbox::app {

KeptStation::KeptStation(station::Station station, std::shared_ptr<const campaign::Campaign> campaign,
                         outbox::Outbox outbox, std::filesystem::path outbox_path, base::Random& random)
    : station_(std::move(station)),
      campaign_(std::move(campaign)),
      outbox_(std::move(outbox)),
      outbox_path_(std::move(outbox_path)),
      random_(&random) {}

namespace {

base::Result<std::shared_ptr<const campaign::Campaign>> read_campaign(const std::filesystem::path& folder,
                                                                      const station::Station& station,
                                                                      base::Day today) {
    const auto path = station::pack_path(folder);
    const auto pack = TRY(base::read_file(path, campaign::pack_size_bytes_max));
    const campaign::Acceptance acceptance{.committee_key = station.committee_key,
                                          .today = today,
                                          .version_min = station.pack_version_min,
                                          .campaign_id = station.campaign_id};
    auto campaign = TRY(campaign::verify_pack(pack, path.string(), acceptance));
    TRY(flow::check_form(*campaign.form));  // what a kiosk can't ask it does not take in
    return std::make_shared<const campaign::Campaign>(std::move(campaign));
}

}  // namespace

base::Result<KeptStation> KeptStation::open(const std::filesystem::path& folder, base::Day today,
                                            base::Random& random) {
    auto station = TRY(station::read_station(folder));
    auto campaign = TRY(read_campaign(folder, station, today));
    auto outbox_path = station::outbox_path(folder);
    auto outbox = TRY(outbox::Outbox::open(outbox_path, random));
    return KeptStation(std::move(station), std::move(campaign), std::move(outbox), std::move(outbox_path), random);
}

base::Result<void> KeptStation::reload(const std::filesystem::path& folder, base::Day today) {
    auto station = TRY(station::read_station(folder));
    auto campaign = TRY(read_campaign(folder, station, today));
    station_ = std::move(station);
    campaign_ = std::move(campaign);
    return {};
}

template <typename Work>
std::invoke_result_t<Work, outbox::Outbox&> KeptStation::with_outbox(const Work& work) {
    if (!outbox_.has_value()) {
        auto opened = TRY(outbox::Outbox::open(outbox_path_, *random_));
        outbox_.emplace(std::move(opened));
    }
    auto done = work(*outbox_);
    if (!done.has_value()) {
        outbox_.reset();
    }
    return done;
}

Ticket KeptStation::draw_ticket() {
    return {.uuid = submission::random_uuid(*random_), .code = submission::random_withdrawal_code(*random_)};
}

base::Result<void> KeptStation::keep(submission::Submission submission, const Ticket& ticket) {
    submission.uuid = ticket.uuid;
    const auto plaintext = TRY(submission::encode(submission));
    auto sealed = TRY(envelope::seal(plaintext.view(), campaign_->recipients, *random_));
    const auto tag =
        submission.kind == submission::Kind::test ? batch::test_tag() : submission::withdrawal_tag(ticket.code);
    const batch::Item item{.tag = tag, .envelope = std::move(sealed)};
    return with_outbox([&item](outbox::Outbox& outbox) { return outbox.add(item, outbox::Emptying::by_checkpoint); });
}

base::Result<outbox::Counts> KeptStation::counts() {
    return with_outbox([](outbox::Outbox& outbox) { return outbox.counts(); });
}

base::Result<void> KeptStation::tidy() {
    return with_outbox([](outbox::Outbox& outbox) { return outbox.checkpoint(); });
}

}  // namespace pillarbox::app
