// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "core/base/file.hpp"
#include "core/sqlite/transaction.hpp"
#include "desk/exports/consent.hpp"
#include "desk/opening/in_parallel.hpp"
#include "desk/opening/large_files.hpp"
#include "desk/workspace/answers.hpp"
#include "desk/workspace/index.hpp"
#include "desk/workspace/stored_submission.hpp"
#include "desk/workspace/withdrawal.hpp"

namespace pillarbox::workspace {
namespace {

// Opened together and then written together. The more a transaction holds, the fewer times a page is sealed into
// which many of them go; and as many are opened meanwhile, so that no core waits where the writing waits for the
// disk.
constexpr std::size_t chunk_items = 6'000;
constexpr std::size_t chunk_size_bytes = std::size_t{32} << 20U;

// What the workspace keeps of a submission. The answers themselves stay encoded.
struct Row {
    submission::Uuid uuid{};
    submission::Kind kind{};
    std::string day, language, respondent, borough;
    bool assisted = false;
    exports::Consent consent{};
    base::Bytes encoded;
    crypto::Digest content{};
};

struct Source {
    std::string station, file;
};

struct Job {
    batch::WithdrawalTag tag{};
    base::Bytes envelope;  // until it is opened
    crypto::Digest digest{};
    std::shared_ptr<const Source> source;
    std::uint64_t position = 0;  // in its batch, from 1
    std::optional<Row> row;
    std::string problem;  // why there is no row
    enum class Written { no, as_test, as_first, as_duplicate } written = Written::no;
    ResponseId response = 0;
};

struct Chunk {
    std::vector<Job> jobs;
    std::size_t size_bytes = 0;
};

base::Result<Row> open_one(const Job& job, const std::vector<envelope::Identity>& identities,
                           const std::string& campaign_id) {
    const crypto::SecretBytes opened = TRY(envelope::open(job.envelope, identities, submission::size_bytes_max));
    const exports::Record record{TRY(submission::decode(opened.view())), {}, {}};
    const submission::Submission& submission = record.submission;
    if (submission.campaign_id != campaign_id) {
        return base::fail(base::ErrorCode::conflict, {},
                          "The submission inside is for another campaign than its batch.");
    }
    const base::ByteView content = without_padding(opened.view());
    Row row;
    row.uuid = submission.uuid;
    row.kind = submission.kind;
    row.day = base::format_day(submission.day);
    row.language = submission.language;
    row.respondent = answer_named(submission, "respondent");
    row.borough = answer_named(submission, "borough");
    row.assisted = submission.assisted;
    row.consent = exports::consent_of(record);
    row.encoded.assign(content.begin(), content.end());
    row.content = crypto::sha256(content);
    return row;
}

base::Result<bool> is_there(sqlite::Statement& statement, base::ByteView key) {
    auto rows = TRY(statement.query(key));
    return rows.next();
}

base::Result<bool> holds_anything(sqlite::Connection& database, std::string_view table) {
    auto select = TRY(database.prepare(fmt::format("SELECT 1 FROM {} LIMIT 1", table)));
    auto rows = TRY(select.query());
    return rows.next();
}

// Writes a chunk within one transaction. Responses by uuid and envelopes by digest, so that the pages of an index
// come one after the other.
class Writer {
  public:
    static base::Result<Writer> prepare(sqlite::Connection& database) {
        return Writer{
            TRY(database.prepare(
                "INSERT INTO response(uuid, tag, content, day, station, language, assisted, consent, respondent, "
                "borough) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(uuid) DO NOTHING")),
            TRY(database.prepare("INSERT INTO submission VALUES(?, ?)")),
            TRY(database.prepare("INSERT OR IGNORE INTO envelope VALUES(?, ?)")),
            TRY(database.prepare("SELECT id, content FROM response WHERE uuid = ?")),
            TRY(database.prepare("INSERT OR REPLACE INTO lost VALUES(?, ?, ?, ?)")),
            TRY(database.prepare("DELETE FROM lost WHERE digest = ?")),
            TRY(database.prepare(
                "INSERT OR IGNORE INTO further_tag SELECT ?1, id FROM response WHERE id = ?2 AND tag <> ?1")),
            TRY(database.prepare("SELECT 1 FROM withdrawn_response WHERE mark = ?")),
            TRY(holds_anything(database, "lost")),
            TRY(holds_anything(database, "withdrawn_response")),
            database,
        };
    }

