// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store as kiosks see it: requests in, responses out, free of sockets. docs/formats/protocol.md is its
// description.
//
// Threading: body_limit() and handle() may be called from several threads; how many of them are in the database at
// once is its own affair (storage/database.hpp). Order: commit first, then sign. A note is only ever signed over
// state that is committed.
#pragma once

#include <expected>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <set>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/batch/part.hpp"
#include "core/batch/receipt.hpp"
#include "core/batch/refusal.hpp"
#include "core/crypto/signing.hpp"
#include "core/http/message.hpp"
#include "sync/protocol/problem.hpp"
#include "sync/protocol/routes.hpp"
#include "sync/store/event_log.hpp"
#include "sync/store/health.hpp"
#include "sync/store/key_history.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

class Service {
  public:
    Service(std::unique_ptr<Database> database, crypto::SigningKey store_key, batch::Limits limits,
            const base::Clock& clock, EventLog& log, KeyHistory key_history = {});

    // What http::BodyLimit asks. Only an enrolled kiosk's path takes a batch, so that a stranger's megabytes are
    // never read.
    [[nodiscard]] std::expected<std::size_t, http::Response> body_limit(http::Method method, std::string_view path);
    [[nodiscard]] http::Response handle(const http::Request& request);

    // Writes to the log, in turn with all others.
    void tell(EventCode code, std::initializer_list<EventLog::Field> fields = {});

  private:
    [[nodiscard]] base::Result<void> check_enrolled(const batch::LogId& log_id);
    [[nodiscard]] http::Response enrol(const http::Request& request);
    [[nodiscard]] http::Response head(const batch::LogId& log_id);
    [[nodiscard]] http::Response health();
    [[nodiscard]] http::Response successor(const crypto::VerifyKey& key) const;
    [[nodiscard]] http::Response report(const batch::LogId& log_id, const http::Request& request);
    [[nodiscard]] http::Response upload(const batch::LogId& log_id, const http::Request& request);
    [[nodiscard]] http::Response part(const batch::LogId& log_id, const http::Request& request);
    [[nodiscard]] http::Response held_parts(const protocol::Route& route);
    [[nodiscard]] http::Response attest(const batch::LogId& log_id, const http::Request& request);
    [[nodiscard]] http::Response note(unsigned status, const batch::Receipt& receipt) const;
    [[nodiscard]] http::Response note(unsigned status, const batch::PartsHeld& parts) const;
    [[nodiscard]] http::Response refusal(const batch::Refusal& refusal);
    [[nodiscard]] http::Response refuse(const base::Error& error);

    std::unique_ptr<Database> database_;
    crypto::SigningKey store_key_;
    KeyHistory key_history_;
    batch::Limits limits_;
    const base::Clock& clock_;
    HealthProbe health_;
    std::mutex enrolled_mutex_;
    std::set<batch::LogId> enrolled_;  // those that have come since the start
    std::mutex log_mutex_;
    EventLog& log_;
};

}  // namespace pillarbox::store
