// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/cbor/cbor.hpp"
#include "core/crypto/padding.hpp"
#include "core/submission/checks.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::submission {
namespace {

constexpr std::size_t head_size_bytes_max = 9;  // of any CBOR item

// An upper bound, so that the writer's buffer never moves and leaves no copy of the answers behind.
std::size_t size_bound(const Submission& submission) {
    std::size_t size = 16 * head_size_bytes_max + submission.campaign_id.size() + submission.form_version.size() +
                       submission.language.size();
    for (const form::Answer& answer : submission.answers) {
        size += 3 * head_size_bytes_max + answer.path.size() + answer.value.size();
    }
    return size;
}

cbor::Writer write_record(const Submission& submission) {
    cbor::Writer writer(size_bound(submission));
    writer.array(7).unsigned_integer(format_version).text(submission.campaign_id).text(submission.form_version);
    writer.bytes(submission.uuid).text(base::format_day(submission.day));
    writer.unsigned_integer(static_cast<std::uint64_t>(submission.kind));
    writer.array(3).text(submission.language).boolean(submission.assisted).array(submission.answers.size());
    for (const form::Answer& answer : submission.answers) {
        writer.array(2).text(answer.path).text(answer.value);
    }
    return writer;
}

}  // namespace

base::Result<crypto::SecretBytes> encode(const Submission& submission) {
    TRY(check(submission));
    base::Bytes record = write_record(submission).take();
    const std::size_t size = padded_size(record.size());
    if (size > size_bytes_max) {
        crypto::wipe(record);
        return base::fail(base::ErrorCode::limit_exceeded, "submission", "The answers are over 512 KiB together.",
                          "Shorten the longest answer.");
    }
    crypto::SecretBytes padded(size);
    std::ranges::copy(record, padded.bytes().begin());
    crypto::pad(padded.bytes(), record.size());
    crypto::wipe(record);
    return padded;
}

}  // namespace pillarbox::submission
