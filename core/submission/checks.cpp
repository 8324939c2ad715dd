// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/submission/checks.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace pillarbox::submission {
namespace {

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "submission", std::move(what));
}

base::Result<void> check_text(std::string_view text, std::size_t size_max) {
    if (text.size() > size_max) {
        return base::fail(base::ErrorCode::limit_exceeded, "submission", "A text is over its largest size.");
    }
    if (!base::is_utf8(text)) {
        return malformed("A text is not UTF-8.");
    }
    return {};
}

}  // namespace

base::Result<void> check(const Submission& submission) {
    for (const std::string* name : {&submission.campaign_id, &submission.form_version, &submission.language}) {
        TRY(check_text(*name, name_size_bytes_max));
    }
    if ((submission.uuid[6] & 0xF0U) != 0x40U || (submission.uuid[8] & 0xC0U) != 0x80U) {
        return malformed("Its uuid is not of version 4.");
    }
    if (submission.answers.size() > answers_max) {
        return base::fail(base::ErrorCode::limit_exceeded, "submission", "It has too many answers.");
    }
    std::vector<std::string_view> paths;
    paths.reserve(submission.answers.size());
    for (const form::Answer& answer : submission.answers) {
        TRY(check_text(answer.path, path_size_bytes_max));
        TRY(check_text(answer.value, size_bytes_max));
        paths.emplace_back(answer.path);
    }
    // Two answers to one question would be read differently by different readers.
    std::ranges::sort(paths);
    if (std::ranges::adjacent_find(paths) != paths.end()) {
        return malformed("A question is answered twice.");
    }
    return {};
}

}  // namespace pillarbox::submission
