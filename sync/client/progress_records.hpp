// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a round tells the program that started it (`pillarbox-sync run --progress`), a line each:
//
//   progress 65536 131072        bytes sent, and of how many; 0 0 while the store is asked
//   result sent 3 kept 0         at the end of a round that went well: responses, without tests
//   refused revoked              the store has signed that it takes no more of this kiosk
//   refused closed               the store has signed that the campaign has ended
//
// A round that fails prints its error to stderr as ever; the exit code says of which kind it is (docs/cli.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/batch/refusal.hpp"

namespace pillarbox::client {

class ProgressRecords {
  public:
    ProgressRecords(std::FILE* out, const base::Clock& clock) : out_(out), clock_(clock) {}
    // At most ten lines a second; the end of an upload always.
    void update(std::uint64_t sent_bytes, std::uint64_t total_bytes);

  private:
    std::FILE* out_;
    const base::Clock& clock_;
    std::optional<std::chrono::milliseconds> last_;
};

struct ResultRecord {
    std::uint64_t sent = 0;
    std::uint64_t kept = 0;
};
[[nodiscard]] std::string_view format_refusal(const batch::Refusal& refusal);  // without a new line
[[nodiscard]] std::string format_result(const ResultRecord& result);           // without a new line

}  // namespace pillarbox::client
