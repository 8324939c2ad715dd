// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/progress_records.hpp"

#include <fmt/format.h>

namespace pillarbox::client {

void ProgressRecords::update(std::uint64_t sent_bytes, std::uint64_t total_bytes) {
    constexpr std::chrono::milliseconds pause{100};
    const auto now = clock_.monotonic();
    const bool complete = total_bytes > 0 && sent_bytes == total_bytes;
    if (last_.has_value() && now < *last_ + pause && !complete) {
        return;
    }
    last_ = now;
    fmt::print(out_, "progress {} {}\n", sent_bytes, total_bytes);
    std::fflush(out_);
}

std::string_view format_refusal(const batch::Refusal& refusal) {
    return std::holds_alternative<batch::Revoked>(refusal.reason) ? "refused revoked" : "refused closed";
}

std::string format_result(const ResultRecord& result) {
    return fmt::format("result sent {} kept {}", result.sent, result.kept);
}

}  // namespace pillarbox::client
