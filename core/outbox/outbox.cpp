// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/outbox.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <string>
#include <utility>

#include "core/batch/part.hpp"
#include "core/outbox/chain.hpp"
#include "core/outbox/file_times.hpp"
#include "core/outbox/pool.hpp"
#include "core/sqlite/connection.hpp"
#include "core/sqlite/missing_end.hpp"
#include "core/sqlite/schema.hpp"
#include "core/sqlite/transaction.hpp"

namespace pillarbox::outbox {
namespace {

using base::ErrorCode;
using sqlite::Transaction;
using sqlite::TransactionKind;

// No table has a row for each response but `slot`, whose rows never move: within a page of any other table, and in
// any index, SQLite lays rows down in the order in which they come.
constexpr std::array<std::string_view, 1> schema_versions{
    "CREATE TABLE pool(one INTEGER PRIMARY KEY CHECK(one = 1), capacity INTEGER NOT NULL) STRICT;"
    "CREATE TABLE slot(position INTEGER PRIMARY KEY, used INTEGER NOT NULL, content BLOB NOT NULL) STRICT;"
    "CREATE TABLE log(one INTEGER PRIMARY KEY CHECK(one = 1), log_id BLOB NOT NULL, number INTEGER NOT NULL, "
    "hash BLOB NOT NULL, acknowledged INTEGER NOT NULL) STRICT;"
    "CREATE TABLE batch(number INTEGER PRIMARY KEY, hash BLOB NOT NULL, campaign_id TEXT NOT NULL, previous BLOB NOT "
    "NULL, "
    "items_digest BLOB NOT NULL, pack_digest BLOB NOT NULL, signature BLOB NOT NULL, items BLOB) STRICT;"
    "INSERT INTO pool(one, capacity) VALUES(1, 0);"};
constexpr sqlite::Schema schema{0x50426F78, schema_versions};  // "PBox"

// A flipped letter in a table's definition is none to the integrity check. It has to show here: not when sync can't
// draw what people were thanked for meanwhile.
base::Result<void> check_columns(sqlite::Connection& connection) {
    for (const std::string_view sql :
         {"SELECT one, capacity FROM pool", "SELECT position, used, content FROM slot",
          "SELECT one, log_id, number, hash, acknowledged FROM log",
          "SELECT number, hash, campaign_id, previous, items_digest, pack_digest, signature, items FROM batch"}) {
        TRY(connection.prepare(sql));
    }
    return {};
}

enum class Integrity { whole, pool_is_damaged };

// Damage in the pool costs single slots, and who opens the file looks for them. Damage elsewhere has no such bounds.
base::Result<Integrity> check_integrity(sqlite::Connection& connection) {
    const auto whole = connection.check_integrity();
    if (whole.has_value()) {
        return Integrity::whole;
    }
    for (const std::string_view table : {"pool", "log", "batch"}) {
        TRY(connection.check_integrity_of(table));
    }
    return Integrity::pool_is_damaged;
}

// A file that lost its end costs the slots that lay there: the pool is nearly all of it.
base::Result<sqlite::Connection> open_also_without_end(const std::filesystem::path& path) {
    constexpr std::uint64_t size_bytes_max = std::uint64_t{5} << 30U;  // over the largest pool's
    auto opened = sqlite::Connection::open(path, sqlite::OpenMode::create);
    if (opened.has_value() || opened.error().code != ErrorCode::damaged) {
        return opened;
    }
    const auto end = sqlite::fill_missing_end(path, size_bytes_max);
    const bool is_filled = end.has_value() && *end == sqlite::FileEnd::filled;
    return is_filled ? sqlite::Connection::open(path, sqlite::OpenMode::create) : std::move(opened);
}

// What the next batch takes: items in the order of their ids.
struct Selection {
    std::vector<ItemId> ids;
    std::vector<batch::Item> items;
};

// What the pool is like once all parts of these items are released.
void forget_items(const std::set<ItemId>& leaving, PoolSurvey& survey) {
    for (const Part& part : survey.parts) {
        if (leaving.contains(part.label.id)) {
            survey.free.push_back(part.position);
            survey.quarantined -= survey.items.contains(part.label.id) ? 0U : 1U;  // it lacked other parts
        }
    }
    std::ranges::sort(survey.free);
    std::erase_if(survey.parts, [&](const Part& part) { return leaving.contains(part.label.id); });
    std::erase_if(survey.items, [&](const auto& item) { return leaving.contains(item.first); });
    std::erase_if(survey.tests, [&](const ItemId& id) { return leaving.contains(id); });
}

constexpr const char* restart_remedy =
    "Keep a copy of the outbox, then restart its log: the whole envelopes go into new batches "
    "(docs/formats/outbox.md).";

std::unexpected<base::Error> refused_receipt(std::string what) {
    return base::fail(ErrorCode::conflict, "receipt", std::move(what),
                      "Nothing was purged. Tell the committee's admin.");
}

}  // namespace

struct Outbox::State {
    State(sqlite::Connection opened, base::Random& source) : connection(std::move(opened)), random(&source) {}

