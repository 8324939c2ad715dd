// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/service.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sync/protocol/enrolment.hpp"
#include "sync/store/enrolling.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/parts.hpp"
#include "sync/store/reports.hpp"
#include "sync/store/uploads.hpp"

namespace pillarbox::store {
namespace {

using protocol::ProblemCode;

http::Response respond(const protocol::Problem& problem) {
    return {protocol::status_of(problem.code), std::string(protocol::problem_type), protocol::make_problem(problem)};
}

// The kinds of error that are the sender's doing; everything else is the store's own trouble, of which it tells no
// details.
protocol::Problem problem_of(const base::Error& error) {
    switch (error.code) {
        case base::ErrorCode::malformed:
        case base::ErrorCode::unsupported:
            return {ProblemCode::malformed, error.what};
        case base::ErrorCode::not_authentic:
            return {ProblemCode::not_authentic, error.what};
        case base::ErrorCode::limit_exceeded:
            return {ProblemCode::too_large, error.what};
        case base::ErrorCode::not_found:
            return {ProblemCode::kiosk_unknown, "No kiosk has this log."};
        case base::ErrorCode::usage:
        case base::ErrorCode::already_exists:
        case base::ErrorCode::input_output:
        case base::ErrorCode::no_space:
        case base::ErrorCode::damaged:
        case base::ErrorCode::expired:
        case base::ErrorCode::outdated:
        case base::ErrorCode::conflict:
        case base::ErrorCode::network:
        case base::ErrorCode::refused:
        case base::ErrorCode::unavailable:
            break;
    }
    return {ProblemCode::unavailable, "The store cannot keep anything now; nothing was taken."};
}

std::optional<http::Method> method_for(protocol::Resource resource) {
    switch (resource) {
        case protocol::Resource::health:
        case protocol::Resource::head:
        case protocol::Resource::successor:
        case protocol::Resource::held_parts:
            return http::Method::get;
        case protocol::Resource::enrol:
        case protocol::Resource::batches:
        case protocol::Resource::parts:
        case protocol::Resource::gaps:
        case protocol::Resource::report:
            return http::Method::post;
        case protocol::Resource::unknown:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Service::Service(std::unique_ptr<Database> database, crypto::SigningKey store_key, batch::Limits limits,
                 const base::Clock& clock, EventLog& log, KeyHistory key_history)
    : database_(std::move(database)),
      store_key_(std::move(store_key)),
      key_history_(std::move(key_history)),
      limits_(limits),
      clock_(clock),
      health_(*database_, clock),
      log_(log) {}

void Service::tell(EventCode code, std::initializer_list<EventLog::Field> fields) {
    const std::scoped_lock lock(log_mutex_);
    log_.write(code, fields);
}

std::expected<std::size_t, http::Response> Service::body_limit(http::Method method, std::string_view path) {
    if (method != http::Method::post) {
        return 0;
    }
    const protocol::Route route = protocol::route_of(path);
    const bool is_of_kiosk =
        route.resource == protocol::Resource::batches || route.resource == protocol::Resource::parts ||
        route.resource == protocol::Resource::gaps || route.resource == protocol::Resource::report;
    if (is_of_kiosk) {
        if (const auto known = check_enrolled(route.log_id); !known.has_value()) {
            return std::unexpected(refuse(known.error()));
        }
    }
    return protocol::body_size_bytes_max(route.resource, limits_);
}

// A kiosk's row is never taken away, so the database is asked once.
base::Result<void> Service::check_enrolled(const batch::LogId& log_id) {
    {
        const std::scoped_lock lock(enrolled_mutex_);
        if (enrolled_.contains(log_id)) {
            return {};
        }
    }
    if (!TRY(find_kiosk(*database_, log_id)).has_value()) {
        return base::fail(base::ErrorCode::not_found, {}, {});
    }
    const std::scoped_lock lock(enrolled_mutex_);
    enrolled_.insert(log_id);
    return {};
}

http::Response Service::handle(const http::Request& request) {
    const protocol::Route route = protocol::route_of(request.path);
    const auto method = method_for(route.resource);
    if (method.has_value() && request.method != *method) {
        return respond({ProblemCode::method_not_allowed, "This path does not take this method."});
    }
    switch (route.resource) {
        case protocol::Resource::health:
            return health();
        case protocol::Resource::enrol:
            return enrol(request);
        case protocol::Resource::head:
            return head(route.log_id);
        case protocol::Resource::batches:
            return upload(route.log_id, request);
        case protocol::Resource::parts:
            return part(route.log_id, request);
        case protocol::Resource::held_parts:
            return held_parts(route);
        case protocol::Resource::gaps:
            return attest(route.log_id, request);
        case protocol::Resource::report:
            return report(route.log_id, request);
        case protocol::Resource::successor:
            return successor(route.key);
        case protocol::Resource::unknown:
            break;
    }
    return respond({ProblemCode::path_unknown, "There is nothing at this path."});
}

http::Response Service::note(unsigned status, const batch::Receipt& receipt) const {
    const std::string text = batch::sign_receipt(receipt, database_->identity().name, store_key_);
    return {status, std::string(protocol::note_type), base::bytes_of(text)};
}

http::Response Service::note(unsigned status, const batch::PartsHeld& parts) const {
    const std::string text = batch::sign_parts_held(parts, database_->identity().name, store_key_);
    return {status, std::string(protocol::note_type), base::bytes_of(text)};
}

http::Response Service::refusal(const batch::Refusal& refusal) {
    const bool is_revoked = std::holds_alternative<batch::Revoked>(refusal.reason);
    tell(is_revoked ? EventCode::batches_quarantined : EventCode::batches_closed, {log_field(refusal.log_id)});
    const std::string text = batch::sign_refusal(refusal, database_->identity().name, store_key_);
    return {is_revoked ? 403U : 410U, std::string(protocol::note_type), base::bytes_of(text)};
}

http::Response Service::refuse(const base::Error& error) {
    const protocol::Problem problem = problem_of(error);
    if (problem.code == ProblemCode::unavailable) {
        database_->close_after_error();
        tell(EventCode::store_unavailable,
             {{"error", std::string(base::name_of(error.code))}, {"reason", fmt::format("\"{}\"", error.what)}});
    } else {
        tell(EventCode::request_refused, {{"problem", std::string(protocol::name_of(problem.code))}});
    }
    return respond(problem);
}

http::Response Service::health() {
    const Health health = health_.ask();
    return {health.writable ? 200U : 503U, "application/json", base::bytes_of(format_health(health))};
}

http::Response Service::successor(const crypto::VerifyKey& key) const {
    const std::string_view note = succession_of(key_history_, key);
    if (note.empty()) {
        return respond({ProblemCode::path_unknown, "No key of this store has followed that one."});
    }
    return {200, std::string(protocol::note_type), base::bytes_of(note)};
}

http::Response Service::report(const batch::LogId& log_id, const http::Request& request) {
    const auto outcome = take_report(*database_, log_id, request.body, clock_);
    if (!outcome.has_value()) {
        return refuse(outcome.error());
    }
    return outcome->refusal.has_value() ? refusal(*outcome->refusal)
                                        : note(200, receipt_for(outcome->kiosk, *database_, limits_));
}

http::Response Service::enrol(const http::Request& request) {
    const auto enrolment = protocol::parse_enrolment(request.body);
    if (!enrolment.has_value()) {
        return refuse(enrolment.error());
    }
    const auto outcome = store::enrol(*database_, *enrolment, limits_, clock_.today());
    if (!outcome.has_value()) {
        return refuse(outcome.error());
    }
    const auto refused = [this](ProblemCode code, std::string sentence) {
        tell(EventCode::enrolment_refused, {{"problem", std::string(protocol::name_of(code))}});
        return respond({code, std::move(sentence)});
    };
    switch (outcome->verdict) {
        case EnrolmentVerdict::enrolled:
            tell(outcome->is_renewal ? EventCode::kiosk_renewed : EventCode::kiosk_enrolled,
                 {log_field(outcome->receipt.log_id)});
            return note(200, outcome->receipt);
        case EnrolmentVerdict::token_unknown:
            return refused(ProblemCode::token_unknown, "This store has not issued that token.");
        case EnrolmentVerdict::token_used:
            return refused(ProblemCode::token_used, "That token has enrolled another kiosk.");
        case EnrolmentVerdict::not_vouched_for:
            return refused(ProblemCode::not_authentic, "The kiosk's old key has not signed for the new one.");
        case EnrolmentVerdict::already_enrolled:
            return refused(ProblemCode::already_enrolled, "This kiosk is enrolled already, by another token.");
    }
    return respond({ProblemCode::unavailable, {}});
}

http::Response Service::head(const batch::LogId& log_id) {
    const auto kiosk = find_kiosk(*database_, log_id);
    if (!kiosk.has_value()) {
        return refuse(kiosk.error());
    }
    if (!kiosk->has_value()) {
        return respond({ProblemCode::kiosk_unknown, "No kiosk has this log."});
    }
    return note(200, receipt_for(**kiosk, *database_, limits_));
}

http::Response Service::attest(const batch::LogId& log_id, const http::Request& request) {
    const auto attestation = protocol::parse_attestation(request.body);
    if (!attestation.has_value()) {
        return refuse(attestation.error());
    }
    std::vector<crypto::VerifyKey> store_keys = key_history_.earlier;  // what they signed stays the store's word
    store_keys.push_back(store_key_.verify_key());
    const auto outcome = attest_gap(*database_, log_id, *attestation, store_keys, limits_, clock_.today());
    if (!outcome.has_value()) {
        return refuse(outcome.error());
    }
    const auto stored = std::to_string(outcome->receipt.stored);
    switch (outcome->verdict) {
        case AttestationVerdict::gap_noted:
            tell(EventCode::gap_attested, {log_field(log_id), {"stored", stored}});
            return note(200, outcome->receipt);
        case AttestationVerdict::not_needed:
            return note(200, outcome->receipt);
        case AttestationVerdict::refused:
            tell(EventCode::store_went_back, {log_field(log_id), {"stored", stored}});
            return note(409, outcome->receipt);
    }
    return respond({ProblemCode::unavailable, {}});
}

http::Response Service::held_parts(const protocol::Route& route) {
    const auto held = store::parts_held(*database_, route.log_id, route.envelope);
    return held.has_value() ? note(200, *held) : refuse(held.error());
}

http::Response Service::part(const batch::LogId& log_id, const http::Request& request) {
    const auto outcome = take_part(*database_, log_id, request.body, limits_, clock_.today());
    if (!outcome.has_value()) {
        return refuse(outcome.error());
    }
    switch (outcome->verdict) {
        case PartVerdict::held:
            return note(200, outcome->parts);
        case PartVerdict::gap:
            return note(409, outcome->parts);
        case PartVerdict::refused:
            return refusal(*outcome->refusal);
    }
    return respond({ProblemCode::unavailable, {}});
}

http::Response Service::upload(const batch::LogId& log_id, const http::Request& request) {
    const auto outcome = take_upload(*database_, log_id, request.body, limits_, clock_.today());
    if (!outcome.has_value()) {
        return refuse(outcome.error());
    }
    const auto stored = std::to_string(outcome->receipt.stored);
    const bool in_part = outcome->verdict == UploadVerdict::refused || outcome->verdict == UploadVerdict::incomplete;
    if (in_part && outcome->new_batches > 0) {
        tell(EventCode::batches_stored,
             {log_field(log_id), {"stored", stored}, {"responses", std::to_string(outcome->new_responses)}});
    }
    switch (outcome->verdict) {
        case UploadVerdict::accepted:
            tell(outcome->new_batches > 0 ? EventCode::batches_stored : EventCode::batches_repeated,
                 {log_field(log_id), {"stored", stored}, {"responses", std::to_string(outcome->new_responses)}});
            return note(200, outcome->receipt);
        case UploadVerdict::refused:
            return refusal(*outcome->refusal);
        case UploadVerdict::incomplete:
            tell(EventCode::batches_incomplete, {log_field(log_id), {"stored", stored}});
            return note(409, outcome->receipt);
        case UploadVerdict::gap:
            tell(EventCode::batches_gap, {log_field(log_id), {"stored", stored}});
            return note(409, outcome->receipt);
        case UploadVerdict::fork:
            tell(EventCode::batches_fork, {log_field(log_id), {"stored", stored}});
            return note(409, outcome->receipt);
    }
    return respond({ProblemCode::unavailable, {}});
}

}  // namespace pillarbox::store
