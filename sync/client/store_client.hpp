// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store as a kiosk sees it: questions over HTTPS, answers only as signed notes of the pinned store key.
//
// One rule covers captive portals, filters, caches and cut replies alike: what is not a signed note of the store, or
// a refusal in its own format, means "not delivered" (network), whatever its HTTP status says. Threading: one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/part.hpp"
#include "core/batch/receipt.hpp"
#include "core/batch/refusal.hpp"
#include "core/http/client.hpp"
#include "core/station/station.hpp"
#include "sync/protocol/enrolment.hpp"

namespace pillarbox::client {

class StoreClient {
  public:
    [[nodiscard]] static base::Result<StoreClient> create(const station::StorePin& store, std::string proxy,
                                                          http::Progress progress = {});

    // All: not_authentic for a wrong certificate or signature, refused where the store says no, network
    // otherwise.
    [[nodiscard]] base::Result<batch::Receipt> head(const batch::LogId& log_id);
    [[nodiscard]] base::Result<batch::Receipt> enrol(const base::Bytes& enrolment);
    // The receipt tells how far the store is, also after a gap or a fork: the caller compares it with its own log.
    [[nodiscard]] base::Result<batch::Receipt> upload(const batch::LogId& log_id,
                                                      const std::vector<base::Bytes>& batches);

    // How far the store is with a large envelope; after a part also where it did not take it.
    [[nodiscard]] base::Result<batch::PartsHeld> held_parts(const batch::LogId& log_id,
                                                            const crypto::Digest& envelope);
    [[nodiscard]] base::Result<batch::PartsHeld> send_part(const batch::LogId& log_id, const crypto::Digest& envelope,
                                                           base::Bytes part);

    // Shows what the store lacks: 200 where it has noted the gap, and else its head again.
    [[nodiscard]] base::Result<batch::Receipt> attest(const batch::LogId& log_id, const base::Bytes& attestation);

    // The text with which a key of the store has introduced another (core/batch/succession.hpp); the caller verifies
    // it. not_found where the store knows of none.
    [[nodiscard]] base::Result<std::string> successor(const crypto::VerifyKey& store_key);

    // The last receipt, exactly as it was signed.
    [[nodiscard]] const std::string& note() const { return note_; }
    [[nodiscard]] const station::StorePin& pin() const { return store_; }

    // What make_report() gave. Nothing rests on the answer.
    [[nodiscard]] base::Result<batch::Receipt> report(const batch::LogId& log_id, const base::Bytes& report);

    // Why the store takes no more, where its last answer was a signed refusal of this log. No other answer is one.
    [[nodiscard]] const std::optional<batch::Refusal>& refusal() const { return refusal_; }

  private:
    StoreClient(http::Client client, station::StorePin store);
    [[nodiscard]] base::Result<batch::Receipt> ask(const http::Request& request,
                                                   const std::optional<batch::LogId>& log_id);
    [[nodiscard]] base::Result<http::Response> exchange(const http::Request& request,
                                                        const std::optional<batch::LogId>& log_id);
    [[nodiscard]] base::Result<batch::PartsHeld> ask_parts(const http::Request& request, const batch::LogId& log_id,
                                                           const crypto::Digest& envelope);
    [[nodiscard]] base::Result<batch::Receipt> read(const http::Response& response);
    [[nodiscard]] base::Error not_taken(const http::Response& response) const;
    [[nodiscard]] std::optional<batch::Refusal> read_refusal(const http::Response& response,
                                                             const batch::LogId& log_id) const;

    http::Client client_;
    station::StorePin store_;
    std::string note_;
    std::optional<batch::Refusal> refusal_;
};

}  // namespace pillarbox::client
