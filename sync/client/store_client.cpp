// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/store_client.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "sync/protocol/problem.hpp"
#include "sync/protocol/routes.hpp"
#include "sync/protocol/upload.hpp"

namespace pillarbox::client {
namespace {

std::string_view remedy_for(protocol::ProblemCode code) {
    switch (code) {
        case protocol::ProblemCode::token_unknown:
        case protocol::ProblemCode::token_used:
            return "Ask the store's admin for a new token.";
        case protocol::ProblemCode::kiosk_unknown:
        case protocol::ProblemCode::already_enrolled:
            return "Ask the store's admin whether this station is enrolled there; keep the kiosk as it is.";
        case protocol::ProblemCode::malformed:
        case protocol::ProblemCode::not_authentic:
        case protocol::ProblemCode::path_unknown:
        case protocol::ProblemCode::method_not_allowed:
        case protocol::ProblemCode::too_large:
            return "Check that kiosk and store run the same release.";
        case protocol::ProblemCode::unavailable:
            return "Tell the store's admin; everything stays on the kiosk meanwhile.";
    }
    return {};
}

std::unexpected<base::Error> error_of(const batch::Refusal& refusal, const std::string& url) {
    if (const auto* closed = std::get_if<batch::Closed>(&refusal.reason)) {
        return base::fail(base::ErrorCode::expired, url,
                          fmt::format("Campaign {} took responses by network until {}.", closed->campaign_id,
                                      base::format_day(closed->last_day)),
                          "Everything stays here: export it to a USB stick and take that to the store.");
    }
    return base::fail(base::ErrorCode::not_authentic, url,
                      fmt::format("The store's admin has revoked this kiosk after batch {}.",
                                  std::get<batch::Revoked>(refusal.reason).after),
                      "Stop using it and tell the committee's office; everything stays here.");
}

}  // namespace

StoreClient::StoreClient(http::Client client, station::StorePin store)
    : client_(std::move(client)), store_(std::move(store)) {}

base::Result<StoreClient> StoreClient::create(const station::StorePin& store, std::string proxy,
                                              http::Progress progress) {
    http::ClientSettings settings;
    settings.base_url = store.url;
    settings.certificate_pin = store.certificate_pin;
    settings.proxy = std::move(proxy);
    settings.response_size_bytes_max = protocol::note_size_bytes_max;
    auto client = TRY(http::Client::create(std::move(settings), std::move(progress)));
    return StoreClient(std::move(client), store);
}

base::Result<batch::Receipt> StoreClient::head(const batch::LogId& log_id) {
    return ask({http::Method::get, protocol::head_path(log_id), {}, {}}, log_id);
}

base::Result<batch::Receipt> StoreClient::enrol(const base::Bytes& enrolment) {
    return ask(
        {http::Method::post, std::string(protocol::enrol_path), std::string(protocol::enrolment_type), enrolment},
        {});
}

base::Result<batch::Receipt> StoreClient::upload(const batch::LogId& log_id,
                                                 const std::vector<base::Bytes>& batches) {
    return ask({http::Method::post, protocol::batches_path(log_id), std::string(protocol::upload_type),
                protocol::make_upload(batches)},
               log_id);
}

base::Result<batch::Receipt> StoreClient::attest(const batch::LogId& log_id, const base::Bytes& attestation) {
    return ask(
        {http::Method::post, protocol::gaps_path(log_id), std::string(protocol::attestation_type), attestation},
        log_id);
}

base::Result<batch::Receipt> StoreClient::report(const batch::LogId& log_id, const base::Bytes& report) {
    return ask({http::Method::post, protocol::report_path(log_id), std::string(protocol::report_type), report},
               log_id);
}

base::Result<std::string> StoreClient::successor(const crypto::VerifyKey& store_key) {
    const auto response = TRY(client_.send({http::Method::get, protocol::successor_path(store_key), {}, {}}));
    if (response.status != 200 || response.content_type != protocol::note_type) {
        return base::fail(base::ErrorCode::not_found, store_.url, "No key of the store has followed that one.");
    }
    return std::string(base::text_of(response.body));
}

base::Result<batch::PartsHeld> StoreClient::held_parts(const batch::LogId& log_id, const crypto::Digest& envelope) {
    return ask_parts({http::Method::get, protocol::held_parts_path(log_id, envelope), {}, {}}, log_id, envelope);
}

base::Result<batch::PartsHeld> StoreClient::send_part(const batch::LogId& log_id, const crypto::Digest& envelope,
                                                      base::Bytes part) {
    return ask_parts(
        {http::Method::post, protocol::parts_path(log_id), std::string(protocol::part_type), std::move(part)}, log_id,
        envelope);
}

base::Result<batch::PartsHeld> StoreClient::ask_parts(const http::Request& request, const batch::LogId& log_id,
                                                      const crypto::Digest& envelope) {
    const http::Response response = TRY(exchange(request, log_id));
    if (response.status == 200 || response.status == 409) {
        const auto parts = batch::verify_parts_held(base::text_of(response.body), store_.name, store_.key);
        if (parts.has_value() && parts->log_id == log_id && parts->envelope == envelope) {
            return *parts;
        }
    }
    return std::unexpected(not_taken(response));
}

base::Result<batch::Receipt> StoreClient::ask(const http::Request& request,
                                              const std::optional<batch::LogId>& log_id) {
    const http::Response response = TRY(exchange(request, log_id));
    return read(response);
}

base::Result<http::Response> StoreClient::exchange(const http::Request& request,
                                                   const std::optional<batch::LogId>& log_id) {
    refusal_.reset();
    auto response = client_.send(request);
    if (!response.has_value()) {
        base::Error error = response.error();
        if (error.code == base::ErrorCode::limit_exceeded) {
            error.code = base::ErrorCode::network;  // a long page instead of a note
        }
        return std::unexpected(std::move(error));
    }
    if (log_id.has_value()) {
        refusal_ = read_refusal(*response, *log_id);
    }
    if (refusal_.has_value()) {
        return error_of(*refusal_, store_.url);
    }
    return std::move(*response);
}

// Only what the pinned key has signed about our own log, and only under the status that goes with it.
std::optional<batch::Refusal> StoreClient::read_refusal(const http::Response& response,
                                                        const batch::LogId& log_id) const {
    if (response.status != 403 && response.status != 410) {
        return std::nullopt;
    }
    auto refusal = batch::verify_refusal(base::text_of(response.body), store_.name, store_.key);
    const bool is_ours = refusal.has_value() && refusal->log_id == log_id;
    return is_ours ? std::optional(std::move(*refusal)) : std::nullopt;
}

base::Result<batch::Receipt> StoreClient::read(const http::Response& response) {
    if (response.status == 200 || response.status == 409) {
        auto receipt = batch::verify_receipt(base::text_of(response.body), store_.name, store_.key);
        if (receipt.has_value()) {
            note_ = std::string(base::text_of(response.body));
        }
        if (receipt.has_value() || receipt.error().code == base::ErrorCode::not_authentic) {
            return receipt;
        }
    }
    return std::unexpected(not_taken(response));
}

// A refusal in the store's own format, or somebody else's page.
base::Error StoreClient::not_taken(const http::Response& response) const {
    const std::optional<protocol::Problem> problem =
        response.content_type == protocol::problem_type ? protocol::parse_problem(response.body) : std::nullopt;
    if (problem.has_value()) {
        return {base::ErrorCode::refused, store_.url, problem->sentence, std::string(remedy_for(problem->code))};
    }
    return {base::ErrorCode::network, store_.url,
            fmt::format("Not delivered: the answer (HTTP {}) is not from the store.", response.status),
            "Look for a sign-in page or a filter of this network; everything stays on the kiosk."};
}

}  // namespace pillarbox::client
