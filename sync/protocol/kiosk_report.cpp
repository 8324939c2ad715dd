// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/protocol/kiosk_report.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"
#include "core/cbor/cbor.hpp"

namespace pillarbox::protocol {
namespace {

constexpr std::uint64_t report_version = 1;
constexpr std::size_t figure_count = 8;
constexpr std::size_t report_item_count = figure_count + 4;  // version, log, clock, signature
constexpr std::size_t kept_count = figure_count + 3;         // version, clock's offset: which way, and how far
constexpr std::string_view report_context = "pillarbox-report-1";
constexpr std::uint64_t percent_max = 100;
// Year 9999: a clock beyond it is no clock, and seconds of it can be subtracted without a thought.
constexpr std::uint64_t clock_seconds_max = 253'402'300'799;

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "report", std::move(what));
}

void write_figures(cbor::Writer& writer, const KioskReport& report) {
    writer.text(report.program_version).text(report.station).text(report.campaign_id);
    writer.unsigned_integer(report.pack_version).unsigned_integer(report.waiting);
    writer.unsigned_integer(report.disk_free_bytes).unsigned_integer(report.disk_total_bytes);
    if (report.battery_percent.has_value()) {
        writer.unsigned_integer(*report.battery_percent);
    } else {
        writer.null();
    }
}

base::Result<std::string> next_text(cbor::Reader& reader, std::size_t size_max) {
    const std::string_view text = TRY(reader.text(size_max));
    const auto is_control = [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F'; };
    if (std::ranges::any_of(text, is_control)) {
        return malformed("A text has a control character.");
    }
    return std::string(text);
}

base::Result<KioskReport> read_figures(cbor::Reader& reader) {
    KioskReport report;
    report.program_version = TRY(next_text(reader, program_version_size_bytes_max));
    report.station = TRY(next_text(reader, station_size_bytes_max));
    report.campaign_id = TRY(next_text(reader, campaign_id_size_bytes_max));
    for (std::uint64_t* figure :
         {&report.pack_version, &report.waiting, &report.disk_free_bytes, &report.disk_total_bytes}) {
        *figure = TRY(reader.unsigned_integer());
    }
    if (reader.next_is_null()) {
        TRY(reader.null());
        return report;
    }
    report.battery_percent = TRY(reader.unsigned_integer());
    if (*report.battery_percent > percent_max) {
        return malformed("A battery holds more than all.");
    }
    return report;
}

base::Bytes signed_bytes(const KioskReport& report, const batch::LogId& log_id, std::uint64_t clock) {
    cbor::Writer writer;
    writer.text(report_context).unsigned_integer(report_version).bytes(log_id);
    write_figures(writer, report);
    writer.unsigned_integer(clock);
    return writer.take();
}

// At a letter's end, and without what would move a terminal's cursor.
void tidy(std::string& text, std::size_t size_max) {
    std::erase_if(text, [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == '\x7F'; });
    while (text.size() > size_max || !base::is_utf8(text)) {
        text.pop_back();
    }
}

}  // namespace

base::Bytes make_report(KioskReport report, const batch::LogId& log_id, std::chrono::sys_seconds clock,
                        const crypto::SigningKey& device_key) {
    tidy(report.program_version, program_version_size_bytes_max);
    tidy(report.station, station_size_bytes_max);
    tidy(report.campaign_id, campaign_id_size_bytes_max);
    if (report.battery_percent.has_value()) {
        report.battery_percent = std::min(*report.battery_percent, percent_max);
    }
    const auto since_epoch = std::max<std::int64_t>(clock.time_since_epoch().count(), 0);
    const std::uint64_t seconds = std::min(static_cast<std::uint64_t>(since_epoch), clock_seconds_max);
    const crypto::Signature signature = device_key.sign(signed_bytes(report, log_id, seconds));
    cbor::Writer writer;
    writer.array(report_item_count).unsigned_integer(report_version).bytes(log_id);
    write_figures(writer, report);
    writer.unsigned_integer(seconds).bytes(signature);
    return writer.take();
}

base::Result<SignedReport> parse_report(base::ByteView bytes, const batch::LogId& log_id,
                                        const crypto::VerifyKey& device_key) {
    cbor::Reader reader(bytes);
    TRY(reader.array_of(report_item_count));
    const std::uint64_t found = TRY(reader.unsigned_integer());
    if (found != report_version) {
        return malformed("The report is of an unknown version.");
    }
    const base::ByteView log = TRY(reader.bytes(log_id.size()));
    if (!std::ranges::equal(log, log_id)) {
        return malformed("The report is of another log.");
    }
    KioskReport report = TRY(read_figures(reader));
    const std::uint64_t seconds = TRY(reader.unsigned_integer());
    const base::ByteView signature_bytes = TRY(reader.bytes(std::tuple_size_v<crypto::Signature>));
    const auto signature = TRY(base::array_of<std::tuple_size_v<crypto::Signature>>(signature_bytes));
    TRY(reader.end());
    if (seconds > clock_seconds_max) {
        return malformed("The clock is beyond the year 9999.");
    }
    if (!crypto::verifies(device_key, signed_bytes(report, log_id, seconds), signature)) {
        return base::fail(base::ErrorCode::not_authentic, "report", "The report is not signed by the kiosk's key.");
    }
    return SignedReport{std::move(report),
                        std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds)))};
}

base::Bytes encode_figures(const KioskReport& report, std::int64_t clock_offset_minutes) {
    cbor::Writer writer;
    writer.array(kept_count).unsigned_integer(report_version);
    write_figures(writer, report);
    writer.boolean(clock_offset_minutes < 0);
    writer.unsigned_integer(static_cast<std::uint64_t>(std::abs(clock_offset_minutes)));
    return writer.take();
}

base::Result<KeptFigures> decode_figures(base::ByteView bytes) {
    cbor::Reader reader(bytes);
    TRY(reader.array_of(kept_count));
    const std::uint64_t found = TRY(reader.unsigned_integer());
    if (found != report_version) {
        return malformed("What is kept of a report is of an unknown version.");
    }
    KeptFigures kept;
    kept.report = TRY(read_figures(reader));
    const bool behind = TRY(reader.boolean());
    const std::uint64_t minutes = TRY(reader.unsigned_integer());
    TRY(reader.end());
    if (minutes > clock_seconds_max || (behind && minutes == 0)) {
        return malformed("The clock's offset is none.");
    }
    kept.clock_offset_minutes = static_cast<std::int64_t>(minutes) * (behind ? -1 : 1);
    return kept;
}

}  // namespace pillarbox::protocol
