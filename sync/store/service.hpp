// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store as kiosks see it: requests in, responses out, free of sockets. docs/formats/protocol.md is its
// description.
//
// Threading: body_limit() and handle() may be called from several threads; one at a time touches the database (one
// writer). Order: commit first, then sign. A note is only ever signed over state that is committed.
// A database that met an error of the system is closed and opened anew for the next request: its connection may hold
// a lock that could not be given back, with which it would refuse everything until a restart.
#pragma once

#include <expected>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/batch/receipt.hpp"
#include "core/crypto/signing.hpp"
#include "core/http/message.hpp"
#include "sync/protocol/problem.hpp"
#include "sync/protocol/routes.hpp"
#include "sync/store/database.hpp"
#include "sync/store/event_log.hpp"

namespace pillarbox::store {

class Service {
  public:
    Service(Database database, crypto::SigningKey store_key, batch::Limits limits, const base::Clock& clock,
            EventLog& log);

    // What http::BodyLimit asks. Only an enrolled kiosk's path takes a batch, so that a stranger's megabytes are
    // never read.
    [[nodiscard]] std::expected<std::size_t, http::Response> body_limit(http::Method method, std::string_view path);
    [[nodiscard]] http::Response handle(const http::Request& request);

  private:
    [[nodiscard]] http::Response enrol(const http::Request& request);
    [[nodiscard]] http::Response head(const batch::LogId& log_id);
    [[nodiscard]] http::Response upload(const batch::LogId& log_id, const http::Request& request);
    [[nodiscard]] http::Response note(unsigned status, const batch::Receipt& receipt) const;
    [[nodiscard]] http::Response refuse(const base::Error& error);
    [[nodiscard]] base::Result<Database*> database();

    std::mutex mutex_;  // guards database_ and log_
    std::filesystem::path path_;
    Identity identity_;
    std::optional<Database> database_;  // none after an error, until the next request
    crypto::SigningKey store_key_;
    batch::Limits limits_;
    const base::Clock& clock_;
    EventLog& log_;
};

}  // namespace pillarbox::store