    sqlite::Connection connection;
    base::Random* random;
    std::set<Position> unreadable;  // slots on damaged pages, found when opening
    // The last survey, good for as long as nobody writes: it reads and hashes every slot, and a synchronization asks
    // for it five times for each batch. Our own writes drop it or bring it up to date.
    struct Surveyed {
        PoolSurvey survey;
        std::int64_t data_version = 0;  // SQLite's: another number once another connection has committed
    };
    std::optional<Surveyed> surveyed;

    [[nodiscard]] base::Result<const PoolSurvey*> current_survey();  // within a transaction; until the next write
    [[nodiscard]] base::Result<void> prepare();
    [[nodiscard]] base::Result<Head> started_head();
    [[nodiscard]] base::Result<std::set<ItemId>> batched_ids();
    [[nodiscard]] base::Result<std::vector<ItemId>> waiting_in(const PoolSurvey& survey);
    [[nodiscard]] base::Result<bool> has_waiting();
    [[nodiscard]] base::Result<Selection> select_waiting(const batch::Limits& limits);
    [[nodiscard]] base::Result<bool> has_to_purge(const batch::Receipt& receipt);
    [[nodiscard]] base::Result<void> check_receipt(const batch::Receipt& receipt);
    void tidy(std::chrono::milliseconds patience);
};

base::Result<void> Outbox::State::prepare() {
    TRY(sqlite::migrate(connection, schema));
    TRY(check_columns(connection));
    const Integrity integrity = TRY(check_integrity(connection));
    // What can't be sent later may not be thanked for now: the row of the log is what every batch begins from.
    static_cast<void>(TRY(Chain(connection).head()));
    static_cast<void>(TRY(Chain(connection).acknowledged()));
    if (integrity == Integrity::pool_is_damaged) {  // else the check has read every slot's page already
        Pool pool = TRY(Pool::over(connection, *random, unreadable));
        auto found = TRY(pool.find_unreadable());
        unreadable = std::move(found);
    }
    auto transaction = TRY(Transaction::begin(connection, TransactionKind::write));
    Pool pool = TRY(Pool::over(connection, *random, unreadable));
    const std::uint64_t capacity = TRY(pool.capacity());
    if (capacity == 0) {
        TRY(pool.grow(1));
        TRY(transaction.commit());
    }
    return {};
}

base::Result<Head> Outbox::State::started_head() {
    const std::optional<Head> head = TRY(Chain(connection).head());
    if (!head.has_value()) {
        return base::fail(ErrorCode::not_found, connection.path().string(), "This kiosk has no log yet.",
                          "Enrol it first.");
    }
    return *head;
}

base::Result<const PoolSurvey*> Outbox::State::current_survey() {
    auto select = TRY(connection.prepare("PRAGMA data_version"));
    auto rows = TRY(select.query());
    static_cast<void>(TRY(rows.next()));
    const std::int64_t data_version = TRY(rows.integer(0));
    if (!surveyed.has_value() || surveyed->data_version != data_version) {
        surveyed.reset();
        Pool pool = TRY(Pool::over(connection, *random, unreadable));
        surveyed = Surveyed{TRY(pool.survey()), data_version};
    }
    return &surveyed->survey;
}

base::Result<std::set<ItemId>> Outbox::State::batched_ids() {
    Chain chain(connection);
    std::set<ItemId> ids;
    const std::vector<std::uint64_t> numbers = TRY(chain.unpurged());
    for (const std::uint64_t number : numbers) {
        const Composition composition = TRY(chain.composition_at(number));
        ids.insert(composition.items.begin(), composition.items.end());
    }
    return ids;
}

base::Result<std::vector<ItemId>> Outbox::State::waiting_in(const PoolSurvey& survey) {
    const std::set<ItemId> batched = TRY(batched_ids());
    std::vector<ItemId> waiting;
    for (const auto& [id, stored] : survey.items) {
        if (!batched.contains(id)) {
            waiting.push_back(id);
        }
    }
    return waiting;
}

base::Result<bool> Outbox::State::has_waiting() {
    auto transaction = TRY(Transaction::begin(connection, TransactionKind::read));
    const PoolSurvey* survey = TRY(current_survey());
    const std::vector<ItemId> waiting = TRY(waiting_in(*survey));
    return !waiting.empty();
}

// Draws from what waits, in random order, as much as the limits let in; nothing where nothing waits.
base::Result<Selection> Outbox::State::select_waiting(const batch::Limits& limits) {
    Pool pool = TRY(Pool::over(connection, *random, unreadable));
    const PoolSurvey* survey = TRY(current_survey());
    std::vector<ItemId> waiting = TRY(waiting_in(*survey));
    random->shuffle(waiting);
    Selection selection;
    std::size_t size_bytes = batch::frame_size_bytes_max;
    std::uint64_t named_size_bytes = 0;
    for (const ItemId& id : waiting) {
        const StoredItem& stored = survey->items.at(id);
        const bool is_named =
            batch::takes_parts(limits) && stored.envelope_size_bytes > batch::enclosed_size_bytes_max;
        const std::size_t item_size_bytes =
            is_named ? batch::named_item_size_bytes_max : batch::item_overhead_bytes_max + stored.envelope_size_bytes;
        const bool has_room =
            !is_named || named_size_bytes + stored.envelope_size_bytes <= batch::named_size_bytes_max;
        const bool fits = stored.envelope_size_bytes <= limits.envelope_size_bytes_max && has_room &&
                          size_bytes + item_size_bytes <= limits.batch_size_bytes_max;
        if (fits) {
            size_bytes += item_size_bytes;
            named_size_bytes += is_named ? stored.envelope_size_bytes : 0;
            selection.ids.push_back(id);
            selection.items.push_back(is_named ? TRY(pool.named_item_at(stored)) : TRY(pool.item_at(stored)));
        }
    }
    if (selection.items.empty() && !waiting.empty()) {
        // Never skipped in silence: it stays, it counts as waiting, and every draw says so.
        return base::fail(
            ErrorCode::limit_exceeded, connection.path().string(),
            "Of the envelopes that wait, " + std::to_string(waiting.size()) + " are larger than the store accepts.",
            "Ask the store's admin to raise its limits.");
    }
    return selection;
}

// The write-ahead log holds what was written in the order in which it was: it is emptied after every change, and not
// only when things are quiet. Failing is no error: the change itself is durable, and the next one tries again.
void Outbox::State::tidy(std::chrono::milliseconds patience) {
    const auto emptied = connection.checkpoint(patience);
    static_cast<void>(emptied);
    forget_time_of_day(connection.path());
}

Outbox::Outbox(std::unique_ptr<State> state) : state_(std::move(state)) {}
Outbox::Outbox(Outbox&&) noexcept = default;
Outbox& Outbox::operator=(Outbox&&) noexcept = default;

Outbox::~Outbox() {
    if (state_ != nullptr) {
        const std::filesystem::path path = state_->connection.path();
        state_.reset();
        forget_time_of_day(path);  // closing moves the write-ahead log too
    }
}

base::Result<Outbox> Outbox::open(const std::filesystem::path& path, base::Random& random) {
    auto connection = TRY(open_also_without_end(path));
    auto state = std::make_unique<State>(std::move(connection), random);
    TRY(state->prepare());
    state->tidy(std::chrono::milliseconds(0));
    return Outbox(std::move(state));
}

base::Result<void> Outbox::add(const batch::Item& item, Emptying emptying) {
    const std::vector<base::Bytes> slots = TRY(slots_of(item, *state_->random));
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::write));
    state_->surveyed.reset();
    {
        Pool pool = TRY(Pool::over(state_->connection, *state_->random, state_->unreadable));
        TRY(pool.put(slots));
    }
    TRY(transaction.commit());
    if (emptying == Emptying::before_returning) {
        state_->tidy(std::chrono::milliseconds(0));
    }
    return {};
}

