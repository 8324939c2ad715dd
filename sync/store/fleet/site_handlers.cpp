// SPDX-License-Identifier: GPL-3.0-or-later
//
// Site's answers to who is signed in. A change is made first and noted after it: where the note fails the page says
// so, as the change stands.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/http/client.hpp"
#include "sync/store/closing.hpp"
#include "sync/store/enrolling.hpp"
#include "sync/store/fleet/kiosk_pages.hpp"
#include "sync/store/fleet/other_pages.hpp"
#include "sync/store/fleet/site_state.hpp"
#include "sync/store/revoking.hpp"

namespace pillarbox::fleet {
namespace {

constexpr std::uint64_t audit_entries_shown = 200;
constexpr std::size_t log_digits = 32;

std::optional<std::uint64_t> number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = status == std::errc{} && end == text.data() + text.size() && !text.empty();
    return whole ? std::optional(number) : std::nullopt;
}

// "" is the first page; 0, or what is no number, none.
std::size_t page_number(std::string_view text) {
    constexpr std::uint64_t pages_max = 1'000'000;
    return text.empty() ? 1 : static_cast<std::size_t>(std::min(number_in(text).value_or(0), pages_max));
}

base::Result<KioskLine> line_of(const Overview& overview, std::string_view log) {
    const auto found = std::ranges::find_if(
        overview.kiosks, [&](const KioskLine& line) { return base::to_hex(line.kiosk.log_id) == log; });
    if (log.size() != log_digits || found == overview.kiosks.end()) {
        return base::fail(base::ErrorCode::not_found, std::string(log), "No kiosk has this log.");
    }
    return *found;
}

// A station's name and the first digits of its log: enough to know it by, in the audit log.
std::string subject_of(const store::Kiosk& kiosk) {
    return fmt::format("{} ({})", kiosk.station, base::to_hex(kiosk.log_id).substr(0, 8));
}

std::string title_of(std::string_view title, const std::optional<FieldError>& error) {
    return fmt::format("{}{}", error.has_value() ? "Error: " : "", title);
}

unsigned status_of(const std::optional<FieldError>& error) {
    return error.has_value() ? 422 : 200;
}

}  // namespace

http::Response Site::kiosks(const Asked& asked) {
    const auto overview = read_overview(database_, clock_.today());
    const std::size_t number = page_number(asked.subject);
    if (!overview.has_value()) {
        return failed(asked, overview.error());
    }
    if (number == 0) {
        return failed(asked, {base::ErrorCode::not_found, {}, {}, {}});
    }
    const Viewing view = viewing(asked, Place::kiosks);
    return page(200, view, "Kiosks", [&](Markup& markup) { write_kiosks(markup, view, *overview, number); });
}

http::Response Site::kiosk(const Asked& asked) {
    const auto overview = read_overview(database_, clock_.today());
    const auto line = overview.has_value() ? line_of(*overview, asked.subject) : std::unexpected(overview.error());
    if (!line.has_value()) {
        return failed(asked, line.error());
    }
    const Viewing view = viewing(asked, Place::kiosks);
    return page(200, view, line->kiosk.station, [&](Markup& markup) { write_kiosk(markup, view, *line); });
}

http::Response Site::ask_revoke(const Asked& asked) {
    const auto overview = read_overview(database_, clock_.today());
    const auto line = overview.has_value() ? line_of(*overview, asked.subject) : std::unexpected(overview.error());
    if (!line.has_value()) {
        return failed(asked, line.error());
    }
    std::optional<FieldError> error;
    std::string after = std::to_string(line->kiosk.stored);
    if (asked.request.method == http::Method::post) {  // sent, and not taken
        after = asked.field("after");
        error = FieldError{"after", fmt::format("Enter a whole number from 0 to {}", line->kiosk.stored)};
    }
    const Viewing view = viewing(asked, Place::kiosks);
    return page(status_of(error), view, title_of("Revoke a kiosk", error),
                [&](Markup& markup) { write_revoke(markup, view, *line, after, error); });
}

http::Response Site::revoke(const Asked& asked) {
    const auto overview = read_overview(database_, clock_.today());
    const auto line = overview.has_value() ? line_of(*overview, asked.subject) : std::unexpected(overview.error());
    if (!line.has_value()) {
        return failed(asked, line.error());
    }
    const auto after = number_in(asked.field("after"));
    if (!after.has_value() || *after > line->kiosk.stored) {
        return ask_revoke(asked);
    }
    const auto revoked = store::revoke(database_, asked.subject, after);
    const auto noted = revoked.has_value() ? note(asked.session.credentials.account.name, "kiosk_revoked",
                                                  fmt::format("{} after batch {}", subject_of(*revoked), *after))
                                           : std::unexpected(revoked.error());
    settings_.tell(store::EventCode::kiosk_revoked, {store::log_field(line->kiosk.log_id)});
    return noted.has_value() ? see_other(kiosk_path(*revoked)) : failed(asked, noted.error());
}

http::Response Site::ask_readmit(const Asked& asked) {
    const auto overview = read_overview(database_, clock_.today());
    const auto line = overview.has_value() ? line_of(*overview, asked.subject) : std::unexpected(overview.error());
    if (!line.has_value()) {
        return failed(asked, line.error());
    }
    const Viewing view = viewing(asked, Place::kiosks);
    return page(200, view, "Readmit a kiosk", [&](Markup& markup) { write_readmit(markup, view, *line); });
}

