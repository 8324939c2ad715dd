// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/chain_check.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/batch/succession.hpp"
#include "example_export.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox {
namespace {

// One kiosk with three batches of one envelope each.
struct ThreeBatches {
    tests::TemporaryFolder temporary;
    tests::ExampleExport example{temporary / "export"};
    tests::ExampleKiosk* kiosk = &example.add_kiosk("Brixton Library");

    ThreeBatches() {
        std::filesystem::create_directories(example.folder());
        for (int number = 0; number < 3; ++number) {
            example.add_batch(*kiosk, {example.sealed(example.submission_of({{"/data/story", "canary"}}))});
        }
        example.write();
    }

    opening::ExportReport check(const std::optional<crypto::VerifyKey>& store_key = std::nullopt) {
        return opening::check_export(opening::read_export(example.folder()).value(), store_key);
    }

    // A batch of the kiosk's log with one response, signed by whoever has the key.
    base::Bytes another(std::uint64_t number, const crypto::Digest& previous, const crypto::SigningKey& key) {
        batch::Header header;
        header.campaign_id = "example";
        header.log_id = kiosk->log_id;
        header.number = number;
        header.previous = previous;
        const auto item = example.sealed(example.submission_of({}));
        return batch::make_batch(header, {item}, key, batch::Limits{}).value();
    }