    base::Result<void> write(std::vector<Job>& jobs, TakenIn& counts) {
        std::vector<std::pair<submission::Uuid, Job*>> by_uuid;
        std::vector<std::pair<crypto::Digest, const Job*>> by_digest;
        for (Job& job : jobs) {
            by_uuid.emplace_back(job.row ? job.row->uuid : submission::Uuid{}, &job);
            by_digest.emplace_back(job.digest, &job);
        }
        // Stable: of several envelopes of a response the first one counts.
        std::ranges::stable_sort(by_uuid, {}, [](const auto& entry) { return entry.first; });
        for (const auto& [uuid, job] : by_uuid) {
            TRY(write_opened(*job, counts));
        }
        std::ranges::sort(by_digest, {}, [](const auto& entry) { return entry.first; });
        for (const auto& [digest, job] : by_digest) {
            TRY(write_envelope(*job, counts));
        }
        return {};
    }

  private:
    Writer(sqlite::Statement response, sqlite::Statement submission, sqlite::Statement envelope,
           sqlite::Statement known, sqlite::Statement lost, sqlite::Statement found, sqlite::Statement further_tag,
           sqlite::Statement withdrawn, bool lost_before, bool withdrawn_before, sqlite::Connection& database)
        : response_(std::move(response)),
          submission_(std::move(submission)),
          envelope_(std::move(envelope)),
          known_(std::move(known)),
          lost_(std::move(lost)),
          found_(std::move(found)),
          further_tag_(std::move(further_tag)),
          withdrawn_(std::move(withdrawn)),
          lost_before_(lost_before),
          withdrawn_before_(withdrawn_before),
          database_(&database) {}

    base::Result<void> write_opened(Job& job, TakenIn& counts) {
        if (!job.row.has_value()) {
            ++counts.lost;
            return lost_.run(base::ByteView(job.digest), job.source->station,
                             fmt::format("{} {}", job.source->file, job.position), job.problem);
        }
        if (lost_before_) {
            TRY(found_.run(base::ByteView(job.digest)));
        }
        if (job.row->kind == submission::Kind::test) {
            ++counts.tests;
            job.written = Job::Written::as_test;
            return {};
        }
        if (withdrawn_before_ && TRY(is_there(withdrawn_, base::ByteView(mark_of(job.row->uuid))))) {
            ++counts.withdrawn;
            return {};
        }
        return write_response(job, *job.row, counts);
    }

    base::Result<void> write_response(Job& job, const Row& row, TakenIn& counts) {
        TRY(response_.run(base::ByteView(row.uuid), base::ByteView(job.tag), base::ByteView(row.content), row.day,
                          job.source->station, row.language, row.assisted ? 1 : 0, static_cast<int>(row.consent),
                          row.respondent, row.borough));
        if (database_->changes() == 0) {
            return write_duplicate(job, row, counts);
        }
        job.written = Job::Written::as_first;
        job.response = database_->last_insert_rowid();
        ++counts.responses;
        return submission_.run(job.response, base::ByteView(row.encoded));
    }

    base::Result<void> write_duplicate(Job& job, const Row& row, TakenIn& counts) {
        ++counts.duplicates;
        {
            auto rows = TRY(known_.query(base::ByteView(row.uuid)));
            static_cast<void>(TRY(rows.next()));
            job.written = Job::Written::as_duplicate;
            job.response = TRY(rows.integer(0));
            counts.contradictions += TRY(rows.array<32>(1)) == row.content ? 0U : 1U;
        }
        return further_tag_.run(base::ByteView(job.tag), job.response);
    }

