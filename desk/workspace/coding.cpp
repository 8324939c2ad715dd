// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/coding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>

#include "core/base/utf8.hpp"
#include "desk/workspace/answers.hpp"
#include "desk/workspace/responses.hpp"

namespace pillarbox::workspace {
namespace {

constexpr std::string_view themes_list_name = "themes";
constexpr std::size_t code_name_size_bytes_max = 64;
constexpr std::size_t code_label_size_bytes_max = 400;
constexpr std::size_t theme_size_bytes_max = 100;
constexpr std::array status_names{std::string_view("unread"), std::string_view("read"), std::string_view("attention"),
                                  std::string_view("done"), std::string_view("set_aside")};

// The code first: filters look for it there.
std::string tag_key(std::string_view code, std::string_view coder, std::string_view path) {
    return path.empty() ? fmt::format("{}\n{}", code, coder) : fmt::format("{}\n{}\n{}", code, coder, path);
}

Tag tag_of(const Cell& cell) {
    std::array<std::string, 3> parts;
    std::string_view rest = cell.key;
    for (std::string& part : parts) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return Tag{cell.response, std::move(parts[0]), std::move(parts[1]), std::move(parts[2])};
}

base::Result<std::vector<Tag>> tags_in(const base::Result<std::vector<Cell>>& cells) {
    if (!cells.has_value()) {
        return std::unexpected(cells.error());
    }
    std::vector<Tag> tags;
    std::ranges::transform(*cells, std::back_inserter(tags), tag_of);
    return tags;
}

base::Result<void> change(Workspace& workspace, const Editor& editor, const Change& what) {
    TRY(make_change(workspace, editor, what));
    return {};
}

base::Result<std::set<ResponseId>> coded_by(Workspace& workspace, std::string_view coder) {
    std::set<ResponseId> coded;
    for (const Cell& cell : TRY(cells_of(workspace, CellKind::coded))) {
        if (cell.key == coder) {
            coded.insert(cell.response);
        }
    }
    for (const Tag& tag : TRY(all_tags(workspace))) {
        if (tag.coder == coder) {
            coded.insert(tag.response);
        }
    }
    return coded;
}

}  // namespace

bool is_code_name(std::string_view name) {
    return !name.empty() && name.size() <= code_name_size_bytes_max && std::ranges::all_of(name, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
    });
}

base::Result<std::vector<Code>> codebook(Workspace& workspace) {
    std::vector<Code> codes;
    for (Cell& cell : TRY(cells_of(workspace, CellKind::code))) {
        codes.push_back(Code{std::move(cell.key), std::move(cell.value)});
    }
    for (Cell& cell : TRY(cells_of(workspace, CellKind::theme))) {
        const auto code = std::ranges::find(codes, cell.key, &Code::name);
        if (code != codes.end()) {  // a code that was removed left its theme
            code->theme = std::move(cell.value);
        }
    }
    return codes;
}

base::Result<void> set_code(Workspace& workspace, const Editor& editor, const Code& code) {
    if (!is_code_name(code.name) || code.label.empty() || code.label.size() > code_label_size_bytes_max ||
        !base::is_utf8(code.label)) {
        return base::fail(base::ErrorCode::usage, {},
                          "A code has a name of a-z, 0-9, _ and -, and a label of at most 400 bytes.");
    }
    TRY(change(workspace, editor, {CellKind::code, 0, code.name, code.label}));
    return set_theme(workspace, editor, code.name, code.theme);
}

base::Result<void> set_theme(Workspace& workspace, const Editor& editor, std::string_view code,
                             std::string_view theme) {
    const auto codes = TRY(codebook(workspace));
    const auto found = std::ranges::find(codes, code, &Code::name);
    if (found == codes.end()) {
        return base::fail(base::ErrorCode::not_found, {}, "The codebook has no such code.", "Add it there first.");
    }
    const auto is_refused = [](unsigned char letter) { return letter < ' ' || letter == '|' || letter == '/'; };
    if (theme.size() > theme_size_bytes_max || !base::is_utf8(theme) || std::ranges::any_of(theme, is_refused)) {
        return base::fail(base::ErrorCode::usage, {}, "A theme has at most 100 bytes, and no | or /.");
    }
    if (theme == found->theme) {
        return {};
    }
    return change(
        workspace, editor,
        {CellKind::theme, 0, std::string(code), theme.empty() ? std::nullopt : std::optional<std::string>(theme)});
}

base::Result<void> remove_code(Workspace& workspace, const Editor& editor, std::string_view name) {
    const auto tags = TRY(all_tags(workspace));
    if (std::ranges::any_of(tags, [&](const Tag& tag) { return tag.code == name; })) {
        return base::fail(base::ErrorCode::conflict, {}, fmt::format("Responses have the tag {}.", name),
                          "Remove it from them first.");
    }
    return change(workspace, editor, {CellKind::code, 0, std::string(name), std::nullopt});
}

base::Result<void> add_campaign_codes(sqlite::Connection& database, const form::Form& form) {
    const auto list = form.choice_lists.find(themes_list_name);
    if (list == form.choice_lists.end()) {
        return {};
    }
    auto insert = TRY(database.prepare("INSERT INTO cell(kind, key, response, value) VALUES('code', ?, 0, ?)"));
    for (const form::Choice& choice : list->second.choices) {
        if (is_code_name(choice.name)) {
            const std::string& label = choice.label.in(form.default_language);
            TRY(insert.run(choice.name, label.empty() ? choice.name : label));
        }
    }
    return {};
}

