// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/answer_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "desk/exports/display_width.hpp"
#include "desk/exports/words.hpp"

namespace pillarbox::exports {
namespace {

constexpr std::string_view first_strong_isolate = "\xE2\x81\xA8";
constexpr std::string_view pop_isolate = "\xE2\x81\xA9";
constexpr std::size_t width_cells_min = 40;
constexpr std::size_t label_width_cells_max = 60;
constexpr std::string_view contact_prefix = "/data/contact/";  // contact_group_name, at the top level

void append_padded(std::string& out, std::string_view text, std::size_t width_cells) {
    out += text;
    const std::size_t taken = display_width(text);
    out.append(taken < width_cells ? width_cells - taken : 0, ' ');
}

void append_row(std::string& out, std::string_view label, std::string_view answer, std::size_t width_cells) {
    const std::size_t label_width = std::min(width_cells * 2 / 5, label_width_cells_max);
    const std::size_t answer_width = width_cells - label_width - 5;
    const auto labels = wrapped(harmless(label), label_width);
    const auto answers = wrapped(harmless(answer), answer_width);
    for (std::size_t line = 0; line < std::max(labels.size(), answers.size()); ++line) {
        out += "  ";
        append_padded(out, line < labels.size() ? labels[line] : "", label_width);
        out += " | ";
        if (line < answers.size()) {
            out += first_strong_isolate;
            out += answers[line];
            out += pop_isolate;
        }
        out += '\n';
    }
}

// "visit 2, Place": which instance of a repeat the answer stands in.
std::string position_words(std::string_view path) {
    std::string words;
    std::size_t start = 0;
    for (std::size_t bracket = path.find('['); bracket != std::string_view::npos; bracket = path.find('[', start)) {
        const std::size_t close = path.find(']', bracket);
        if (close == std::string_view::npos) {
            break;
        }
        const std::size_t slash = path.rfind('/', bracket);
        words += fmt::format("{} {}, ", path.substr(slash + 1, bracket - slash - 1),
                             path.substr(bracket + 1, close - bracket - 1));
        start = close;
    }
    return words;
}

void append_answer(std::string& out, const form::Form& form, const form::Answer& answer, std::string_view language,
                   std::size_t width_cells) {
    const form::Node* node = form.find(without_positions(answer.path));
    if (node == nullptr) {
        append_row(out, answer.path, answer.value, width_cells);
        return;
    }
    append_row(out, position_words(answer.path) + question_in_words(form, *node, language),
               answer_in_words(form, *node, answer.value, language), width_cells);
}

}  // namespace

std::string answer_table(const form::Form& form, const Record& record, const TableStyle& style) {
    const std::string& language = style.language.empty() ? form.default_language : style.language;
    const std::size_t width = std::max(style.width_cells, width_cells_min);
    std::string out = fmt::format("{}  {}  {}  {}{}{}\n", key_of(record), base::format_day(record.submission.day),
                                  harmless_line(record.station), harmless_line(record.submission.language),
                                  record.submission.assisted ? "  assisted" : "",
                                  record.submission.kind == submission::Kind::test ? "  TEST" : "");
    std::string contact;
    for (const form::Answer& answer : record.submission.answers) {
        const bool is_contact = without_positions(answer.path).starts_with(contact_prefix);
        append_answer(is_contact ? contact : out, form, answer, language, width);
    }
    if (!contact.empty()) {
        out += "  Contact details\n" + contact;
    }
    return out + "\n";
}

}  // namespace pillarbox::exports