    // The texts of all problems, joined.
    std::string problems() {
        const opening::ExportReport report = check();
        CHECK_FALSE(report.holds());
        return opening::describe(report);
    }
};

bool contains(const std::string& text, const std::string& part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("An export as the store wrote it holds") {
    ThreeBatches fixture;
    const auto report = fixture.check();
    INFO(opening::describe(report));
    CHECK(report.holds());
    REQUIRE(report.logs.size() == 1);
    CHECK(report.logs[0].batches.size() == 3);
    CHECK(report.logs[0].envelopes == 3);
    CHECK(report.logs[0].receipt == 3U);
    CHECK(fixture.check(fixture.example.store().verify_key()).holds());
}

TEST_CASE("An export by a key that the pinned one has introduced holds and by one that it has not does not") {
    ThreeBatches fixture;
    crypto::SystemRandom random;
    const auto pinned = crypto::SigningKey::generate(random);
    CHECK_FALSE(fixture.check(pinned.verify_key()).holds());
    const auto path = fixture.example.folder() / "successions.txt";
    const auto introduced_by = [&](const crypto::SigningKey& key) {
        return batch::sign_succession(tests::store_name, key, fixture.example.store());
    };
    tests::ExampleExport::put_text(path, introduced_by(pinned));
    CHECK(fixture.check(pinned.verify_key()).holds());
    CHECK(fixture.check(fixture.example.store().verify_key()).holds());
    tests::ExampleExport::put_text(path, introduced_by(crypto::SigningKey::generate(random)));
    CHECK_FALSE(fixture.check(pinned.verify_key()).holds());
}

TEST_CASE("A kiosk that has sent nothing holds with a receipt for zero and without one") {
    ThreeBatches fixture;
    auto& silent = fixture.example.add_kiosk("Barnet Library");
    fixture.example.write();
    CHECK(fixture.check().holds());
    std::filesystem::remove_all(fixture.example.folder_of(silent));
    CHECK(fixture.check().holds());
}

TEST_CASE("A missing batch is a gap") {
    ThreeBatches fixture;
    std::filesystem::remove(fixture.example.batch_path(*fixture.kiosk, 2));
    CHECK(contains(fixture.problems(), "Gap: batch 2 is missing."));
}

TEST_CASE("A first batch left out is a gap") {
    ThreeBatches fixture;
    std::filesystem::remove(fixture.example.batch_path(*fixture.kiosk, 1));
    CHECK(contains(fixture.problems(), "Gap: batch 1 is missing."));
}

TEST_CASE("Batches left out at the end are seen by the receipt") {
    ThreeBatches fixture;
    std::filesystem::remove(fixture.example.batch_path(*fixture.kiosk, 3));
    CHECK(contains(fixture.problems(), "The store signed for 3 batches, but the export ends at batch 2."));
}

TEST_CASE("A receipt that does not reach the last batch is told") {
    ThreeBatches fixture;
    fixture.example.write_receipt(*fixture.kiosk, 2);
    CHECK(contains(fixture.problems(), "the store signed for 2 only"));
}

TEST_CASE("Every flipped byte of a batch is seen") {
    ThreeBatches fixture;
    const auto path = fixture.example.batch_path(*fixture.kiosk, 2);
    const base::Bytes whole = fixture.kiosk->batches[1];
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        base::Bytes damaged = whole;
        damaged[at] ^= 0x01U;
        tests::ExampleExport::put(path, damaged);
        INFO(at);
        CHECK_FALSE(fixture.check().holds());
    }
}

TEST_CASE("A truncated or foreign batch file is told with its name") {
    ThreeBatches fixture;
    const auto path = fixture.example.batch_path(*fixture.kiosk, 2);
    tests::ExampleExport::put(path, base::ByteView(fixture.kiosk->batches[1]).first(40));
    CHECK(contains(fixture.problems(), "000002.batch"));
    tests::ExampleExport::put_text(path, "<html>portal</html>");
    CHECK(contains(fixture.problems(), "000002.batch"));
}

TEST_CASE("Two batches of one number are a fork") {
    ThreeBatches fixture;
    tests::ExampleExport::put(fixture.example.folder_of(*fixture.kiosk) / "000002-fork.batch",
                              fixture.another(2, fixture.kiosk->hashes[1], fixture.kiosk->key));
    CHECK(contains(fixture.problems(), "Fork: there are 2 different batches with the number 2."));
}

TEST_CASE("A branch that the store has kept beside the chain is opened too and is no problem unless it is forged") {
    ThreeBatches fixture;
    const auto branch = fixture.example.folder_of(*fixture.kiosk) / "branch";
    std::filesystem::create_directory(branch);
    tests::ExampleExport::put(branch / "000002-0123.batch",
                              fixture.another(2, fixture.kiosk->hashes[1], fixture.kiosk->key));
    const auto report = fixture.check();
    CHECK(report.holds());
    CHECK(report.logs[0].batches.size() == 4);
    CHECK(report.logs[0].branch_batches == 1);
    CHECK(report.logs[0].envelopes == 4);
    CHECK(contains(opening::describe(report), "ok, 1 batches of a copy"));
    crypto::SystemRandom random;
    const auto rogue = crypto::SigningKey::generate(random);
    tests::ExampleExport::put(branch / "000003-4567.batch", fixture.another(2, fixture.kiosk->hashes[1], rogue));
    CHECK(contains(fixture.problems(), "000003-4567.batch"));
}

TEST_CASE("A batch that cites another forerunner breaks the chain") {
    ThreeBatches fixture;
    tests::ExampleExport::put(fixture.example.batch_path(*fixture.kiosk, 3),
                              fixture.another(3, fixture.kiosk->hashes[1], fixture.kiosk->key));
    CHECK(contains(fixture.problems(), "Batch 3 does not continue batch 2"));
}

TEST_CASE("A batch signed by another key is refused") {
    ThreeBatches fixture;
    crypto::SystemRandom random;
    const auto forger = crypto::SigningKey::generate(random);
    tests::ExampleExport::put(fixture.example.batch_path(*fixture.kiosk, 3),
                              fixture.another(3, fixture.kiosk->hashes[2], forger));
    const auto report = fixture.check();
    CHECK_FALSE(report.holds());
    CHECK(report.logs[0].batches.size() == 2);
}

TEST_CASE("A device key that was swapped does not belong to its log") {
    ThreeBatches fixture;
    crypto::SystemRandom random;
    const auto path = fixture.example.folder() / "kiosks.json";
    auto list = nlohmann::json::parse(std::ifstream(path));
    list[0]["device_key"] = base::to_base64(crypto::SigningKey::generate(random).verify_key().bytes);
    tests::ExampleExport::put_text(path, list.dump());
    CHECK(contains(fixture.problems(), "The kiosk's key does not belong to this log."));
}

TEST_CASE("A receipt that is edited missing or another kiosk's is told") {
    ThreeBatches fixture;
    auto& other = fixture.example.add_kiosk("Barnet Library");
    fixture.example.write();
    const auto path = fixture.example.folder_of(*fixture.kiosk) / "receipt.txt";
    std::filesystem::copy_file(fixture.example.folder_of(other) / "receipt.txt", path,
                               std::filesystem::copy_options::overwrite_existing);
    CHECK(contains(fixture.problems(), "This receipt is for another kiosk's log."));
    tests::ExampleExport::put_text(path, "<html>Please log in</html>");
    CHECK(contains(fixture.problems(), "receipt.txt"));
    std::filesystem::remove(path);
    CHECK(contains(fixture.problems(), "receipt.txt"));
}

TEST_CASE("Another store key than the pinned one is told") {
    ThreeBatches fixture;
    crypto::SystemRandom random;
    const auto pinned = crypto::SigningKey::generate(random).verify_key();
    CHECK_FALSE(fixture.check(pinned).holds());
}

TEST_CASE("A kiosk folder that the list leaves out is told") {
    ThreeBatches fixture;
    tests::ExampleExport::put_text(fixture.example.folder() / "kiosks.json", "[]");
    CHECK(contains(fixture.problems(), "kiosks.json does not list"));
}

TEST_CASE("Damaged lists of an export are refused by name") {
    ThreeBatches fixture;
    for (const std::string text : {"", "[1]", "{}", "[{\"log_id\":\"zz\"}]", "not json", "[{\"log_id\":7}]"}) {
        INFO(text);
        tests::ExampleExport::put_text(fixture.example.folder() / "kiosks.json", text);
        const auto read = opening::read_export(fixture.example.folder());
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == base::ErrorCode::malformed);
        CHECK(contains(read.error().where, "kiosks.json"));
    }
    tests::ExampleExport::put_text(fixture.example.folder() / "store.json", "{\"store_name\":1}");
    CHECK(contains(opening::read_export(fixture.example.folder()).error().where, "store.json"));
    std::filesystem::remove(fixture.example.folder() / "store.json");
    CHECK(opening::read_export(fixture.example.folder()).error().code == base::ErrorCode::not_found);
}

TEST_CASE("A station's name adds no line to the table") {
    ThreeBatches fixture;
    const auto path = fixture.example.folder() / "kiosks.json";
    const auto bytes = base::read_file(path, 10'000).value();
    std::string text(base::text_of(bytes));
    text.replace(text.find("Brixton Library"), 15, "A\\nCroydon  00000000        3          3        3  ok\\t");
    tests::ExampleExport::put_text(path, text);
    const std::string table = opening::describe(fixture.check());
    INFO(table);
    CHECK(std::ranges::count(table, '\n') == 2);
    CHECK_FALSE(contains(table, "\t"));
}

TEST_CASE("The table of an export never shows answer text") {
    ThreeBatches fixture;
    CHECK_FALSE(contains(opening::describe(fixture.check()), "canary"));
}

}  // namespace pillarbox