base::Result<void> add_tag(Workspace& workspace, const Editor& editor, ResponseId response, std::string_view code,
                           std::string_view path) {
    const auto codes = TRY(codebook(workspace));
    if (std::ranges::find(codes, code, &Code::name) == codes.end()) {
        return base::fail(base::ErrorCode::not_found, {}, "The codebook has no such code.", "Add it there first.");
    }
    if (!path.empty()) {
        const exports::Record record = TRY(read_response(workspace, response));
        const form::Node* node = workspace.form().find(exports::without_positions(path));
        if (node == nullptr || node->type != form::NodeType::text || is_contact(path) ||
            exports::AnswerIndex(record.submission).at(path).empty()) {
            return base::fail(base::ErrorCode::usage, {}, "The response has no such text to tag.",
                              "Choose one of its answers, or the whole response.");
        }
    }
    return change(workspace, editor, {CellKind::tag, response, tag_key(code, editor.who, path), "1"});
}

base::Result<void> remove_tag(Workspace& workspace, const Editor& editor, ResponseId response, std::string_view code,
                              std::string_view path) {
    return change(workspace, editor, {CellKind::tag, response, tag_key(code, editor.who, path), std::nullopt});
}

base::Result<std::vector<Tag>> tags_of(Workspace& workspace, ResponseId response) {
    return tags_in(cells_of(workspace, CellKind::tag, response));
}

base::Result<std::vector<Tag>> all_tags(Workspace& workspace) {
    return tags_in(cells_of(workspace, CellKind::tag));
}

base::Result<void> finish_coding(Workspace& workspace, const Editor& editor, ResponseId response) {
    return change(workspace, editor, {CellKind::coded, response, editor.who, "1"});
}

base::Result<void> add_note(Workspace& workspace, const Editor& editor, ResponseId response, std::string_view text) {
    if (text.empty() || text.size() > note_size_bytes_max || !base::is_utf8(text)) {
        return base::fail(base::ErrorCode::usage, {}, "A note is a text of at most 16 KiB.");
    }
    const auto notes = TRY(notes_of(workspace, response));
    std::uint64_t number = notes.size() + 1;
    while (std::ranges::find(notes, fmt::format("{:06}", number), &Note::key) != notes.end()) {
        ++number;
    }
    return change(workspace, editor, {CellKind::note, response, fmt::format("{:06}", number), std::string(text)});
}

base::Result<void> remove_note(Workspace& workspace, const Editor& editor, ResponseId response,
                               std::string_view key) {
    return change(workspace, editor, {CellKind::note, response, std::string(key), std::nullopt});
}

base::Result<std::vector<Note>> notes_of(Workspace& workspace, ResponseId response) {
    std::vector<Note> notes;
    for (Cell& cell : TRY(cells_of(workspace, CellKind::note, response))) {
        notes.push_back(Note{std::move(cell.key), std::move(cell.value)});
    }
    return notes;
}

std::string_view name_of(Status status) {
    return status_names[static_cast<std::size_t>(status)];
}

base::Result<Status> parse_status(std::string_view name) {
    const auto found = std::ranges::find(status_names, name);
    if (found == status_names.end()) {
        return base::fail(base::ErrorCode::usage, {},
                          "A status is one of unread, read, attention, done and set_aside.");
    }
    return static_cast<Status>(found - status_names.begin());
}

base::Result<void> set_status(Workspace& workspace, const Editor& editor, ResponseId response, Status status) {
    std::optional<std::string> value;
    if (status != Status::unread) {
        value = name_of(status);
    }
    return change(workspace, editor, {CellKind::status, response, {}, std::move(value)});
}

double Agreement::kappa() const {
    const auto count = [](std::uint64_t number) { return static_cast<double>(number); };
    const double all = count(both + first_only + second_only + neither);
    if (all == 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (first_only + second_only == 0) {
        return 1;  // also where chance alone would agree on all: 0/0 otherwise
    }
    const double observed = count(both + neither) / all;
    const double first_yes = count(both + first_only) / all;
    const double second_yes = count(both + second_only) / all;
    const double by_chance = first_yes * second_yes + (1 - first_yes) * (1 - second_yes);
    return (observed - by_chance) / (1 - by_chance);
}

base::Result<std::vector<Agreement>> agreement(Workspace& workspace, std::string_view first_coder,
                                               std::string_view second_coder) {
    const std::set<ResponseId> first = TRY(coded_by(workspace, first_coder));
    const std::set<ResponseId> second = TRY(coded_by(workspace, second_coder));
    std::set<ResponseId> shared;
    std::ranges::set_intersection(first, second, std::inserter(shared, shared.end()));
    std::set<std::pair<std::string, ResponseId>> by_first, by_second;
    for (Tag& tag : TRY(all_tags(workspace))) {
        if (shared.contains(tag.response)) {
            if (tag.coder == first_coder) {
                by_first.emplace(tag.code, tag.response);
            }
            if (tag.coder == second_coder) {
                by_second.emplace(tag.code, tag.response);
            }
        }
    }
    std::vector<Agreement> all;
    for (const Code& code : TRY(codebook(workspace))) {
        Agreement one{.code = code.name};
        for (const ResponseId response : shared) {
            const bool in_first = by_first.contains({code.name, response});
            const bool in_second = by_second.contains({code.name, response});
            std::uint64_t& cell =
                in_first ? (in_second ? one.both : one.first_only) : (in_second ? one.second_only : one.neither);
            ++cell;
        }
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace pillarbox::workspace
