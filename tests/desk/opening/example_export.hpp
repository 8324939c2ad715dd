// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store's export, made in process: kiosks with chained batches of sealed submissions, receipts and the two JSON
// files.
#pragma once

#include <deque>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/receipt.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::tests {

inline const std::string store_name = "store.example.org";

struct ExampleKiosk {
    std::string station;
    crypto::SigningKey key;
    batch::LogId log_id{};
    std::vector<base::Bytes> batches;
    std::vector<crypto::Digest> hashes;  // hashes[n] is that of batch n, hashes[0] the genesis hash
};

class ExampleExport {
  public:
    explicit ExampleExport(std::filesystem::path folder, std::string campaign_id = "example")
        : folder_(std::move(folder)), campaign_id_(std::move(campaign_id)) {}

    ExampleKiosk& add_kiosk(const std::string& station) {
        ExampleKiosk kiosk{station, crypto::SigningKey::generate(random_), {}, {}, {}};
        kiosk.log_id = batch::log_id_of(kiosk.key.verify_key(), {});
        kiosk.hashes.push_back(batch::genesis_hash(kiosk.log_id));
        kiosks_.push_back(std::move(kiosk));
        return kiosks_.back();
    }

    submission::Submission submission_of(std::vector<form::Answer> answers, const std::string& day = "2023-01-20") {
        submission::Submission submission;
        submission.campaign_id = campaign_id_;
        submission.form_version = "1";
        submission.uuid = submission::random_uuid(random_);
        submission.day = base::parse_day(day).value();
        submission.language = "en";
        submission.answers = std::move(answers);
        return submission;
    }

    batch::Item sealed(const submission::Submission& submission) {
        const auto encoded = submission::encode(submission);
        return sealed_bytes(encoded.value().view());
    }

    batch::Item sealed_bytes(base::ByteView plaintext) {
        batch::Item item;
        random_.fill(item.tag);
        item.envelope = envelope::seal(plaintext, {identity_.recipient()}, random_).value();
        return item;
    }

    void add_batch(ExampleKiosk& kiosk, const std::vector<batch::Item>& items) {
        batch::Header header;
        header.campaign_id = campaign_id_;
        header.log_id = kiosk.log_id;
        header.number = kiosk.batches.size() + 1;
        header.previous = kiosk.hashes.back();
        kiosk.batches.push_back(batch::make_batch(header, items, kiosk.key, batch::Limits{}).value());
        kiosk.hashes.push_back(
            batch::hash_of(batch::parse_batch(kiosk.batches.back(), batch::Limits{}).value().header));
    }

    // Writes everything as `pillarbox-store export` does. Returns the export folder.
    std::filesystem::path write() {
        nlohmann::json list = nlohmann::json::array();
        for (const ExampleKiosk& kiosk : kiosks_) {
            list.push_back({{"log_id", base::to_hex(kiosk.log_id)},
                            {"station", kiosk.station},
                            {"device_key", base::to_base64(kiosk.key.verify_key().bytes)},
                            {"forerunner", base::to_hex(batch::LogId{})}});
            std::filesystem::create_directories(folder_of(kiosk));
            for (std::size_t index = 0; index < kiosk.batches.size(); ++index) {
                put(batch_path(kiosk, index + 1), kiosk.batches[index]);
            }
            write_receipt(kiosk, kiosk.batches.size());
        }
        put_text(folder_ / "kiosks.json", list.dump());
        put_text(folder_ / "store.json", nlohmann::json{{"store_name", store_name},
                                                        {"store_key", base::to_base64(store_.verify_key().bytes)},
                                                        {"epoch", 1U}}
                                             .dump());
        return folder_;
    }

    void write_receipt(const ExampleKiosk& kiosk, std::size_t stored) {
        batch::Receipt receipt;
        receipt.log_id = kiosk.log_id;
        receipt.stored = stored;
        receipt.stored_hash = kiosk.hashes.at(stored);
        receipt.safe = stored;
        put_text(folder_of(kiosk) / "receipt.txt", batch::sign_receipt(receipt, store_name, store_));
    }

    static void put(const std::filesystem::path& path, base::ByteView bytes) {
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        out.write(base::text_of(bytes).data(), static_cast<std::streamsize>(bytes.size()));
    }
    static void put_text(const std::filesystem::path& path, const std::string& text) {
        put(path, base::view_of(text));
    }

    [[nodiscard]] std::filesystem::path folder_of(const ExampleKiosk& kiosk) const {
        return folder_ / base::to_hex(kiosk.log_id);
    }
    [[nodiscard]] std::filesystem::path batch_path(const ExampleKiosk& kiosk, std::size_t number) const {
        std::string name = std::to_string(number);
        name.insert(0, 6 - name.size(), '0');
        return folder_of(kiosk) / (name + ".batch");
    }
    [[nodiscard]] const envelope::Identity& identity() const { return identity_; }
    [[nodiscard]] const crypto::SigningKey& store() const { return store_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
    std::string campaign_id_;
    crypto::SystemRandom random_;
    envelope::Identity identity_ = envelope::Identity::generate(random_);
    crypto::SigningKey store_ = crypto::SigningKey::generate(random_);
    std::deque<ExampleKiosk> kiosks_;  // references to kiosks stay good
};

// The identity in a list, as open_envelopes takes it.
inline std::vector<envelope::Identity> identities_of(const ExampleExport& example) {
    std::vector<envelope::Identity> identities;
    const crypto::SecretBytes text = example.identity().format();
    identities.push_back(envelope::Identity::parse(base::text_of(text.view())).value());
    return identities;
}

}  // namespace pillarbox::tests
