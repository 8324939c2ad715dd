// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/event_log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

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
        case EventCode::enrolment_refused:
            return "enrolment_refused";
        case EventCode::batches_stored:
            return "batches_stored";
        case EventCode::batches_repeated:
            return "batches_repeated";
        case EventCode::batches_gap:
            return "batches_gap";
        case EventCode::batches_fork:
            return "batches_fork";
        case EventCode::request_refused:
            return "request_refused";
        case EventCode::store_unavailable:
            return "store_unavailable";
    }
    return "unknown";
}

}  // namespace

EventLog::EventLog(std::shared_ptr<spdlog::logger> logger, const base::Clock& clock)
    : logger_(std::move(logger)), clock_(clock) {}

void EventLog::write(EventCode code, std::initializer_list<Field> fields) {
    std::string line = fmt::format("{} event={}", base::format_day(clock_.today()), name_of(code));
    for (const auto& [name, value] : fields) {
        line += fmt::format(" {}={}", name, value);
    }
    logger_->info(line);
    logger_->flush();
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
