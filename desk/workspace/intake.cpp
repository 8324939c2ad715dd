// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/intake.hpp"

#include <fmt/format.h>

#include <future>
#include <optional>
#include <set>

#include "core/base/file.hpp"
#include "core/sqlite/transaction.hpp"
#include "desk/exports/consent.hpp"
#include "desk/opening/in_parallel.hpp"
#include "desk/opening/large_files.hpp"
#include "desk/workspace/answers.hpp"
#include "desk/workspace/stored_submission.hpp"
#include "desk/workspace/withdrawal.hpp"

namespace pillarbox::workspace {
namespace {

constexpr std::size_t chunk_items = 2'000;
constexpr std::size_t chunk_size_bytes = std::size_t{32} << 20U;

struct Job {
    batch::Item item;
    crypto::Digest digest{};
    std::string station, place;
    base::Bytes encoded;
    crypto::Digest content{};
    std::optional<exports::Record> record;
    std::string problem;  // why there is no record
};

struct Chunk {
    std::vector<Job> jobs;
    std::size_t size_bytes = 0;
};

base::Result<void> open_one(Job& job, const std::vector<envelope::Identity>& identities,
                            const std::string& campaign_id) {
    const crypto::SecretBytes opened = TRY(envelope::open(job.item.envelope, identities, submission::size_bytes_max));
    auto submission = TRY(submission::decode(opened.view()));
    if (submission.campaign_id != campaign_id) {
        return base::fail(base::ErrorCode::conflict, {},
                          "The submission inside is for another campaign than its batch.");
    }
    const base::ByteView content = TRY(without_padding(opened.view()));
    job.encoded.assign(content.begin(), content.end());
    job.content = crypto::sha256(content);
    job.record = exports::Record{std::move(submission), job.station, {}};
    return {};
}

// The statements of one transaction.
class Writer {
  public:
    static base::Result<Writer> prepare(sqlite::Connection& database) {
        return Writer{
            TRY(database.prepare("SELECT content FROM response WHERE uuid = ?")),
            TRY(database.prepare(
                "INSERT INTO response(uuid, tag, content, day, station, language, assisted, consent, "
                "respondent, borough) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
            TRY(database.prepare("INSERT INTO submission VALUES(?, ?)")),
            TRY(database.prepare(
                "INSERT OR IGNORE INTO envelope VALUES(?, (SELECT id FROM response WHERE uuid = ?))")),
            TRY(database.prepare("INSERT OR REPLACE INTO lost VALUES(?, ?, ?, ?)")),
            TRY(database.prepare("DELETE FROM lost WHERE digest = ?")),
            TRY(database.prepare(
                "INSERT OR IGNORE INTO further_tag SELECT ?1, id FROM response WHERE uuid = ?2 AND tag <> ?1")),
            TRY(database.prepare("SELECT 1 FROM withdrawn_response WHERE mark = ?")),
            &database,
        };
    }

    base::Result<void> write(const Job& job, TakenIn& counts) {
        if (!job.record.has_value()) {
            ++counts.lost;
            return lost_.run(base::ByteView(job.digest), job.station, job.place, job.problem);
        }
        const submission::Submission& submission = job.record->submission;
        if (submission.kind == submission::Kind::test) {
            ++counts.tests;
        } else if (TRY(is_withdrawn(submission.uuid))) {
            ++counts.withdrawn;
            return {};
        } else {
            TRY(write_response(job, submission, counts));
        }
        TRY(found_.run(base::ByteView(job.digest)));
        return envelope_.run(base::ByteView(job.digest), base::ByteView(submission.uuid));
    }

  private:
    Writer(sqlite::Statement known, sqlite::Statement response, sqlite::Statement submission,
           sqlite::Statement envelope, sqlite::Statement lost, sqlite::Statement found, sqlite::Statement further_tag,
           sqlite::Statement withdrawn, sqlite::Connection* database)
        : known_(std::move(known)),
          response_(std::move(response)),
          submission_(std::move(submission)),
          envelope_(std::move(envelope)),
          lost_(std::move(lost)),
          found_(std::move(found)),
          further_tag_(std::move(further_tag)),
          withdrawn_(std::move(withdrawn)),
          database_(database) {}

    base::Result<bool> is_withdrawn(const submission::Uuid& uuid) {
        auto rows = TRY(withdrawn_.query(base::ByteView(mark_of(uuid))));
        return rows.next();
    }

    base::Result<void> write_response(const Job& job, const submission::Submission& submission, TakenIn& counts) {
        {
            auto rows = TRY(known_.query(base::ByteView(submission.uuid)));
            if (TRY(rows.next())) {
                ++counts.duplicates;
                counts.contradictions += TRY(rows.array<32>(0)) == job.content ? 0U : 1U;
                return further_tag_.run(base::ByteView(job.item.tag), base::ByteView(submission.uuid));
            }
        }
        const exports::Record& record = *job.record;
        TRY(response_.run(base::ByteView(submission.uuid), base::ByteView(job.item.tag), base::ByteView(job.content),
                          base::format_day(submission.day), job.station, submission.language,
                          submission.assisted ? 1 : 0, static_cast<int>(exports::consent_of(record)),
                          answer_named(submission, "respondent"), answer_named(submission, "borough")));
        TRY(submission_.run(database_->last_insert_rowid(), base::ByteView(job.encoded)));
        ++counts.responses;
        return {};
    }

    sqlite::Statement known_, response_, submission_, envelope_, lost_, found_, further_tag_, withdrawn_;
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
        const std::string file = (checked.file.parent_path().filename() / checked.file.filename()).string();
        std::uint64_t position = 0;
        for (batch::Item& item : batch.items) {
            ++position;
            TRY(add_item(std::move(item), station, fmt::format("{} {}", file, position)));
            if (filling_.jobs.size() >= chunk_items || filling_.size_bytes >= chunk_size_bytes) {
                TRY(turn_over());
            }
        }
        return {};
    }

    static base::Result<bool> is_there(sqlite::Statement& statement, base::ByteView key) {
        auto rows = TRY(statement.query(key));
        return rows.next();
    }

    base::Result<void> add_item(batch::Item item, const std::string& station, std::string place) {
        if (item.withdrawn.has_value()) {
            ++counts_.withdrawn;
            withdrawn_by_store_.push_back(item.tag);
            return {};
        }
        ++counts_.envelopes;
        Job job;
        job.digest = crypto::sha256(item.envelope);
        const bool pending = !pending_.insert(job.digest).second;
        if (pending || TRY(is_there(*known_, job.digest))) {
            ++counts_.known;
            return {};
        }
        if (TRY(is_there(*withdrawn_, mark_of(item.tag)))) {
            ++counts_.withdrawn;
            return {};
        }
        filling_.size_bytes += item.envelope.size();
        job.item = std::move(item);
        job.station = station;
        job.place = std::move(place);
        filling_.jobs.push_back(std::move(job));
        return {};
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
            const auto outcome = open_one(job, identities_, workspace_.campaign().id);
            if (!outcome.has_value()) {
                job.problem = outcome.error().describe();
            }
        });
    }

    base::Result<void> write(const Chunk& chunk) {
        if (chunk.jobs.empty()) {
            return {};
        }
        auto transaction = TRY(sqlite::Transaction::begin(workspace_.database(), sqlite::TransactionKind::write));
        {
            Writer writer = TRY(Writer::prepare(workspace_.database()));
            for (const Job& job : chunk.jobs) {
                TRY(writer.write(job, counts_));
            }
        }
        TRY(transaction.commit());
        for (const Job& job : chunk.jobs) {
            pending_.erase(job.digest);
        }
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
    std::set<crypto::Digest> pending_;  // of the chunks that are not written yet
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
