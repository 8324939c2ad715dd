// SPDX-License-Identifier: GPL-3.0-or-later
//
// A real store in the temporary folder, for the targets that drive its service: one enrolled kiosk, whose device key
// make_seeds.py knows too, and one token that is not used yet. Every input starts from the same state.
#pragma once

#include <expected>
#include <memory>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/http/message.hpp"
#include "sync/store/service.hpp"
#include "sync/store/sqlite/database.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::fuzz {

// The service over a database, which judges each answer.
class AskedStore {
  public:
    enum class Ailing { no, perhaps };  // whether it may say that it cannot keep anything now
    AskedStore(std::unique_ptr<store::Database> database, Ailing ailing);

    // Aborts where the answer is none that docs/formats/protocol.md knows, or a note that does not verify.
    http::Response handle(const http::Request& request);
    [[nodiscard]] std::expected<std::size_t, http::Response> body_limit(http::Method method, std::string_view path) {
        return service_->body_limit(method, path);
    }
    http::Response upload(const batch::LogId& log_id, base::Bytes body);
    http::Response head(const batch::LogId& log_id);
    [[nodiscard]] batch::Receipt receipt_in(const http::Response& response) const;

    // Smaller than the program's, so that short inputs reach them.
    [[nodiscard]] static batch::Limits limits() {
        return {.batch_size_bytes_max = 4096, .envelope_size_bytes_max = 1024};
    }

  private:
    std::string name_;
    crypto::VerifyKey store_key_;
    Ailing ailing_;
    std::unique_ptr<base::Clock> clock_;
    std::unique_ptr<store::EventLog> log_;
    std::unique_ptr<store::Service> service_;
};

class Store {
  public:
    Store();

    void reset();  // to the state at the start, where anything was changed
    http::Response handle(const http::Request& request);
    [[nodiscard]] std::expected<std::size_t, http::Response> body_limit(http::Method method, std::string_view path) {
        return asked_->body_limit(method, path);
    }
    http::Response upload(base::Bytes body);  // of the enrolled kiosk
    batch::Receipt head();                    // of the enrolled kiosk
    // Whatever was asked, what is kept is whole: each log's chain, digests, signatures and head.
    void check_kept();

    [[nodiscard]] store::Database& database() { return *database_; }  // that beside the service's
    void forget_fleet_changes();  // what the fleet's staff changed, but for their accounts

    [[nodiscard]] const crypto::SigningKey& device_key() const { return device_key_; }
    [[nodiscard]] const batch::LogId& log_id() const { return log_id_; }

  private:
    tests::TemporaryFolder folder_;
    crypto::SigningKey device_key_;
    batch::LogId log_id_{};
    bool changed_ = false;
    std::unique_ptr<sqlite_storage::Database> database_;  // a connection beside the service's
    std::unique_ptr<AskedStore> asked_;
};

// The device key of the seeds' kiosk: of the seed 01 01 ... 01, as in tests/vectors.
[[nodiscard]] crypto::SigningKey seeds_device_key();

}  // namespace pillarbox::fuzz
