// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thematic coding: a codebook, tags by each coder apart, notes, and how far along a response is. Coders don't see
// each other's tags by these functions unless asked for: a second coder who reads the first one's agrees too well.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

struct Code {
    std::string name, label;
    std::string theme = {};  // under which reports add it up with others; may be empty
};
// 1 to 64 of a-z 0-9 _ -.
[[nodiscard]] bool is_code_name(std::string_view name);
[[nodiscard]] base::Result<std::vector<Code>> codebook(Workspace& workspace);
[[nodiscard]] base::Result<void> set_code(Workspace& workspace, const Editor& editor, const Code& code);
// Themes are there while a code has them. Empty: none. usage for more than 100 bytes, and for one with | or /.
[[nodiscard]] base::Result<void> set_theme(Workspace& workspace, const Editor& editor, std::string_view code,
                                           std::string_view theme);
// conflict while a response has it.
[[nodiscard]] base::Result<void> remove_code(Workspace& workspace, const Editor& editor, std::string_view name);

// The codebook a workspace starts with: the choices of the question on themes, by their labels in the form's default
// language. Into a database that is being made.
[[nodiscard]] base::Result<void> add_campaign_codes(sqlite::Connection& database, const form::Form& form);

struct Tag {
    ResponseId response = 0;
    std::string code, coder;
    std::string path = {};  // of the answer that speaks of it; empty: the response as a whole
};
// not_found where the codebook has no such code, usage where the response has no text under this path.
[[nodiscard]] base::Result<void> add_tag(Workspace& workspace, const Editor& editor, ResponseId response,
                                         std::string_view code, std::string_view path = {});
[[nodiscard]] base::Result<void> remove_tag(Workspace& workspace, const Editor& editor, ResponseId response,
                                            std::string_view code, std::string_view path = {});
[[nodiscard]] base::Result<std::vector<Tag>> tags_of(Workspace& workspace, ResponseId response);
[[nodiscard]] base::Result<std::vector<Tag>> all_tags(Workspace& workspace);

// That the editor has coded the response, which may leave it without any tag.
[[nodiscard]] base::Result<void> finish_coding(Workspace& workspace, const Editor& editor, ResponseId response);

struct Note {
    std::string key, text;
};
inline constexpr std::size_t note_size_bytes_max = std::size_t{16} << 10U;
[[nodiscard]] base::Result<void> add_note(Workspace& workspace, const Editor& editor, ResponseId response,
                                          std::string_view text);
[[nodiscard]] base::Result<void> remove_note(Workspace& workspace, const Editor& editor, ResponseId response,
                                             std::string_view key);
[[nodiscard]] base::Result<std::vector<Note>> notes_of(Workspace& workspace, ResponseId response);

enum class Status { unread, read, attention, done, set_aside };  // set_aside: not for the report
[[nodiscard]] std::string_view name_of(Status status);
[[nodiscard]] base::Result<Status> parse_status(std::string_view name);
[[nodiscard]] base::Result<void> set_status(Workspace& workspace, const Editor& editor, ResponseId response,
                                            Status status);

// Cohen's kappa (1960): how far two coders agree beyond chance. Over the responses that both have coded.
struct Agreement {
    std::string code = {};
    std::uint64_t both = 0, first_only = 0, second_only = 0, neither = 0;
    [[nodiscard]] double kappa() const;  // 1 where they agree on every one; not a number without any response
};
// One for each code.
[[nodiscard]] base::Result<std::vector<Agreement>> agreement(Workspace& workspace, std::string_view first_coder,
                                                             std::string_view second_coder);

}  // namespace pillarbox::workspace
