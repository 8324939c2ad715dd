// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store without a socket, and a kiosk that makes chained batches for it.
#pragma once

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <catch2/catch.hpp>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "core/crypto/system_random.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/enrolling.hpp"
#include "sync/store/folder.hpp"
#include "sync/store/service.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/sync/support/backend.hpp"

namespace pillarbox::tests {

inline const std::string store_name = "store.example.org";

inline batch::Item make_item(std::uint8_t seed, std::size_t size_bytes = 300) {
    batch::Item item;
    item.tag.fill(seed);
    item.envelope.assign(size_bytes, seed);
    return item;
}

// One kiosk's device key and chain.
class ChainMaker {
  public:
    explicit ChainMaker(base::Random& random, const batch::LogId& forerunner = {})
        : key_(crypto::SigningKey::generate(random)) {
        log_id_ = batch::log_id_of(key_.verify_key(), forerunner);
        hash_ = batch::genesis_hash(log_id_);
    }

    base::Bytes next(const std::vector<batch::Item>& items, const std::string& campaign_id = "test-campaign") {
        batch::Header header;
        header.campaign_id = campaign_id;
        header.log_id = log_id_;
        header.number = ++number_;
        header.previous = hash_;
        auto bytes = batch::make_batch(header, items, key_, {});
        REQUIRE(bytes.has_value());
        hash_ = batch::hash_of(batch::parse_batch(*bytes, {})->header);
        return std::move(*bytes);
    }

    [[nodiscard]] const crypto::SigningKey& key() const { return key_; }
    [[nodiscard]] const batch::LogId& log_id() const { return log_id_; }
    [[nodiscard]] const crypto::Digest& hash() const { return hash_; }
    void rewind(std::uint64_t number, const crypto::Digest& hash) {
        number_ = number;
        hash_ = hash;
    }

  private:
    crypto::SigningKey key_;
    batch::LogId log_id_{};
    std::uint64_t number_ = 0;
    crypto::Digest hash_{};
};

class StoreFixture {
  public:
    explicit StoreFixture(store::Copies copies = store::Copies::backed_up)
        : clock(base::parse_day("2026-01-05").value()),
          log(std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_text)),
              clock) {
        REQUIRE(store::make_store(data(), {store_name, 1, copies}, {"localhost"}, clock.today(), random,
                                  new_database_address())
                    .has_value());
        open();
    }

    [[nodiscard]] std::filesystem::path data() const { return folder / "data"; }
    void open() {
        service.reset();
        auto keys = store::read_keys(data());
        REQUIRE(keys.has_value());
        store_key = keys->store_key.verify_key();
        auto history = store::read_key_history(data(), store_name, store_key);
        REQUIRE(history.has_value());
        service = std::make_unique<store::Service>(database(), std::move(keys->store_key), limits, clock, log,
                                                   std::move(*history));
    }
    [[nodiscard]] std::unique_ptr<store::Database> database() const {
        auto opened = store::open_database_of(data());
        REQUIRE(opened.has_value());
        return std::move(*opened);
    }

    protocol::EnrolmentSecret new_secret(const std::string& station = "Brixton Library") {
        const auto opened = database();
        auto token = store::issue_token(*opened, {}, station, random);
        REQUIRE(token.has_value());
        return token->secret;
    }
    http::Response enrol(const ChainMaker& kiosk, const protocol::EnrolmentSecret& secret) const {
        return post(std::string(protocol::enrol_path), protocol::make_enrolment(secret, {}, kiosk.key()));
    }
    ChainMaker enrolled_kiosk() {
        ChainMaker kiosk(random);
        REQUIRE(enrol(kiosk, new_secret()).status == 200);
        return kiosk;
    }
    http::Response post(const std::string& path, base::Bytes body) const {
        return service->handle({http::Method::post, path, {}, std::move(body)});
    }
    http::Response get(const std::string& path) const { return service->handle({http::Method::get, path, {}, {}}); }
    http::Response upload(const batch::LogId& log_id, const std::vector<base::Bytes>& batches) const {
        return post(protocol::batches_path(log_id), protocol::make_upload(batches));
    }
    [[nodiscard]] batch::Receipt receipt_of(const http::Response& response) const {
        auto receipt = batch::verify_receipt(base::text_of(response.body), store_name, store_key);
        REQUIRE(receipt.has_value());
        return *receipt;
    }
    [[nodiscard]] batch::Receipt head_of(const batch::LogId& log_id) const {
        return receipt_of(get(protocol::head_path(log_id)));
    }

    TemporaryFolder folder;
    crypto::SystemRandom random;
    base::ManualClock clock;
    batch::Limits limits;
    std::ostringstream log_text;
    store::EventLog log;
    crypto::VerifyKey store_key;
    std::unique_ptr<store::Service> service;
};

inline protocol::ProblemCode problem_in(const http::Response& response) {
    const auto problem = protocol::parse_problem(response.body);
    REQUIRE(problem.has_value());
    CHECK(response.status == protocol::status_of(problem->code));
    return problem->code;
}

}  // namespace pillarbox::tests
