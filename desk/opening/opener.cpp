// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/opener.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/base/file.hpp"
#include "desk/opening/in_parallel.hpp"
#include "desk/opening/large_files.hpp"

namespace pillarbox::opening {
namespace {

// Envelopes are opened in chunks: large enough to keep every thread busy, small enough to hold in memory and to lose
// by a kill.
constexpr std::size_t chunk_items = 2'000;
constexpr std::size_t chunk_size_bytes = std::size_t{32} << 20U;

struct Job {
    base::Bytes envelope;  // empty where the journal has it
    LostEnvelope place;
    base::Result<base::Bytes> encoded{base::Bytes{}};
    bool from_journal = false;
};

base::Result<base::Bytes> open_one(base::ByteView envelope, const std::vector<envelope::Identity>& identities) {
    const crypto::SecretBytes plaintext = TRY(envelope::open(envelope, identities, submission::size_bytes_max));
    return base::Bytes(plaintext.view().begin(), plaintext.view().end());
}

void open_in_parallel(std::vector<Job>& jobs, unsigned threads, const std::vector<envelope::Identity>& identities) {
    in_parallel(jobs.size(), threads, [&](std::size_t index) {
        if (!jobs[index].from_journal) {
            jobs[index].encoded = open_one(jobs[index].envelope, identities);
        }
    });
}

class Opener {
  public:
    Opener(const OpenSettings& settings, const std::vector<envelope::Identity>& identities, Journal& journal,
           Progress& progress)
        : settings_(settings), identities_(identities), journal_(journal), progress_(progress) {}

    base::Result<Opened> run(const ExportReport& report) {
        for (const LogReport& log : report.logs) {
            for (const CheckedBatch& batch : log.batches) {
                if (batch.campaign_id != settings_.campaign_id) {
                    ++opened_.other_campaigns;
                    continue;
                }
                TRY(collect(log.log.station, batch));
            }
        }
        TRY(finish_chunk());
        TRY(journal_.keep_only({seen_.begin(), seen_.end()}));
        std::ranges::sort(opened_.records, {}, [](const exports::Record& record) {
            return std::pair(record.submission.day, record.submission.uuid);
        });
        return std::move(opened_);
    }

  private:
    base::Result<void> collect(const std::string& station, const CheckedBatch& checked) {
        const base::Bytes bytes = TRY(base::read_file(checked.file, desk_limits().batch_size_bytes_max));
        batch::Batch batch = TRY(batch::parse_batch(bytes, desk_limits(), batch::Withdrawn::taken));
        if (batch::hash_of(batch.header) != checked.hash) {
            return base::fail(base::ErrorCode::conflict, checked.file.string(),
                              "The file changed since it was checked.",
                              "Let nothing write to the export folder, then run again.");
        }
        TRY(load_large(batch, checked.file.parent_path()));
        std::uint64_t position = 0;
        for (batch::Item& item : batch.items) {
            ++position;
            if (item.withdrawn.has_value()) {
                ++opened_.withdrawn;
                continue;
            }
            add_item(station, checked, position, std::move(item.envelope));
            if (chunk_.size() >= chunk_items || chunk_bytes_ >= chunk_size_bytes) {
                TRY(finish_chunk());
            }
        }
        return {};
    }

    void add_item(const std::string& station, const CheckedBatch& checked, std::uint64_t position,
                  base::Bytes envelope) {
        ++opened_.envelopes;
        Job job;
        job.place = LostEnvelope{station, checked.file, position, crypto::sha256(envelope), {}};
        if (!seen_.insert(job.place.digest).second) {
            ++opened_.duplicates;
            return;
        }
        if (const base::Bytes* encoded = journal_.find(job.place.digest)) {
            job.encoded = *encoded;
            job.from_journal = true;
            ++opened_.resumed;
        } else {
            chunk_bytes_ += envelope.size();
            job.envelope = std::move(envelope);
        }
        chunk_.push_back(std::move(job));
    }

    base::Result<void> finish_chunk() {
        open_in_parallel(chunk_, settings_.jobs, identities_);
        std::vector<Journal::Entry> fresh;
        for (Job& job : chunk_) {
            if (!job.encoded.has_value()) {
                lose(job, job.encoded.error().describe());
                continue;
            }
            if (keep(job) && !job.from_journal) {
                fresh.emplace_back(job.place.digest, *std::move(job.encoded));
            }
        }
        TRY(journal_.append(fresh));
        done_ += chunk_.size();
        progress_.update(done_);
        chunk_.clear();
        chunk_bytes_ = 0;
        return {};
    }

    void lose(Job& job, std::string reason) {
        job.place.reason = std::move(reason);
        opened_.lost.push_back(std::move(job.place));
    }

    // True where the submission could be read, counted or not.
    bool keep(Job& job) {
        auto submission = submission::decode(*job.encoded);
        if (!submission.has_value()) {
            lose(job, submission.error().describe());
            return false;
        }
        if (submission->campaign_id != settings_.campaign_id) {
            lose(job, "The submission inside is for another campaign than its batch.");
            return false;
        }
        const auto [first, is_new] = digest_of_.emplace(submission->uuid, crypto::sha256(*job.encoded));
        if (!is_new) {
            ++opened_.duplicates;
            opened_.contradictions += first->second == crypto::sha256(*job.encoded) ? 0U : 1U;
            return true;
        }
        const bool test = submission->kind == submission::Kind::test;
        opened_.tests += test ? 1U : 0U;
        if (!test || settings_.tests == TestSubmissions::include) {
            opened_.records.push_back(exports::Record{*std::move(submission), job.place.station});
        }
        return true;
    }

    const OpenSettings& settings_;
    const std::vector<envelope::Identity>& identities_;
    Journal& journal_;
    Progress& progress_;
    Opened opened_;
    std::set<crypto::Digest> seen_;                         // envelopes
    std::map<submission::Uuid, crypto::Digest> digest_of_;  // submissions, by their encoded bytes
    std::vector<Job> chunk_;
    std::size_t chunk_bytes_ = 0;
    std::uint64_t done_ = 0;
};

}  // namespace

base::Result<Opened> open_envelopes(const ExportReport& report, const OpenSettings& settings,
                                    const std::vector<envelope::Identity>& identities, Journal& journal,
                                    Progress& progress) {
    return Opener(settings, identities, journal, progress).run(report);
}

}  // namespace pillarbox::opening
