// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/redaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/utf8.hpp"
#include "desk/exports/consent.hpp"
#include "desk/workspace/responses.hpp"

namespace pillarbox::workspace {
namespace {

struct Span {
    std::size_t start, end;
};

// What is to be left out of [part.start, part.start + part.size), in order and without overlaps.
std::vector<Span> left_out(const Passage& part, const std::vector<Redaction>& redactions) {
    const std::size_t part_end = part.start + part.size;
    std::vector<Span> spans;
    for (const Redaction& redaction : redactions) {
        const std::size_t end = redaction.passage.start + redaction.passage.size;
        if (redaction.passage.path == part.path && redaction.passage.start < part_end && end > part.start) {
            spans.push_back({std::max(redaction.passage.start, part.start), std::min(end, part_end)});
        }
    }
    std::ranges::sort(spans, {}, &Span::start);
    std::vector<Span> merged;
    for (const Span& span : spans) {
        if (!merged.empty() && span.start <= merged.back().end) {
            merged.back().end = std::max(merged.back().end, span.end);
        } else {
            merged.push_back(span);
        }
    }
    return merged;
}

bool starts_letter(std::string_view text, std::size_t place) {
    return place == text.size() || (static_cast<unsigned char>(text[place]) & 0xC0U) != 0x80U;
}

std::optional<std::size_t> number_in(std::string_view digits) {
    std::size_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string key_of(const Passage& passage) {
    return fmt::format("{}\n{}\n{}", passage.path, passage.start, passage.size);
}

base::Result<Passage> passage_of(std::string_view key) {
    const std::size_t first = key.find('\n');
    const std::size_t second = first == std::string_view::npos ? first : key.find('\n', first + 1);
    if (second != std::string_view::npos) {
        const auto start = number_in(key.substr(first + 1, second - first - 1));
        const auto size = number_in(key.substr(second + 1));
        if (start.has_value() && size.has_value()) {
            return Passage{std::string(key.substr(0, first)), *start, *size};
        }
    }
    return base::fail(base::ErrorCode::damaged, {}, "The workspace holds a passage that is none.");
}

base::Result<void> check_passage(const exports::Record& record, const Passage& passage) {
    const exports::AnswerIndex answers(record.submission);
    const std::string& answer = answers.at(passage.path);
    const bool inside = passage.size > 0 && passage.start < answer.size() &&
                        passage.size <= answer.size() - passage.start && starts_letter(answer, passage.start) &&
                        starts_letter(answer, passage.start + passage.size);
    if (!inside) {
        return base::fail(base::ErrorCode::usage, {}, "The response has no such passage.", "Mark it again.");
    }
    return {};
}

base::Result<void> redact(Workspace& workspace, const Editor& editor, ResponseId response,
                          const Redaction& redaction) {
    if (redaction.reason.empty() || redaction.reason.size() > reason_size_bytes_max ||
        !base::is_utf8(redaction.reason)) {
        return base::fail(base::ErrorCode::usage, {}, "A redaction needs a reason, of at most 1,000 bytes.");
    }
    const exports::Record record = TRY(read_response(workspace, response));
    TRY(check_passage(record, redaction.passage));
    const form::Node* node = workspace.form().find(exports::without_positions(redaction.passage.path));
    if (exports::decides_consent(redaction.passage.path) || (node != nullptr && node->type != form::NodeType::text)) {
        return base::fail(base::ErrorCode::conflict, {}, "This answer can't be redacted.",
                          "Names and choices are in no report; an anonymised export leaves out what could tell.");
    }
    TRY(make_change(workspace, editor, {CellKind::redaction, response, key_of(redaction.passage), redaction.reason}));
    return {};
}

base::Result<void> take_back_redaction(Workspace& workspace, const Editor& editor, ResponseId response,
                                       const Passage& passage) {
    TRY(make_change(workspace, editor, {CellKind::redaction, response, key_of(passage), std::nullopt}));
    return {};
}

base::Result<std::vector<Redaction>> redactions_of(Workspace& workspace, ResponseId response) {
    std::vector<Redaction> redactions;
    for (Cell& cell : TRY(cells_of(workspace, CellKind::redaction, response))) {
        redactions.push_back({TRY(passage_of(cell.key)), std::move(cell.value)});
    }
    return redactions;
}

std::string redacted(std::string_view answer, const Passage& part, const std::vector<Redaction>& redactions) {
    std::string text;
    std::size_t place = part.start;
    for (const Span& span : left_out(part, redactions)) {
        text += answer.substr(place, span.start - place);
        text += redaction_mark;
        place = span.end;
    }
    text += answer.substr(place, part.start + part.size - place);
    return text;
}

exports::Record redacted(exports::Record record, const std::vector<Redaction>& redactions) {
    for (form::Answer& answer : record.submission.answers) {
        if (exports::decides_consent(answer.path)) {
            continue;
        }
        answer.value = redacted(answer.value, Passage{answer.path, 0, answer.value.size()}, redactions);
    }
    return record;
}

}  // namespace pillarbox::workspace
