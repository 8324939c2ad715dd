// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/routes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/batch/part.hpp"

namespace pillarbox::protocol {
namespace {

constexpr std::string_view kiosks_prefix = "/v1/kiosks/";
constexpr std::string_view keys_prefix = "/v1/keys/";
constexpr std::size_t log_id_letters = 32;

Route successor_route(std::string_view hex) {
    const auto bytes = base::from_hex(hex);
    Route route;
    if (!bytes.has_value() || bytes->size() != route.key.bytes.size()) {
        return {};
    }
    std::ranges::copy(*bytes, route.key.bytes.begin());
    route.resource = Resource::successor;
    return route;
}

}  // namespace

std::string head_path(const batch::LogId& log_id) {
    return fmt::format("{}{}/head", kiosks_prefix, base::to_hex(log_id));
}

std::string batches_path(const batch::LogId& log_id) {
    return fmt::format("{}{}/batches", kiosks_prefix, base::to_hex(log_id));
}

std::string parts_path(const batch::LogId& log_id) {
    return fmt::format("{}{}/parts", kiosks_prefix, base::to_hex(log_id));
}

std::string held_parts_path(const batch::LogId& log_id, const crypto::Digest& envelope) {
    return fmt::format("{}/{}", parts_path(log_id), base::to_hex(envelope));
}

std::string gaps_path(const batch::LogId& log_id) {
    return fmt::format("{}{}/gaps", kiosks_prefix, base::to_hex(log_id));
}

std::string report_path(const batch::LogId& log_id) {
    return fmt::format("{}{}/report", kiosks_prefix, base::to_hex(log_id));
}

std::string successor_path(const crypto::VerifyKey& store_key) {
    return fmt::format("{}{}", keys_prefix, base::to_hex(store_key.bytes));
}

Route route_of(std::string_view path) {
    if (path == health_path) {
        return {.resource = Resource::health};
    }
    if (path == enrol_path) {
        return {.resource = Resource::enrol};
    }
    if (path.starts_with(keys_prefix)) {
        return successor_route(path.substr(keys_prefix.size()));
    }
    if (!path.starts_with(kiosks_prefix) || path.size() < kiosks_prefix.size() + log_id_letters) {
        return {};
    }
    path.remove_prefix(kiosks_prefix.size());
    const auto bytes = base::from_hex(path.substr(0, log_id_letters));
    if (!bytes.has_value()) {
        return {};
    }
    Route route;
    std::ranges::copy(*bytes, route.log_id.begin());
    path.remove_prefix(log_id_letters);
    if (path == "/head") {
        route.resource = Resource::head;
    } else if (path == "/batches") {
        route.resource = Resource::batches;
    } else if (path == "/parts") {
        route.resource = Resource::parts;
    } else if (path.starts_with("/parts/")) {
        const auto envelope = base::from_hex(path.substr(std::string_view("/parts/").size()));
        if (!envelope.has_value() || envelope->size() != route.envelope.size()) {
            return {};
        }
        std::ranges::copy(*envelope, route.envelope.begin());
        route.resource = Resource::held_parts;
    } else if (path == "/gaps") {
        route.resource = Resource::gaps;
    } else if (path == "/report") {
        route.resource = Resource::report;
    } else {
        return {};
    }
    return route;
}

std::size_t body_size_bytes_max(Resource resource, const batch::Limits& limits) {
    switch (resource) {
        case Resource::enrol:
            return enrolment_size_bytes_max;
        case Resource::batches:
            return limits.batch_size_bytes_max + upload_overhead_bytes_max;
        case Resource::parts:
            return batch::part_size_bytes_max + batch::part_frame_size_bytes_max;
        case Resource::gaps:
            return attestation_size_bytes_max;
        case Resource::report:
            return report_size_bytes_max;
        case Resource::health:
        case Resource::head:
        case Resource::successor:
        case Resource::held_parts:
        case Resource::unknown:
            return 0;
    }
    return 0;
}

}  // namespace pillarbox::protocol
