// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/file.hpp"
#include "sync/protocol/problem.hpp"
#include "sync/protocol/routes.hpp"

namespace pillarbox::fleet {
namespace {

constexpr std::size_t token_size_bytes = 32;
constexpr std::size_t token_file_size_bytes_max = 256;
constexpr std::int64_t days_told_singly = 7;

// Few names, whatever is asked for: a stranger can't make a series.
std::string_view resource_of(const http::Request& request) {
    if (request.path == "/fleet" || request.path.starts_with("/fleet/")) {
        return "fleet";
    }
    if (request.path == metrics_path) {
        return "metrics";
    }
    switch (protocol::route_of(request.path).resource) {
        case protocol::Resource::health:
            return "health";
        case protocol::Resource::enrol:
            return "enrol";
        case protocol::Resource::head:
            return "head";
        case protocol::Resource::batches:
            return "batches";
        case protocol::Resource::parts:
        case protocol::Resource::held_parts:
            return "parts";
        case protocol::Resource::gaps:
            return "gaps";
        case protocol::Resource::report:
            return "report";
        case protocol::Resource::successor:
            return "successor";
        case protocol::Resource::unknown:
            return "unknown";
    }
    return "unknown";
}

// Why a kiosk's request was not taken; none where it was.
std::optional<std::string> refusal_in(const http::Request& request, const http::Response& response) {
    const auto resource = resource_of(request);
    if (response.status < 400 || resource == "fleet" || resource == "metrics" || resource == "health") {
        return std::nullopt;
    }
    if (response.content_type == protocol::problem_type) {
        const auto problem = protocol::parse_problem(response.body);
        return problem.has_value() ? std::optional(std::string(protocol::name_of(problem->code))) : std::nullopt;
    }
    switch (response.status) {
        case 403:
            return "revoked";
        case 409:
            return "gap_or_fork";
        case 410:
            return "campaign_closed";
        default:
            return "other";
    }
}

void describe(std::string& text, std::string_view name, std::string_view type, std::string_view help) {
    text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void one(std::string& text, std::string_view name, std::string_view type, std::string_view help,
         std::uint64_t value) {
    describe(text, name, type, help);
    text += fmt::format("{} {}\n", name, value);
}

void count_kiosks(std::string& text, const Overview& overview) {
    describe(text, "pillarbox_kiosks", "gauge", "Kiosks by state.");
    for (const KioskState state :
         {KioskState::active, KioskState::silent, KioskState::never_heard, KioskState::forked, KioskState::revoked}) {
        text += fmt::format("pillarbox_kiosks{{state=\"{}\"}} {}\n", name_of(state),
                            std::ranges::count(overview.kiosks, state, &KioskLine::state));
    }
    describe(text, "pillarbox_kiosks_last_contact", "gauge",
             "Kiosks that are not revoked, by days since their last contact.");
    std::array<std::uint64_t, days_told_singly + 2> by_days{};  // then "7+" and "never"
    for (const KioskLine& line : overview.kiosks) {
        if (line.state == KioskState::revoked) {
            continue;
        }
        std::int64_t days = days_told_singly + 1;
        if (line.last_contact.has_value()) {
            days = std::clamp<std::int64_t>((overview.today - *line.last_contact).count(), 0, days_told_singly);
        }
        ++by_days[static_cast<std::size_t>(days)];
    }
    for (std::size_t days = 0; days < by_days.size(); ++days) {
        const std::string label = days < days_told_singly    ? std::to_string(days)
                                  : days == days_told_singly ? std::string("7+")
                                                             : std::string("never");
        text += fmt::format("pillarbox_kiosks_last_contact{{days=\"{}\"}} {}\n", label, by_days[days]);
    }
}

}  // namespace

base::Result<std::string> metrics_token(const std::filesystem::path& folder, base::Random& random) {
    const auto path = folder / "metrics.token";
    const auto found = base::read_file(path, token_file_size_bytes_max);
    if (found.has_value()) {
        std::string token(base::text_of(*found));
        std::erase(token, '\n');
        if (token.size() < token_size_bytes) {
            return base::fail(base::ErrorCode::damaged, path.string(), "This is no token.",
                              "Remove the file: a new one is made when the store starts.");
        }
        return token;
    }
    if (found.error().code != base::ErrorCode::not_found) {
        return std::unexpected(found.error());
    }
    std::array<std::uint8_t, token_size_bytes> secret{};
    random.fill(secret);
    std::string token = base::to_base64_url(secret);
    TRY(base::write_file(path, base::view_of(token + "\n"), base::FileMode::owner_only));
    return token;
}

void Metrics::count(const http::Request& request, const http::Response& response, std::chrono::microseconds took) {
    const std::scoped_lock lock(mutex_);
    Histogram& histogram = durations_[std::string(resource_of(request))];
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0));
    const auto bound = std::ranges::find_if(bounds_ms, [us](std::uint64_t ms) { return us <= ms * 1'000; });
    ++histogram.counts[static_cast<std::size_t>(bound - bounds_ms.begin())];
    histogram.sum_us += us;
    if (const auto refusal = refusal_in(request, response)) {
        ++refusals_[*refusal];
    }
}

base::Result<std::string> Metrics::text() {
    const std::string fleet = TRY(fleet_text());
    return fleet + requests_text();
}

base::Result<std::string> Metrics::fleet_text() {
    const std::scoped_lock lock(read_mutex_);
    const auto now = clock_.monotonic();
    if (read_at_.has_value() && now - *read_at_ < read_every) {
        return fleet_text_;
    }
    const Overview overview = TRY(read_overview(database_, clock_.today()));
    const std::uint64_t size_bytes = TRY(database_.size_bytes());
    const store::Health health = health_.ask();
    std::string text;
    describe(text, "pillarbox_store_info", "gauge", "The store's release.");
    text += fmt::format("pillarbox_store_info{{version=\"{}\"}} 1\n", PILLARBOX_VERSION);
    one(text, "pillarbox_store_epoch", "gauge", "Raised by the operator after a restore.",
        database_.identity().epoch);
    one(text, "pillarbox_store_batches_total", "counter", "Batches stored.", overview.batches);
    one(text, "pillarbox_store_envelopes_total", "counter", "Sealed responses stored, without tests.",
        overview.responses);
    one(text, "pillarbox_store_unnamed_envelopes", "gauge",
        "Large envelopes that came in parts, not all of them yet or not their batch.", overview.unnamed.envelopes);
    one(text, "pillarbox_store_unnamed_bytes", "gauge", "The parts of these.", overview.unnamed.size_bytes);
    one(text, "pillarbox_store_database_bytes", "gauge", "The database on disk.", size_bytes);
    one(text, "pillarbox_store_database_writable", "gauge", "1 where the database takes a change.",
        health.writable ? 1 : 0);
    one(text, "pillarbox_store_second_copy", "gauge", "1 where a standby has all that is committed.",
        health.has_second_copy ? 1 : 0);
    count_kiosks(text, overview);
    fleet_text_ = std::move(text);
    read_at_ = now;
    return fleet_text_;
}

std::string Metrics::requests_text() {
    const std::scoped_lock lock(mutex_);
    std::string text;
    describe(text, "pillarbox_refusals_total", "counter", "Requests of kiosks that were not taken, by kind.");
    for (const auto& [kind, count] : refusals_) {
        text += fmt::format("pillarbox_refusals_total{{kind=\"{}\"}} {}\n", kind, count);
    }
    constexpr std::string_view name = "pillarbox_request_duration_seconds";
    describe(text, name, "histogram", "Time from a whole request to its answer.");
    for (const auto& [resource, histogram] : durations_) {
        std::uint64_t upto = 0;
        for (std::size_t i = 0; i < bounds_ms.size(); ++i) {
            upto += histogram.counts[i];
            text += fmt::format("{}_bucket{{resource=\"{}\",le=\"{}\"}} {}\n", name, resource,
                                static_cast<double>(bounds_ms[i]) / 1'000.0, upto);
        }
        upto += histogram.counts.back();
        text += fmt::format("{}_bucket{{resource=\"{}\",le=\"+Inf\"}} {}\n", name, resource, upto);
        text += fmt::format("{}_sum{{resource=\"{}\"}} {}\n", name, resource,
                            static_cast<double>(histogram.sum_us) / 1e6);
        text += fmt::format("{}_count{{resource=\"{}\"}} {}\n", name, resource, upto);
    }
    return text;
}

}  // namespace pillarbox::fleet
