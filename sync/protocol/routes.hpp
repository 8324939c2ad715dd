// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store's paths, content types and body limits: docs/formats/protocol.md. A path has one spelling; anything else
// is unknown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/batch/batch.hpp"

namespace pillarbox::protocol {

enum class Resource { health, enrol, head, batches, parts, held_parts, gaps, report, successor, unknown };

struct Route {
    Resource resource = Resource::unknown;
    batch::LogId log_id{};      // of a kiosk's own resources; zeros elsewhere
    crypto::Digest envelope{};  // of held_parts
    crypto::VerifyKey key{};    // of `successor`
};

inline constexpr std::string_view health_path = "/healthz";
inline constexpr std::string_view enrol_path = "/v1/enrol";
[[nodiscard]] std::string head_path(const batch::LogId& log_id);     // "/v1/kiosks/<32 hex digits>/head"
[[nodiscard]] std::string batches_path(const batch::LogId& log_id);  // "/v1/kiosks/<32 hex digits>/batches"
[[nodiscard]] std::string parts_path(const batch::LogId& log_id);    // "/v1/kiosks/<32 hex digits>/parts"
[[nodiscard]] std::string held_parts_path(const batch::LogId& log_id,
                                          const crypto::Digest& envelope);  // ".../parts/<64 hex digits>"
[[nodiscard]] std::string gaps_path(const batch::LogId& log_id);            // "/v1/kiosks/<32 hex digits>/gaps"
[[nodiscard]] std::string report_path(const batch::LogId& log_id);          // "/v1/kiosks/<32 hex digits>/report"
// "/v1/keys/<64 hex digits>": what came after a key of the store's
[[nodiscard]] std::string successor_path(const crypto::VerifyKey& store_key);
[[nodiscard]] Route route_of(std::string_view path);

inline constexpr std::string_view note_type = "text/plain; charset=utf-8";  // a signed note (C2SP signed-note)
inline constexpr std::string_view enrolment_type = "application/cbor";
inline constexpr std::string_view attestation_type = "application/cbor";
inline constexpr std::string_view upload_type = "application/cbor-seq";  // RFC 8742
inline constexpr std::string_view part_type = "application/cbor-seq";
inline constexpr std::string_view report_type = "application/cbor";
inline constexpr std::string_view problem_type = "application/vnd.pillarbox.problem+cbor";

// Bytes of body that a POST to a resource may have.
inline constexpr std::size_t enrolment_size_bytes_max = 512;
inline constexpr std::size_t report_size_bytes_max = 512;
inline constexpr std::size_t note_size_bytes_max = 4 * 1024;
inline constexpr std::size_t attestation_size_bytes_max = note_size_bytes_max + 256;
inline constexpr std::size_t upload_overhead_bytes_max = 64 * 1024;
[[nodiscard]] std::size_t body_size_bytes_max(Resource resource, const batch::Limits& limits);

}  // namespace pillarbox::protocol
