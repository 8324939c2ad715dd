// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "core/cbor/cbor.hpp"
#include "core/crypto/padding.hpp"
#include "core/submission/checks.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::submission {
namespace {

base::Result<Kind> read_kind(cbor::Reader& reader) {
    const std::uint64_t number = TRY(reader.unsigned_integer());
    if (number == static_cast<std::uint64_t>(Kind::response)) {
        return Kind::response;
    }
    if (number == static_cast<std::uint64_t>(Kind::test)) {
        return Kind::test;
    }
    return base::fail(base::ErrorCode::malformed, "submission", "Its kind is neither response nor test.");
}

base::Result<void> read_payload(cbor::Reader& reader, Submission& submission) {
    TRY(reader.array_of(3));
    submission.language = TRY(reader.text(name_size_bytes_max));
    submission.assisted = TRY(reader.boolean());
    const std::size_t count = TRY(reader.array(answers_max));
    submission.answers.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        TRY(reader.array_of(2));
        form::Answer answer;
        answer.path = TRY(reader.text(path_size_bytes_max));
        answer.value = TRY(reader.text(size_bytes_max));
        submission.answers.push_back(std::move(answer));
    }
    return {};
}

base::Result<Submission> read_record(base::ByteView record) {
    cbor::Reader reader(record);
    Submission submission;
    TRY(reader.array_of(7));
    const std::uint64_t version = TRY(reader.unsigned_integer());
    if (version != format_version) {
        return base::fail(base::ErrorCode::unsupported, "submission",
                          "It is of a newer format than this version reads.", "Update this program.");
    }
    submission.campaign_id = TRY(reader.text(name_size_bytes_max));
    submission.form_version = TRY(reader.text(name_size_bytes_max));
    const base::ByteView uuid = TRY(reader.bytes(16));
    submission.uuid = TRY(base::array_of<16>(uuid));
    const std::string_view day = TRY(reader.text(10));
    submission.day = TRY(base::parse_day(day));
    submission.kind = TRY(read_kind(reader));
    TRY(read_payload(reader, submission));
    TRY(reader.end());
    TRY(check(submission));
    return submission;
}

}  // namespace

base::Result<Submission> decode(base::ByteView padded) {
    if (padded.size() > size_bytes_max) {
        return base::fail(base::ErrorCode::limit_exceeded, "submission", "It is over 512 KiB.");
    }
    const std::size_t size = TRY(crypto::unpadded_size(padded));
    if (padded_size(size) != padded.size()) {  // a second padding of the same record would be a second encoding
        return base::fail(base::ErrorCode::malformed, "submission", "It is not padded to the size that is due.");
    }
    return read_record(padded.first(size));
}

}  // namespace pillarbox::submission