    base::Result<void> write_envelope(const Job& job, TakenIn& counts) {
        if (job.written == Job::Written::no) {
            return {};
        }
        const bool is_test = job.written == Job::Written::as_test;
        TRY(is_test ? envelope_.run(base::ByteView(job.digest), sqlite::Null{})
                    : envelope_.run(base::ByteView(job.digest), job.response));
        if (database_->changes() == 0) {  // this run has opened it already
            ++counts.known;
            --(is_test ? counts.tests : counts.duplicates);
        }
        return {};
    }

    sqlite::Statement response_, submission_, envelope_, known_, lost_, found_, further_tag_, withdrawn_;
    bool lost_before_, withdrawn_before_;
    sqlite::Connection* database_;
};

class Intake {
  public:
    Intake(Workspace& workspace, const std::vector<envelope::Identity>& identities, unsigned jobs, base::Day today,
           opening::Progress& progress)
        : workspace_(workspace), identities_(identities), jobs_(jobs), today_(today), progress_(progress) {}

    base::Result<TakenIn> run(const opening::ExportReport& report) {
        auto known = TRY(workspace_.database().prepare("SELECT 1 FROM envelope WHERE digest = ?"));
        auto withdrawn = TRY(workspace_.database().prepare("SELECT 1 FROM withdrawn WHERE mark = ?"));
        known_ = &known;
        any_known_ = TRY(holds_anything(workspace_.database(), "envelope"));
        if (!any_known_) {
            TRY(drop_order(workspace_.database()));
        }
        withdrawn_ = &withdrawn;
        for (const opening::LogReport& log : report.logs) {
            for (const opening::CheckedBatch& batch : log.batches) {
                if (batch.campaign_id != workspace_.campaign().id) {
                    ++counts_.other_campaigns;
                    continue;
                }
                TRY(collect(log.log.station, batch));
            }
        }
        TRY(turn_over());
        TRY(turn_over());  // the one that was being opened
        TRY(take_out_withdrawn());
        return counts_;
    }

  private:
    // What the store holds no more, because its respondent gave the code there.
    base::Result<void> take_out_withdrawn() {
        std::set<batch::WithdrawalTag> news(withdrawn_by_store_.begin(), withdrawn_by_store_.end());
        for (const batch::WithdrawalTag& known : TRY(withdrawn_among(workspace_, withdrawn_by_store_))) {
            news.erase(known);
        }
        return news.empty() ? base::Result<void>{}
                            : withdraw_tags(workspace_, {"The store", today_},
                                            std::vector<batch::WithdrawalTag>(news.begin(), news.end()));
    }

    base::Result<void> collect(const std::string& station, const opening::CheckedBatch& checked) {
        const base::Bytes bytes = TRY(base::read_file(checked.file, opening::desk_limits().batch_size_bytes_max));
        batch::Batch batch = TRY(batch::parse_batch(bytes, opening::desk_limits(), batch::Withdrawn::taken));
        if (batch::hash_of(batch.header) != checked.hash) {
            return base::fail(base::ErrorCode::conflict, checked.file.string(),
                              "The file changed since it was checked.",
                              "Let nothing write to the export folder, then run again.");
        }
        TRY(opening::load_large(batch, checked.file.parent_path()));
        const auto source = std::make_shared<const Source>(
            station, (checked.file.parent_path().filename() / checked.file.filename()).string());
        for (Job& job : TRY(new_ones(std::move(batch.items), source))) {
            filling_.size_bytes += job.envelope.size();
            filling_.jobs.push_back(std::move(job));
            if (filling_.jobs.size() >= chunk_items || filling_.size_bytes >= chunk_size_bytes) {
                TRY(turn_over());
            }
        }
        return {};
    }

