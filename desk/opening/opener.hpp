// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens the envelopes of checked batches: in parallel, once each, resumable. A damaged envelope never stops the
// others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/envelope/envelope.hpp"
#include "desk/exports/record.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/opening/journal.hpp"
#include "desk/opening/progress.hpp"

namespace pillarbox::opening {

enum class TestSubmissions { leave_out, include };

struct OpenSettings {
    std::string campaign_id;  // batches of other campaigns are skipped and counted
    TestSubmissions tests = TestSubmissions::leave_out;
    unsigned jobs = 1;  // threads, at least 1
};

// An envelope that gave no submission. The reason is an error's text: it never holds answer text.
struct LostEnvelope {
    std::string station;
    std::filesystem::path batch_file;
    std::uint64_t position = 0;  // in the batch, from 1
    crypto::Digest digest{};
    std::string reason;
};

struct Opened {
    std::vector<exports::Record> records;  // by day, then uuid: the order says nothing about who came first
    std::vector<LostEnvelope> lost;
    std::uint64_t envelopes = 0;        // looked at
    std::uint64_t resumed = 0;          // of these: taken from the journal
    std::uint64_t duplicates = 0;       // the same envelope, or the same submission, once more
    std::uint64_t contradictions = 0;   // of the duplicates: same uuid, other content; the first was kept
    std::uint64_t withdrawn = 0;        // of which the store holds only the digest
    std::uint64_t tests = 0;            // test submissions seen, whether included or not
    std::uint64_t other_campaigns = 0;  // batches skipped
};

// Errors only for what stops the whole (the journal's disk is full, a batch file changed since it was checked).
[[nodiscard]] base::Result<Opened> open_envelopes(const ExportReport& report, const OpenSettings& settings,
                                                  const std::vector<envelope::Identity>& identities, Journal& journal,
                                                  Progress& progress);

}  // namespace pillarbox::opening