http::Response Site::readmit(const Asked& asked) {
    if (asked.subject.size() != log_digits) {
        return failed(asked, {base::ErrorCode::not_found, {}, {}, {}});
    }
    const auto readmitted = store::readmit(database_, asked.subject);
    const auto noted = readmitted.has_value()
                           ? note(asked.session.credentials.account.name, "kiosk_readmitted", subject_of(*readmitted))
                           : std::unexpected(readmitted.error());
    return noted.has_value() ? see_other(kiosk_path(*readmitted)) : failed(asked, noted.error());
}

http::Response Site::ask_enrol(const Asked& asked) {
    const Viewing view = viewing(asked, Place::kiosks);
    return page(200, view, "Enrol a kiosk",
                [&](Markup& markup) { write_enrol(markup, view, {}, settings_.pin.url, {}); });
}

http::Response Site::enrol(const Asked& asked) {
    const Viewing view = viewing(asked, Place::kiosks);
    const std::string station = asked.field("station");
    const std::string address = asked.field("address");
    const auto again = [&](FieldError error) {
        const std::optional<FieldError> wrong(std::move(error));
        return page(422, view, "Error: Enrol a kiosk",
                    [&](Markup& markup) { write_enrol(markup, view, station, address, wrong); });
    };
    if (!http::check_base_url(address).has_value()) {
        return again({"address", "Enter an address that starts with https:// and has no path"});
    }
    const bool has_control = std::ranges::any_of(
        station, [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F'; });
    station::StorePin pin = settings_.pin;
    pin.url = address;
    auto token = has_control ? base::fail(base::ErrorCode::usage, "station", "Not a name for a station.")
                             : store::issue_token(database_, pin, station, random_);
    if (!token.has_value() && token.error().code == base::ErrorCode::usage) {
        return again({"station", "Enter the name of the station, of at most 200 letters"});
    }
    const auto noted = token.has_value() ? note(asked.session.credentials.account.name, "token_issued", station)
                                         : std::unexpected(token.error());
    if (!noted.has_value()) {
        return failed(asked, noted.error());
    }
    return page(200, view, "Token",
                [&](Markup& markup) { write_token(markup, station, station::format_token(*token)); });
}

http::Response Site::responses(const Asked& asked) {
    const auto table = read_day_table(database_, clock_.today());
    const std::size_t number = page_number(asked.subject);
    if (!table.has_value() || number == 0) {
        return failed(asked, table.has_value() ? base::Error{base::ErrorCode::not_found, {}, {}, {}} : table.error());
    }
    return page(200, viewing(asked, Place::responses), "Responses",
                [&](Markup& markup) { write_responses(markup, *table, number); });
}

http::Response Site::campaigns(const Asked& asked) {
    const auto overview = read_overview(database_, clock_.today());
    if (!overview.has_value()) {
        return failed(asked, overview.error());
    }
    const Viewing view = viewing(asked, Place::campaigns);
    return page(200, view, "Campaigns", [&](Markup& markup) { write_campaigns(markup, view, *overview); });
}

http::Response Site::ask_close(const Asked& asked) {
    const auto overview = read_overview(database_, clock_.today());
    if (!overview.has_value()) {
        return failed(asked, overview.error());
    }
    const auto campaigns = campaigns_of(*overview);
    const auto campaign = std::ranges::find(campaigns, asked.subject, &CampaignLine::id);
    if (campaign == campaigns.end()) {
        return failed(asked, {base::ErrorCode::not_found, {}, {}, {}});
    }
    std::optional<FieldError> error;
    std::string days = std::to_string(store::grace_days_default);
    if (asked.request.method == http::Method::post) {  // sent, and not taken
        days = asked.field("days");
        error = FieldError{"days", fmt::format("Enter a whole number from 0 to {}", store::grace_days_max)};
    }
    const Viewing view = viewing(asked, Place::campaigns);
    return page(status_of(error), view, title_of("Close a campaign", error),
                [&](Markup& markup) { write_close(markup, view, *campaign, days, error); });
}

http::Response Site::close(const Asked& asked) {
    const auto days = number_in(asked.field("days"));
    if (!days.has_value() || *days > store::grace_days_max) {
        return ask_close(asked);
    }
    const auto closed = store::close_campaign(database_, asked.subject, *days, clock_.today());
    if (!closed.has_value() && closed.error().code == base::ErrorCode::usage) {
        return failed(asked, {base::ErrorCode::not_found, {}, {}, {}});
    }
    const auto noted =
        closed.has_value()
            ? note(asked.session.credentials.account.name, "campaign_closed",
                   fmt::format("{}, by network until {}", closed->id, base::format_day(closed->last_day)))
            : std::unexpected(closed.error());
    return noted.has_value() ? see_other("/fleet/campaigns") : failed(asked, noted.error());
}

http::Response Site::audit(const Asked& asked) {
    const auto read = [&]() -> base::Result<std::vector<storage::AuditEntry>> {
        const auto transaction = TRY(database_.begin(store::TransactionKind::read));
        return transaction->last_audit(audit_entries_shown);
    };
    const auto entries = read();
    if (!entries.has_value()) {
        return failed(asked, entries.error());
    }
    return page(200, viewing(asked, Place::audit), "Audit log",
                [&](Markup& markup) { write_audit(markup, *entries); });
}

}  // namespace pillarbox::fleet
