// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/store.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include "core/base/check.hpp"
#include "sync/store/enrolling.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::fuzz {
namespace {

constexpr std::uint8_t device_seed = 1;
constexpr std::uint8_t store_seed = 3;
constexpr std::uint8_t used_secret = 4;
constexpr std::uint8_t open_secret = 5;

// The same byte for ever: tokens and keys that make_seeds.py can name.
class OneByte final : public base::Random {
  public:
    explicit OneByte(std::uint8_t byte) : byte_(byte) {}
    void fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, byte_); }

  private:
    std::uint8_t byte_;
};

template <typename T>
T must(base::Result<T> result) {
    PILLARBOX_CHECK(result.has_value());
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

crypto::SigningKey key_of(std::uint8_t byte) {
    OneByte random(byte);
    return crypto::SigningKey::generate(random);
}

void issue(store::Database& database, std::uint8_t secret) {
    OneByte random(secret);
    static_cast<void>(must(store::issue_token(database, {}, "Brixton Library", random)));
}

}  // namespace

crypto::SigningKey seeds_device_key() {
    return key_of(device_seed);
}

AskedStore::AskedStore(std::unique_ptr<store::Database> database, Ailing ailing)
    : name_(database->identity().name),
      store_key_(key_of(store_seed).verify_key()),
      ailing_(ailing),
      clock_(must(base::clock_for("2026-01-05"))),
      log_(std::make_unique<store::EventLog>(
          std::make_shared<spdlog::logger>("fuzz", std::make_shared<spdlog::sinks::null_sink_mt>()), *clock_)),
      service_(std::make_unique<store::Service>(std::move(database), key_of(store_seed), limits(), *clock_, *log_)) {}

http::Response AskedStore::handle(const http::Request& request) {
    http::Response response = service_->handle(request);
    if (response.content_type == protocol::problem_type) {
        const auto problem = protocol::parse_problem(response.body);
        PILLARBOX_CHECK(problem && protocol::status_of(problem->code) == response.status);
        PILLARBOX_CHECK(ailing_ == Ailing::perhaps || problem->code != protocol::ProblemCode::unavailable);
    } else if (request.path == protocol::health_path) {
        PILLARBOX_CHECK(response.status == 200 || (ailing_ == Ailing::perhaps && response.status == 503));
        PILLARBOX_CHECK(base::text_of(response.body).starts_with("{\"status\": "));
    } else {
        PILLARBOX_CHECK(response.status == 200 || response.status == 409);
        static_cast<void>(receipt_in(response));
    }
    return response;
}

http::Response AskedStore::upload(const batch::LogId& log_id, base::Bytes body) {
    return handle(
        {http::Method::post, protocol::batches_path(log_id), std::string(protocol::upload_type), std::move(body)});
}

http::Response AskedStore::head(const batch::LogId& log_id) {
    return handle({http::Method::get, protocol::head_path(log_id), {}, {}});
}

batch::Receipt AskedStore::receipt_in(const http::Response& response) const {
    return must(batch::verify_receipt(base::text_of(response.body), name_, store_key_));
}

Store::Store() : device_key_(seeds_device_key()), log_id_(batch::log_id_of(device_key_.verify_key(), {})) {
    const auto path = folder_ / "store.db";
    const store::Identity identity{"store.example.org", 1, store::Copies::sole};
    database_ = must(sqlite_storage::Database::create(path, identity));
    must(database_->connection().run("PRAGMA synchronous = OFF"));
    issue(*database_, used_secret);
    issue(*database_, open_secret);
    protocol::EnrolmentSecret secret{};
    secret.fill(used_secret);
    const auto enrolment = must(protocol::parse_enrolment(protocol::make_enrolment(secret, {}, device_key_)));
    static_cast<void>(
        must(store::enrol(*database_, enrolment, AskedStore::limits(), must(base::parse_day("2026-01-05")))));
    auto second = must(sqlite_storage::Database::open(path, sqlite::OpenMode::read_write));
    must(second->connection().run("PRAGMA synchronous = OFF"));
    asked_ = std::make_unique<AskedStore>(std::move(second), AskedStore::Ailing::no);
}

void Store::reset() {
    if (!changed_) {
        return;
    }
    must(database_->connection().run(
        fmt::format("DELETE FROM fork; DELETE FROM batch; UPDATE token SET kiosk = NULL WHERE kiosk <> 1;"
                    "DELETE FROM kiosk WHERE id <> 1;"
                    "UPDATE kiosk SET stored = 0, responses = 0, safe = 0, last_day = NULL, stored_hash = x'{}'",
                    base::to_hex(batch::genesis_hash(log_id_)))));
    changed_ = false;
}

void Store::forget_fleet_changes() {
    must(database_->connection().run(
        fmt::format("DELETE FROM closed_campaign; DELETE FROM audit; UPDATE kiosk SET revoked_after = NULL;"
                    "DELETE FROM token WHERE kiosk IS NULL AND digest <> x'{}'",
                    base::to_hex(crypto::sha256(base::Bytes(16, open_secret))))));
}

http::Response Store::handle(const http::Request& request) {
    http::Response response = asked_->handle(request);
    const bool agreed = response.status == 200 || response.status == 409;
    changed_ = changed_ || (agreed && request.method != http::Method::get);
    return response;
}

http::Response Store::upload(base::Bytes body) {
    return handle(
        {http::Method::post, protocol::batches_path(log_id_), std::string(protocol::upload_type), std::move(body)});
}

batch::Receipt Store::head() {
    return asked_->receipt_in(asked_->head(log_id_));
}

void Store::check_kept() {
    if (!changed_) {
        return;
    }
    for (const store::Kiosk& kiosk : must(store::all_kiosks(*database_))) {
        must(store::walk_batches(*database_, kiosk,
                                 [](std::uint64_t, base::ByteView) { return base::Result<void>{}; }));
    }
}

}  // namespace pillarbox::fuzz
