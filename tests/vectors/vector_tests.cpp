// SPDX-License-Identifier: GPL-3.0-or-later
//
// Holds the parsers of envelopes, batches, receipts and packs to the vector files.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "core/batch/batch.hpp"
#include "core/batch/part.hpp"
#include "core/batch/receipt.hpp"
#include "core/campaign/campaign.hpp"
#include "core/envelope/bech32.hpp"
#include "core/envelope/envelope.hpp"
#include "core/envelope/passphrase.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/vectors/vector_file.hpp"

using namespace pillarbox;
using tests::Vector;
using tests::Verdict;
using tests::verdict_of;

namespace {

constexpr std::array<const char*, 6> folders = {"batch", "envelope", "outbox", "pack", "part", "receipt"};

Verdict ok(base::ByteView content) {
    return {"ok", base::to_hex(crypto::sha256(content))};
}

crypto::VerifyKey key_of(const Vector& vector) {
    return {base::array_of<32>(vector.hex("key")).value()};
}

Verdict open_wrapped(const Vector& vector) {
    const std::string passphrase = vector.value("passphrase");
    const auto opened = envelope::open_with_passphrase(vector.body, base::view_of(passphrase), 1U << 20U);
    return opened.has_value() ? ok(opened->view()) : verdict_of(opened.error());
}

Verdict open_envelope(const Vector& vector) {
    if (vector.has("passphrase")) {
        return open_wrapped(vector);
    }
    const auto secret = base::array_of<32>(vector.hex("key")).value();
    std::string text(base::text_of(envelope::encode_bech32("age-secret-key-", secret).view()));
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    std::vector<envelope::Identity> identities;
    identities.push_back(envelope::Identity::parse(text).value());
    const auto opened = envelope::open(vector.body, identities, vector.number("plaintext_max", 1U << 20U));
    return opened.has_value() ? ok(opened->view()) : verdict_of(opened.error());
}

// What an accepted batch is known by is the hash of its header, which covers all of it but the signature.
Verdict read_batch(const Vector& vector) {
    batch::Limits limits;
    limits.batch_size_bytes_max = vector.number("batch_max", limits.batch_size_bytes_max);
    limits.envelope_size_bytes_max = vector.number("envelope_max", limits.envelope_size_bytes_max);
    const auto parsed = batch::parse_batch(vector.body, limits);
    if (!parsed.has_value()) {
        return verdict_of(parsed.error());
    }
    const auto verified = batch::verify_signature(*parsed, key_of(vector));
    if (!verified.has_value()) {
        return verdict_of(verified.error());
    }
    CHECK(batch::encode_batch(*parsed) == vector.body);
    return {"ok", base::to_hex(batch::hash_of(parsed->header))};
}

Verdict read_part(const Vector& vector) {
    batch::Limits limits;
    limits.envelope_size_bytes_max = vector.number("envelope_max", limits.envelope_size_bytes_max);
    const auto part = batch::parse_part(vector.body, limits);
    if (!part.has_value()) {
        return verdict_of(part.error());
    }
    const auto verified = batch::verify_signature(*part, key_of(vector));
    return verified.has_value() ? ok(part->content) : verdict_of(verified.error());
}

// An accepted receipt's digest is that of the note's text, made again from what was read.
Verdict read_receipt(const Vector& vector) {
    const auto receipt = batch::verify_receipt(base::text_of(vector.body), vector.value("store"), key_of(vector));
    if (!receipt.has_value()) {
        return verdict_of(receipt.error());
    }
    const auto any_key = crypto::SigningKey::from_seed(base::Bytes(32, 9)).value();
    const std::string note = batch::sign_receipt(*receipt, "any", any_key);
    return ok(base::view_of(std::string_view(note).substr(0, note.rfind("\n\n") + 1)));
}

Verdict verify_pack(const Vector& vector) {
    campaign::Acceptance acceptance;
    acceptance.committee_key = key_of(vector);
    acceptance.version_min = vector.number("version_min", 0);
    acceptance.campaign_id = vector.value("campaign");
    if (vector.has("today")) {
        acceptance.today = base::parse_day(vector.value("today")).value();
    }
    const auto campaign = campaign::verify_pack(vector.body, "vector.pack", acceptance);
    return campaign.has_value() ? Verdict{"ok", base::to_hex(campaign->pack_digest)} : verdict_of(campaign.error());
}

}  // namespace

TEST_CASE("every envelope vector has the outcome that it states") {
    tests::check_vectors("envelope", open_envelope);
}

TEST_CASE("every batch vector has the outcome that it states") {
    tests::check_vectors("batch", read_batch);
}

TEST_CASE("every part vector has the outcome that it states") {
    tests::check_vectors("part", read_part);
}

TEST_CASE("every receipt vector has the outcome that it states") {
    tests::check_vectors("receipt", read_receipt);
}

TEST_CASE("every pack vector has the outcome that it states") {
    tests::check_vectors("pack", verify_pack);
}

TEST_CASE("there are 500 vectors and good ones among them in each folder") {
    std::size_t total = 0;
    for (const char* folder : folders) {
        const auto vectors = tests::vectors_of(folder);
        CAPTURE(folder);
        CHECK(vectors.size() >= 40);
        CHECK(std::ranges::count_if(
                  vectors, [](const Vector& vector) { return vector.value("expect").starts_with("ok"); }) >= 3);
        total += vectors.size();
    }
    CHECK(total >= 500);
}

TEST_CASE("make_vectors makes exactly the vectors that are kept") {
    const tests::TemporaryFolder folder;
    const std::string here = PILLARBOX_SOURCE_DIR "/tests/vectors";
    const auto made = tests::run_program({"python3", here + "/make_vectors.py", folder.path()});
    CAPTURE(made.errors);
    REQUIRE(made.exit_code == 0);
    for (const char* name : folders) {
        const auto compared = tests::run_program({"diff", "-rq", here + "/" + name, folder / name});
        INFO(compared.output);
        CHECK(compared.exit_code == 0);
    }
}
