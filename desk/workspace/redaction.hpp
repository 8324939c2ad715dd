// SPDX-License-Identifier: GPL-3.0-or-later
//
// Passages that leave the desk in no output. The original stays in the workspace, with who took the passage out, when
// and why, until the response is withdrawn.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "desk/exports/record.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

// Bytes of one answer, from a letter's beginning to a letter's end.
struct Passage {
    std::string path;  // of the answer: "/data/q1/q1_text"
    std::size_t start = 0, size = 0;
    friend bool operator==(const Passage&, const Passage&) = default;
};

// What stands for a passage. It does not tell how long that was.
inline constexpr std::string_view redaction_mark = "[redacted]";

struct Redaction {
    Passage passage;
    std::string reason;
};
inline constexpr std::size_t reason_size_bytes_max = 1'000;

// usage where there is no reason, or the passage is none of the answer's; conflict where the answer is no text that
// somebody wrote, or is one that consent is read from: what may be quoted is decided by answers as they were given.
[[nodiscard]] base::Result<void> redact(Workspace& workspace, const Editor& editor, ResponseId response,
                                        const Redaction& redaction);
[[nodiscard]] base::Result<void> take_back_redaction(Workspace& workspace, const Editor& editor, ResponseId response,
                                                     const Passage& passage);
[[nodiscard]] base::Result<std::vector<Redaction>> redactions_of(Workspace& workspace, ResponseId response);

// The part of an answer as it may be shown: passages that overlap or touch become one mark. Pure.
[[nodiscard]] std::string redacted(std::string_view answer, const Passage& part,
                                   const std::vector<Redaction>& redactions);
// The whole record, but for the answers that consent is read from.
[[nodiscard]] exports::Record redacted(exports::Record record, const std::vector<Redaction>& redactions);

// Passages as keys of cells. Internal to desk/workspace.
[[nodiscard]] std::string key_of(const Passage& passage);
[[nodiscard]] base::Result<Passage> passage_of(std::string_view key);
[[nodiscard]] base::Result<void> check_passage(const exports::Record& record, const Passage& passage);

}  // namespace pillarbox::workspace
