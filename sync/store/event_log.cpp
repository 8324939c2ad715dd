// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/event_log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <bit>

#include "core/base/bytes.hpp"

namespace pillarbox::store {
namespace {

std::string_view name_of(EventCode code) {
    switch (code) {
        case EventCode::started:
            return "started";
        case EventCode::stopped:
            return "stopped";
        case EventCode::kiosk_enrolled:
            return "kiosk_enrolled";
        case EventCode::kiosk_renewed:
            return "kiosk_renewed";
        case EventCode::enrolment_refused:
            return "enrolment_refused";
        case EventCode::batches_stored:
            return "batches_stored";
        case EventCode::batches_repeated:
            return "batches_repeated";
        case EventCode::batches_gap:
            return "batches_gap";
        case EventCode::batches_incomplete:
            return "batches_incomplete";
        case EventCode::batches_fork:
            return "batches_fork";
        case EventCode::batches_quarantined:
            return "batches_quarantined";
        case EventCode::batches_closed:
            return "batches_closed";
        case EventCode::request_refused:
            return "request_refused";
        case EventCode::kiosk_revoked:
            return "kiosk_revoked";
        case EventCode::staff_signed_in:
            return "staff_signed_in";
        case EventCode::staff_refused:
            return "staff_refused";
        case EventCode::store_unavailable:
            return "store_unavailable";
        case EventCode::gap_attested:
            return "gap_attested";
        case EventCode::store_went_back:
            return "store_went_back";
    }
    return "unknown";
}

constexpr std::uint64_t times_each_is_told = 8;

// Events that the operator causes, or that an enrolled kiosk pays for with a signed and stored batch.
bool is_always_told(EventCode code) {
    switch (code) {
        case EventCode::started:
        case EventCode::stopped:
        case EventCode::kiosk_enrolled:
        case EventCode::kiosk_renewed:
        case EventCode::batches_stored:
        case EventCode::gap_attested:
        case EventCode::kiosk_revoked:
        case EventCode::staff_signed_in:
            return true;
        case EventCode::enrolment_refused:
        case EventCode::batches_repeated:
        case EventCode::batches_gap:
        case EventCode::batches_incomplete:
        case EventCode::batches_fork:
        case EventCode::batches_quarantined:
        case EventCode::batches_closed:
        case EventCode::store_went_back:
        case EventCode::request_refused:
        case EventCode::staff_refused:
        case EventCode::store_unavailable:
            return false;
    }
    return true;
}

}  // namespace

EventLog::EventLog(std::shared_ptr<spdlog::logger> logger, const base::Clock& clock)
    : logger_(std::move(logger)), clock_(clock) {}

void EventLog::write(EventCode code, std::initializer_list<Field> fields) {
    const std::uint64_t times = times_to_tell(code, fields.size() == 0 ? std::string_view() : fields.begin()->second);
    if (times == 0) {
        return;
    }
    std::string line = fmt::format("{} event={}", base::format_day(clock_.today()), name_of(code));
    for (const auto& [name, value] : fields) {
        line += fmt::format(" {}={}", name, value);
    }
    if (times > times_each_is_told) {
        line += fmt::format(" times={}", times);
    }
    logger_->info(line);
    logger_->flush();
}

std::uint64_t EventLog::times_to_tell(EventCode code, std::string_view subject) {
    if (is_always_told(code)) {
        return 1;
    }
    if (const base::Day today = clock_.today(); today != counted_day_) {
        counts_.clear();
        counted_day_ = today;
    }
    const std::uint64_t times = ++counts_[{code, std::string(subject)}];
    return times <= times_each_is_told || std::has_single_bit(times) ? times : 0;
}

std::shared_ptr<spdlog::logger> make_error_logger() {
    auto logger = std::make_shared<spdlog::logger>("store", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%v");  // spdlog's own time stamps are finer than a day
    return logger;
}

EventLog::Field log_field(const batch::LogId& log_id) {
    return {"log", base::to_hex(base::ByteView(log_id).first(4))};
}

}  // namespace pillarbox::store
