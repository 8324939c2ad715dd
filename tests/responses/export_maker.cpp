// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/responses/export_maker.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/file.hpp"
#include "core/batch/receipt.hpp"
#include "tests/responses/respondent.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::uint64_t purpose_export = 2;
constexpr std::string_view store_name = "store.example.org";

base::Result<void> write_json(const std::filesystem::path& path, const nlohmann::ordered_json& json) {
    return base::write_file(path, base::view_of(json.dump(2) + "\n"));
}

}  // namespace

ExportMaker::ExportMaker(std::filesystem::path folder, std::string campaign_id, crypto::Digest pack_digest,
                         std::uint64_t seed)
    : folder_(std::move(folder)),
      campaign_id_(std::move(campaign_id)),
      pack_digest_(pack_digest),
      random_(random_for(seed, purpose_export, 0)),
      store_(crypto::SigningKey::generate(random_)) {}

base::Result<void> ExportMaker::add_kiosk(const std::string& station) {
    Kiosk kiosk{station, crypto::SigningKey::generate(random_), {}, {}, {}, 40 + random_.below(361)};
    kiosk.last.log_id = batch::log_id_of(kiosk.key.verify_key(), {});
    kiosk.hash = batch::genesis_hash(kiosk.last.log_id);
    TRY(base::make_folder(folder_ / base::to_hex(kiosk.last.log_id)));
    kiosks_.push_back(std::move(kiosk));
    return {};
}

base::Result<void> ExportMaker::add(std::size_t kiosk, batch::Item item) {
    Kiosk& taker = kiosks_[kiosk];
    taker.waiting.push_back(std::move(item));
    return taker.waiting.size() < taker.wanted ? base::Result<void>{} : flush(taker);
}

base::Result<void> ExportMaker::add_foreign_batch(std::size_t kiosk, const std::string& campaign_id,
                                                  const std::vector<batch::Item>& items) {
    TRY(flush(kiosks_[kiosk]));
    return write_batch(kiosks_[kiosk], campaign_id, items);
}

base::Result<void> ExportMaker::flush(Kiosk& kiosk) {
    if (kiosk.waiting.empty()) {
        return {};
    }
    random_.shuffle(kiosk.waiting);
    TRY(write_batch(kiosk, campaign_id_, kiosk.waiting));
    kiosk.waiting.clear();
    kiosk.wanted = 40 + static_cast<std::size_t>(random_.below(361));
    return {};
}

base::Result<void> ExportMaker::write_batch(Kiosk& kiosk, const std::string& campaign_id,
                                            const std::vector<batch::Item>& items) {
    batch::Header header = kiosk.last;
    header.campaign_id = campaign_id;
    header.previous = kiosk.hash;
    header.pack_digest = pack_digest_;
    ++header.number;
    const base::Bytes bytes = TRY(batch::make_batch(header, items, kiosk.key, batch::Limits{}));
    kiosk.last = TRY(batch::parse_batch(bytes, batch::Limits{})).header;
    kiosk.hash = batch::hash_of(kiosk.last);
    ++batches_;
    return base::write_file(folder_ / base::to_hex(header.log_id) / fmt::format("{:06}.batch", header.number), bytes);
}

base::Result<void> ExportMaker::finish() {
    for (Kiosk& kiosk : kiosks_) {
        TRY(flush(kiosk));
        batch::Receipt receipt;
        receipt.log_id = kiosk.last.log_id;
        receipt.stored = kiosk.last.number;
        receipt.stored_hash = kiosk.hash;
        receipt.safe = receipt.stored;
        TRY(base::write_file(folder_ / base::to_hex(receipt.log_id) / "receipt.txt",
                             base::view_of(batch::sign_receipt(receipt, store_name, store_))));
    }
    return write_lists();
}

base::Result<void> ExportMaker::write_lists() {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Kiosk& kiosk : kiosks_) {
        list.push_back({{"log_id", base::to_hex(kiosk.last.log_id)},
                        {"station", kiosk.station},
                        {"device_key", base::to_base64(kiosk.key.verify_key().bytes)},
                        {"forerunner", base::to_hex(batch::LogId{})}});
    }
    TRY(write_json(folder_ / "kiosks.json", list));
    return write_json(
        folder_ / "store.json",
        {{"store_name", store_name}, {"store_key", base::to_base64(store_.verify_key().bytes)}, {"epoch", 1U}});
}

}  // namespace pillarbox::tests
