// SPDX-License-Identifier: GPL-3.0-or-later
//
// The committed corpus through every target, and each seed cut short and with a byte turned: a target aborts (and
// with it this program) where a property does not hold.
#include <catch2/catch.hpp>
#include <filesystem>

#include "core/base/file.hpp"
#include "targets.hpp"

namespace pillarbox::fuzz {
namespace {

void run_corpus(const std::string& name, void (*target)(base::ByteView)) {
    const auto folder = std::filesystem::path(PILLARBOX_SOURCE_DIR) / "tests/fuzz/corpus" / name;
    std::size_t seeds = 0;
    target({});
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        INFO(entry.path().string());
        auto bytes = base::read_file(entry.path(), std::size_t{1} << 20U);
        REQUIRE(bytes.has_value());
        ++seeds;
        target(*bytes);
        target(base::ByteView(*bytes).first(bytes->size() / 2));
        if (!bytes->empty()) {
            (*bytes)[bytes->size() / 2] ^= 0x10U;
            target(*bytes);
        }
    }
    CHECK(seeds > 0);
}

TEST_CASE("The corpus of bags holds") {
    run_corpus("bag", fuzz_bag);
}
TEST_CASE("The corpus of batches holds") {
    run_corpus("batch", fuzz_batch);
}
TEST_CASE("The corpus of CBOR items holds") {
    run_corpus("cbor", fuzz_cbor);
}
TEST_CASE("The corpus of text encodings holds") {
    run_corpus("encoding", fuzz_encoding);
}
TEST_CASE("The corpus of envelopes holds") {
    run_corpus("envelope", fuzz_envelope);
}
TEST_CASE("The corpus of store exports holds") {
    run_corpus("export", fuzz_export);
}
TEST_CASE("The corpus of expressions holds") {
    run_corpus("expression", fuzz_expression);
}
TEST_CASE("The corpus of requests to the fleet page holds") {
    run_corpus("fleet", fuzz_fleet);
}
TEST_CASE("The corpus of HTTP connections holds") {
    run_corpus("http", fuzz_http);
}
TEST_CASE("The corpus of keys holds") {
    run_corpus("identity", fuzz_identity);
}
TEST_CASE("The corpus of journals holds") {
    run_corpus("journal", fuzz_journal);
}
TEST_CASE("The corpus of key bindings holds") {
    run_corpus("key_bindings", fuzz_key_bindings);
}
TEST_CASE("The corpus of key files holds") {
    run_corpus("key_file", fuzz_key_file);
}
TEST_CASE("The corpus of outbox files holds") {
    run_corpus("outbox_file", fuzz_outbox_file);
}
TEST_CASE("The corpus of packs holds") {
    run_corpus("pack", fuzz_pack);
}
TEST_CASE("The corpus of enrolments, refusals and paths holds") {
    run_corpus("protocol", fuzz_protocol);
}
TEST_CASE("The corpus of parts holds") {
    run_corpus("part", fuzz_part);
}
TEST_CASE("The corpus of receipts holds") {
    run_corpus("receipt", fuzz_receipt);
}
TEST_CASE("The corpus of kiosks' reports holds") {
    run_corpus("report", fuzz_report);
}
TEST_CASE("The corpus of patterns holds") {
    run_corpus("regex", fuzz_regex);
}
TEST_CASE("The corpus of scenarios holds") {
    run_corpus("scenario", fuzz_scenario);
}
TEST_CASE("The corpus of sealed files holds") {
    run_corpus("sealed_file", fuzz_sealed_file);
}
TEST_CASE("The corpus of slots holds") {
    run_corpus("slot", fuzz_slot);
}
TEST_CASE("The corpus of staff files holds") {
    run_corpus("staff_access", fuzz_staff_access);
}
TEST_CASE("The corpus of station files holds") {
    run_corpus("station", fuzz_station);
}
TEST_CASE("The corpus of store files holds") {
    run_corpus("store_file", fuzz_store_file);
}
TEST_CASE("The corpus of submissions holds") {
    run_corpus("submission", fuzz_submission);
}
TEST_CASE("The corpus of tokens holds") {
    run_corpus("token", fuzz_token);
}
TEST_CASE("The corpus of uploads holds") {
    run_corpus("upload", fuzz_upload);
}
TEST_CASE("The corpus of web forms holds") {
    run_corpus("web_form", fuzz_web_form);
}
TEST_CASE("The corpus of workbooks holds") {
    run_corpus("workbook", fuzz_workbook);
}

}  // namespace
}  // namespace pillarbox::fuzz