base::Result<Counts> Outbox::counts() {
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::read));
    const PoolSurvey* survey = TRY(state_->current_survey());
    const std::set<ItemId> batched = TRY(state_->batched_ids());
    Counts counts;
    for (const auto& [id, stored] : survey->items) {
        if (!survey->tests.contains(id)) {
            ++(batched.contains(id) ? counts.batched : counts.waiting);
            continue;
        }
        ++counts.tests;
        counts.tests_waiting += batched.contains(id) ? 0U : 1U;
    }
    counts.acknowledged = TRY(Chain(state_->connection).acknowledged());
    counts.quarantined = survey->quarantined;
    counts.bytes_free = survey->free.size() * part_size_bytes;
    return counts;
}

base::Result<void> Outbox::start_log(const batch::LogId& log_id) {
    Chain chain(state_->connection);
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::write));
    const std::optional<Head> head = TRY(chain.head());
    if (head.has_value() && head->log_id != log_id) {
        return base::fail(ErrorCode::already_exists, state_->connection.path().string(),
                          "This outbox belongs to another log.", "Check that the device key is this station's.");
    }
    if (head.has_value()) {
        return {};
    }
    TRY(chain.start(log_id));
    TRY(transaction.commit());
    state_->tidy(std::chrono::milliseconds(0));
    return {};
}

