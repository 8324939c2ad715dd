// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/renewing.hpp"

#include <optional>

#include "core/base/file.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/protocol/routes.hpp"
#include "sync/protocol/seed_file.hpp"

namespace pillarbox::client {
namespace {

namespace fs = std::filesystem;

fs::path request_path(const fs::path& folder) {
    return folder / "renewal.request";
}
fs::path next_key_path(const fs::path& folder) {
    return folder / "device.next.key";
}

base::Result<void> remove_file(const fs::path& path) {
    std::error_code status;
    fs::remove(path, status);
    return status ? std::unexpected(base::error_of_errno(status.value(), path, "removed")) : base::Result<void>{};
}

struct Request {
    base::Bytes bytes;
    protocol::Enrolment enrolment;
    [[nodiscard]] batch::LogId log_id() const { return batch::log_id_of(enrolment.device_key, enrolment.forerunner); }
};

base::Result<std::optional<Request>> read_request(const fs::path& folder) {
    auto bytes = base::read_file(request_path(folder), protocol::enrolment_size_bytes_max);
    if (!bytes.has_value() && bytes.error().code == base::ErrorCode::not_found) {
        return std::optional<Request>();
    }
    if (!bytes.has_value()) {
        return std::unexpected(bytes.error());
    }
    auto enrolment = TRY(protocol::parse_enrolment(*bytes));
    return std::optional(Request{*std::move(bytes), std::move(enrolment)});
}

// The one that was made for this token before, or a new one: for another token with another key, since the store may
// have the first one's by now.
base::Result<Request> request_for(const fs::path& folder, const protocol::EnrolmentSecret& secret,
                                  const batch::LogId& log_id, base::Random& random) {
    auto made = TRY(read_request(folder));
    if (made.has_value() && made->enrolment.secret == secret) {
        return *std::move(made);
    }
    if (made.has_value()) {
        TRY(remove_file(next_key_path(folder)));
    }
    const auto next_key = TRY(device_key_at(next_key_path(folder), random));
    const auto old_key = protocol::read_seed_file(station::device_key_path(folder));
    if (!old_key.has_value() && old_key.error().code != base::ErrorCode::not_found) {
        return std::unexpected(old_key.error());
    }
    base::Bytes bytes = old_key.has_value() ? protocol::make_renewal(secret, log_id, *old_key, next_key)
                                            : protocol::make_enrolment(secret, {}, next_key);
    TRY(base::write_file(request_path(folder), bytes, base::FileMode::owner_only));
    auto enrolment = TRY(protocol::parse_enrolment(bytes));
    return Request{std::move(bytes), std::move(enrolment)};
}

}  // namespace

base::Result<void> finish_renewal(const fs::path& folder, outbox::Outbox& outbox) {
    const auto request = TRY(read_request(folder));
    if (!request.has_value()) {
        return {};
    }
    const outbox::Head head = TRY(outbox.head());
    if (head.log_id != request->log_id()) {
        return {};  // the store has not answered yet: the old key signs the old log
    }
    const auto next_key = protocol::read_seed_file(next_key_path(folder));
    if (next_key.has_value()) {
        TRY(protocol::write_seed_file(station::device_key_path(folder), *next_key));
    } else if (next_key.error().code != base::ErrorCode::not_found) {
        return std::unexpected(next_key.error());
    }
    TRY(remove_file(station::renewal_token_path(folder)));
    TRY(remove_file(next_key_path(folder)));
    return remove_file(request_path(folder));
}

base::Result<EnrolmentReport> renew(const fs::path& folder, station::Station& station, outbox::Outbox& outbox,
                                    const std::string& proxy, base::Random& random) {
    const auto token = TRY(read_token(station::renewal_token_path(folder)));
    TRY(check_token(token, station, station::renewal_token_path(folder)));
    const outbox::Head head = TRY(outbox.head());
    const Request request = TRY(request_for(folder, token.secret, head.log_id, random));
    TRY(send_enrolment(folder, station, request.bytes, request.log_id(), proxy));
    TRY(outbox.restart_log(request.log_id()));
    TRY(finish_renewal(folder, outbox));
    return EnrolmentReport{request.log_id(), EnrolledBefore::no};
}

}  // namespace pillarbox::client