    // Those that have to be opened, looked up in one transaction.
    base::Result<std::vector<Job>> new_ones(std::vector<batch::Item> items,
                                            const std::shared_ptr<const Source>& source) {
        const auto one_moment = TRY(sqlite::Transaction::begin(workspace_.database(), sqlite::TransactionKind::read));
        const bool any_withdrawn = TRY(holds_anything(workspace_.database(), "withdrawn"));
        std::vector<Job> jobs;
        std::uint64_t position = 0;
        for (batch::Item& item : items) {
            ++position;
            if (item.withdrawn.has_value()) {
                ++counts_.withdrawn;
                withdrawn_by_store_.push_back(item.tag);
                continue;
            }
            ++counts_.envelopes;
            const crypto::Digest digest = crypto::sha256(item.envelope);
            if (any_known_ && TRY(is_there(*known_, digest))) {
                ++counts_.known;
            } else if (any_withdrawn && TRY(is_there(*withdrawn_, mark_of(item.tag)))) {
                ++counts_.withdrawn;
            } else {
                jobs.push_back({item.tag, std::move(item.envelope), digest, source, position, {}, {}});
            }
        }
        return jobs;
    }

    // Writes the chunk that was opened while this one was filled; meanwhile this one is opened.
    base::Result<void> turn_over() {
        if (opening_.valid()) {
            opening_.get();
        }
        Chunk ready = std::move(opened_);
        opened_ = std::move(filling_);
        filling_ = Chunk{};
        if (!opened_.jobs.empty()) {
            // Deferred to get() where the system gives no thread.
            opening_ = std::async(std::launch::async | std::launch::deferred, [this] { open_chunk(); });
        }
        return write(ready);
    }

    void open_chunk() {
        opening::in_parallel(opened_.jobs.size(), jobs_, [this](std::size_t index) {
            Job& job = opened_.jobs[index];
            auto outcome = open_one(job, identities_, workspace_.campaign().id);
            if (outcome.has_value()) {
                job.row = std::move(*outcome);
            } else {
                job.problem = outcome.error().describe();
            }
            job.envelope = {};
        });
    }

    base::Result<void> write(Chunk& chunk) {
        if (chunk.jobs.empty()) {
            return {};
        }
        auto transaction = TRY(sqlite::Transaction::begin(workspace_.database(), sqlite::TransactionKind::write));
        {
            Writer writer = TRY(Writer::prepare(workspace_.database()));
            TRY(writer.write(chunk.jobs, counts_));
        }
        TRY(transaction.commit());
        progress_.update(counts_.envelopes - filling_.jobs.size() - opened_.jobs.size());
        return {};
    }

    Workspace& workspace_;
    const std::vector<envelope::Identity>& identities_;
    unsigned jobs_;
    base::Day today_;
    opening::Progress& progress_;
    std::vector<batch::WithdrawalTag> withdrawn_by_store_;
    TakenIn counts_;
    sqlite::Statement* known_ = nullptr;
    sqlite::Statement* withdrawn_ = nullptr;
    bool any_known_ = false;  // by an earlier run
    Chunk filling_, opened_;
    std::future<void> opening_;  // works on opened_; last, so that it ends before what it works on goes
};

}  // namespace

base::Result<TakenIn> take_in(Workspace& workspace, const opening::ExportReport& report,
                              const std::vector<envelope::Identity>& identities, unsigned jobs, base::Day today,
                              opening::Progress& progress) {
    return Intake(workspace, identities, jobs, today, progress).run(report);
}

base::Result<std::vector<LostEnvelope>> lost_envelopes(Workspace& workspace) {
    auto select = TRY(workspace.database().prepare("SELECT digest, station, place, reason FROM lost ORDER BY place"));
    auto rows = TRY(select.query());
    std::vector<LostEnvelope> lost;
    while (TRY(rows.next())) {
        lost.push_back(LostEnvelope{base::to_hex(TRY(rows.bytes(0))), std::string(TRY(rows.text(1))),
                                    std::string(TRY(rows.text(2))), std::string(TRY(rows.text(3)))});
    }
    return lost;
}

}  // namespace pillarbox::workspace
