// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/outbox/outbox.hpp"
#include "sync/protocol/seed_file.hpp"
#include "tests/faults/rot/damage.hpp"
#include "tests/faults/rot/files_at_rest.hpp"
#include "tests/support/demo_station.hpp"

namespace pillarbox::tests {
namespace {

std::vector<std::string> sentence_if(bool wrong, const std::string& sentence) {
    return wrong ? std::vector{sentence} : std::vector<std::string>();
}

}  // namespace

struct StationAtRest::State {
    TemporaryFolder folder;
    DemoStation demo = make_demo_station(folder.path());
    station::Station sound = station::read_station(folder.path()).value();
    crypto::SystemRandom random;
    crypto::SigningKey device = crypto::SigningKey::generate(random);
    station::EnrolmentToken token;

    State() {
        token.store = sound.store;
        token.station_name = sound.name;
        random.fill(token.secret);
        const std::string line = station::format_token(token) + "\n";
        PILLARBOX_CHECK(base::write_file(station::token_path(folder.path()), base::view_of(line)).has_value());
        PILLARBOX_CHECK(protocol::write_seed_file(station::device_key_path(folder.path()), device).has_value());
    }

    [[nodiscard]] campaign::Acceptance acceptance(const station::Station& station) const {
        return {.committee_key = station.committee_key,
                .today = demo_day,
                .version_min = station.pack_version_min,
                .campaign_id = station.campaign_id};
    }
    [[nodiscard]] std::vector<std::string> check(const std::filesystem::path& file);
};

// What a reader may make of the damaged file: an error, or nothing that opens a way.
std::vector<std::string> StationAtRest::State::check(const std::filesystem::path& file) {
    const auto bytes = base::read_file(file, campaign::pack_size_bytes_max).value();
    if (file == station::pack_path(folder.path())) {
        const auto verified = campaign::verify_pack(bytes, "pack", acceptance(sound));
        return sentence_if(verified.has_value(), "I4 a damaged pack is accepted");
    }
    if (file == station::token_path(folder.path())) {
        const auto parsed = station::parse_token(base::text_of(bytes));
        const bool differs = parsed.has_value() && (parsed->store != token.store || parsed->secret != token.secret ||
                                                    parsed->station_name != token.station_name);
        return sentence_if(differs, "I4 a damaged token is accepted");
    }
    if (file == station::device_key_path(folder.path())) {
        // A seed has no redundancy: another one is a key, but never this outbox's.
        const auto key = protocol::read_seed_file(file);
        if (!key.has_value() || key->verify_key() == device.verify_key()) {
            return {};
        }
        auto outbox = outbox::Outbox::open(station::outbox_path(folder.path()), random).value();
        PILLARBOX_CHECK(outbox.start_log(batch::log_id_of(device.verify_key(), {})).has_value());
        const auto started = outbox.start_log(batch::log_id_of(key->verify_key(), {}));
        return sentence_if(started.has_value(), "I4 an outbox accepts the log of a damaged key");
    }
    // Names and addresses have no digest; what decides on trust is pinned and fails closed.
    const auto read = station::read_station(folder.path());
    if (!read.has_value() || *read == sound) {
        return {};
    }
    const bool decides = read->committee_key != sound.committee_key || read->campaign_id != sound.campaign_id;
    const auto pack = base::read_file(station::pack_path(folder.path()), campaign::pack_size_bytes_max).value();
    return sentence_if(decides && campaign::verify_pack(pack, "pack", acceptance(*read)).has_value(),
                       "I4 a damaged station file opens the way to another campaign");
}

StationAtRest::StationAtRest() : state_(std::make_unique<State>()) {}
StationAtRest::~StationAtRest() = default;

std::vector<std::string> StationAtRest::rot(SeededRandom& random) {
    const std::filesystem::path& folder = state_->folder.path();
    const std::vector<std::filesystem::path> files{station::pack_path(folder), station::token_path(folder),
                                                   station::device_key_path(folder), folder / "station.json"};
    const std::filesystem::path& file = files[random.below(files.size())];
    const base::Bytes sound = base::read_file(file, campaign::pack_size_bytes_max).value();
    base::Bytes bytes = sound;
    damage(bytes, random);
    if (bytes == sound) {
        return {};
    }
    PILLARBOX_CHECK(base::write_file(file, bytes).has_value());
    std::vector<std::string> broken = state_->check(file);
    PILLARBOX_CHECK(base::write_file(file, sound).has_value());
    return broken;
}

}  // namespace pillarbox::tests