base::Result<void> Outbox::restart_log(const batch::LogId& new_log_id) {
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::write));
    const Head head = TRY(state_->started_head());
    if (head.log_id == new_log_id) {
        return base::fail(ErrorCode::conflict, state_->connection.path().string(),
                          "The log has this id already: it can't be restarted under it.");
    }
    TRY(Chain(state_->connection).restart(new_log_id));
    TRY(transaction.commit());
    state_->tidy(std::chrono::milliseconds(0));
    return {};
}

base::Result<Head> Outbox::head() {
    return state_->started_head();
}

base::Result<std::optional<base::Bytes>> Outbox::draw_batch(std::string_view campaign_id,
                                                            const crypto::Digest& pack_digest,
                                                            const crypto::SigningKey& device_key,
                                                            const batch::Limits& limits) {
    TRY(state_->started_head());  // not_found also where nothing waits
    // Asked first without the right to write: a sync that looks often must not make the kiosk's add wait.
    const bool has_waiting = TRY(state_->has_waiting());
    if (!has_waiting) {
        return std::optional<base::Bytes>();
    }
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::write));
    batch::Header header;
    const Head head = TRY(state_->started_head());
    header.campaign_id = campaign_id;
    header.log_id = head.log_id;
    header.number = head.number + 1;
    header.previous = head.hash;
    header.pack_digest = pack_digest;
    Selection selection = TRY(state_->select_waiting(limits));
    if (selection.items.empty()) {
        return std::optional<base::Bytes>();
    }
    batch::SignedBatch made = TRY(batch::sign_batch(header, std::move(selection.items), device_key, limits));
    TRY(Chain(state_->connection)
            .append(Composition{std::move(made.header), made.signature, std::move(selection.ids)}));
    TRY(transaction.commit());
    state_->tidy(std::chrono::milliseconds(0));
    return std::optional<base::Bytes>(std::move(made.bytes));
}

base::Result<base::Bytes> Outbox::batch_at(std::uint64_t number) {
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::read));
    Composition composition = TRY(Chain(state_->connection).composition_at(number));
    Pool pool = TRY(Pool::over(state_->connection, *state_->random, state_->unreadable));
    const PoolSurvey* survey = TRY(state_->current_survey());
    batch::Batch batch{std::move(composition.header), composition.signature, {}};
    for (const ItemId& id : composition.items) {
        const auto found = survey->items.find(id);
        if (found == survey->items.end()) {
            return base::fail(ErrorCode::damaged, state_->connection.path().string(),
                              "An envelope of batch " + std::to_string(number) + " is damaged.", restart_remedy);
        }
        const bool is_named = batch.header.version == batch::naming_version &&
                              found->second.envelope_size_bytes > batch::enclosed_size_bytes_max;
        batch.items.push_back(is_named ? TRY(pool.named_item_at(found->second)) : TRY(pool.item_at(found->second)));
    }
    if (batch::items_digest_of(batch.items) != batch.header.items_digest) {
        return base::fail(ErrorCode::damaged, state_->connection.path().string(),
                          "The envelopes of batch " + std::to_string(number) + " are not those that were signed.",
                          restart_remedy);
    }
    return batch::encode_batch(batch);
}

