// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the store spends on a batch while it holds few records and while it holds many. The stores take turns, so that
// growth is all that can tell them apart.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/base/check.hpp"
#include "core/crypto/system_random.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/sqlite/database.hpp"
#include "sync/store/uploads.hpp"
#include "tests/bench/paired.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace pillarbox;

constexpr std::size_t envelope_size_bytes = 1240;  // the smallest response that there is: 1 KiB, sealed for one key
constexpr std::size_t responses_per_batch = 200;
const base::Day day = base::parse_day("2026-01-05").value();

// A store with one kiosk, which sends one batch at a time.
class Sender {
  public:
    Sender(const std::filesystem::path& path, std::string figure, std::uint64_t records)
        : figure_(std::move(figure)),
          database_(sqlite_storage::Database::create(path, {"store.example.org", 1, store::Copies::sole}).value()),
          key_(crypto::SigningKey::generate(random_)) {
        store::Kiosk kiosk;
        kiosk.log_id = batch::log_id_of(key_.verify_key(), {});
        kiosk.station = "Bench";
        kiosk.device_key = key_.verify_key();
        PILLARBOX_CHECK(store::add_kiosk(*database_, kiosk).has_value());
        header_.campaign_id = "bench";
        header_.log_id = kiosk.log_id;
        header_.previous = kiosk.stored_hash;
        items_.resize(responses_per_batch);
        while (stored_ < records) {
            take(next_upload());
        }
    }

    [[nodiscard]] const std::string& figure() const { return figure_; }
    [[nodiscard]] base::Bytes next_upload() {
        for (batch::Item& item : items_) {
            random_.fill(item.tag);
            item.envelope.resize(envelope_size_bytes);
            random_.fill(item.envelope);
        }
        ++header_.number;
        const base::Bytes made = batch::make_batch(header_, items_, key_, {}).value();
        header_.previous = batch::hash_of(batch::parse_batch(made, {}).value().header);
        return protocol::make_upload({made});
    }
    void take(const base::Bytes& upload) {
        const auto outcome = store::take_upload(*database_, header_.log_id, upload, {}, day);
        PILLARBOX_CHECK(outcome.has_value() && outcome->verdict == store::UploadVerdict::accepted);
        stored_ += outcome->new_responses;
    }

  private:
    std::string figure_;
    crypto::SystemRandom random_;
    std::unique_ptr<store::Database> database_;
    crypto::SigningKey key_;
    batch::Header header_;
    std::vector<batch::Item> items_;
    std::uint64_t stored_ = 0;
};

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures what taking a batch in costs stores of more and more records, against a small one."};
    int pairs = 200;
    std::uint64_t peer_records = 10'000;
    std::vector<std::uint64_t> records = {100'000, 1'000'000};
    const tests::TemporaryFolder scratch;
    std::filesystem::path folder = scratch.path();
    command.add_option("--pairs", pairs, "How many batches each store takes");
    command.add_option("--peer-records", peer_records, "Of the small store");
    command.add_option("--records", records, "Of the others, whose figures are ingest-1, ingest-2, ...");
    command.add_option("--folder", folder, "An empty folder with room for 1.3 KB a record (else a temporary one)");
    CLI11_PARSE(command, argument_count, arguments);
    std::vector<std::unique_ptr<Sender>> senders;
    senders.push_back(std::make_unique<Sender>(folder / "peer", "peer", peer_records));
    for (std::size_t index = 0; index < records.size(); ++index) {
        const std::string name = "ingest-" + std::to_string(index + 1);
        senders.push_back(std::make_unique<Sender>(folder / name, name, records[index]));
    }
    for (int pair = -1; pair < pairs; ++pair) {
        std::vector<double> spent_us(senders.size());
        for (std::size_t turn = 0; turn < senders.size(); ++turn) {
            // Another one begins each time: the first finds the processor's caches cold.
            const std::size_t index = (turn + static_cast<std::size_t>(pair + 1)) % senders.size();
            const base::Bytes upload = senders[index]->next_upload();
            spent_us[index] = bench::measure(bench::Time::processor, 1, [&] { senders[index]->take(upload); });
        }
        // The smallest store is the peer of the others.
        for (std::size_t index = 1; index < senders.size() && pair >= 0; ++index) {
            bench::print_pair(senders[index]->figure(), spent_us[index], spent_us.front());
        }
    }
    return 0;
}