base::Result<base::Bytes> Outbox::part_content(std::uint64_t batch_number, std::size_t index,
                                               std::uint64_t part_number) {
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::read));
    const Composition composition = TRY(Chain(state_->connection).composition_at(batch_number));
    Pool pool = TRY(Pool::over(state_->connection, *state_->random, state_->unreadable));
    const PoolSurvey* survey = TRY(state_->current_survey());
    const auto found =
        index < composition.items.size() ? survey->items.find(composition.items[index]) : survey->items.end();
    if (found == survey->items.end()) {
        return base::fail(ErrorCode::damaged, state_->connection.path().string(),
                          "An envelope of batch " + std::to_string(batch_number) + " is damaged.", restart_remedy);
    }
    const std::uint64_t size_bytes = found->second.envelope_size_bytes;
    if (part_number == 0 || part_number > batch::part_count(size_bytes)) {
        return base::fail(ErrorCode::not_found, "outbox", "The envelope has no part of this number.");
    }
    return pool.piece_at(found->second, (part_number - 1) * batch::part_size_bytes_max,
                         batch::part_size_bytes(size_bytes, part_number));
}

base::Result<std::uint64_t> Outbox::first_unpurged() {
    const Head head = TRY(state_->started_head());
    const std::vector<std::uint64_t> numbers = TRY(Chain(state_->connection).unpurged());
    return numbers.empty() ? head.number + 1 : numbers.front();
}

base::Result<crypto::Digest> Outbox::batch_hash(std::uint64_t number) {
    return Chain(state_->connection).hash_at(number);
}

base::Result<void> Outbox::check(const batch::Receipt& receipt) {
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::read));
    return state_->check_receipt(receipt);
}

base::Result<void> Outbox::State::check_receipt(const batch::Receipt& receipt) {
    const Head head = TRY(started_head());
    if (receipt.log_id != head.log_id) {
        return refused_receipt("The receipt is for another kiosk.");
    }
    if (receipt.stored > head.number) {
        return refused_receipt("The receipt is for a batch that this kiosk has not made.");
    }
    if (receipt.safe > receipt.stored) {
        return refused_receipt("The receipt contradicts itself.");
    }
    const crypto::Digest own_hash = TRY(Chain(connection).hash_at(receipt.stored));
    if (own_hash != receipt.stored_hash) {
        return refused_receipt("The store holds another batch under this number.");
    }
    return {};
}

base::Result<bool> Outbox::State::has_to_purge(const batch::Receipt& receipt) {
    auto transaction = TRY(Transaction::begin(connection, TransactionKind::read));
    TRY(check_receipt(receipt));
    const std::vector<std::uint64_t> numbers = TRY(Chain(connection).unpurged());
    return !numbers.empty() && numbers.front() <= receipt.safe;
}

base::Result<std::uint64_t> Outbox::purge(const batch::Receipt& receipt) {
    // Most receipts bring nothing new: they must not make the kiosk's add wait for its turn to write.
    const bool has_to_purge = TRY(state_->has_to_purge(receipt));
    if (!has_to_purge) {
        return 0;
    }
    auto transaction = TRY(Transaction::begin(state_->connection, TransactionKind::write));
    TRY(state_->check_receipt(receipt));
    Chain chain(state_->connection);
    Pool pool = TRY(Pool::over(state_->connection, *state_->random, state_->unreadable));
    const PoolSurvey* survey = TRY(state_->current_survey());
    std::set<ItemId> leaving;
    std::uint64_t purged = 0;
    const std::vector<std::uint64_t> numbers = TRY(chain.unpurged());
    for (const std::uint64_t number : numbers) {
        if (number <= receipt.safe) {
            const Composition composition = TRY(chain.composition_at(number));
            leaving.insert(composition.items.begin(), composition.items.end());
            const auto tests = std::ranges::count_if(composition.items,
                                                     [&](const ItemId& id) { return survey->tests.contains(id); });
            TRY(chain.forget_composition(number, composition.items.size() - static_cast<std::size_t>(tests)));
            purged += composition.items.size();
        }
    }
    for (const Part& part : survey->parts) {
        if (leaving.contains(part.label.id)) {
            TRY(pool.release(part.position));
        }
    }
    // Dropped before the commit, which may fail, and brought up to date after it.
    std::optional<State::Surveyed> before = std::exchange(state_->surveyed, std::nullopt);
    TRY(transaction.commit());
    forget_items(leaving, before->survey);
    state_->surveyed = std::move(before);
    state_->tidy(std::chrono::milliseconds(0));
    return purged;
}

base::Result<void> Outbox::checkpoint() {
    constexpr std::chrono::milliseconds patience{200};
    static_cast<void>(TRY(state_->connection.checkpoint(patience)));
    forget_time_of_day(state_->connection.path());
    return state_->connection.run("PRAGMA shrink_memory");
}

}  // namespace pillarbox::outbox
