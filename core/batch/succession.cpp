// SPDX-License-Identifier: GPL-3.0-or-later
//
// The note's text, line by line, in this order and no other:
//
//   pillarbox succession v1
//   of <key name>
//   old <public key in hex>
//   new <public key in hex>
#include "core/batch/succession.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/batch/note_fields.hpp"

namespace pillarbox::batch {
namespace {

constexpr std::string_view succession_first_line = "pillarbox succession v1";

struct Succession {
    std::string_view name;
    crypto::VerifyKey old_key;
    crypto::VerifyKey new_key;
};

std::string format_text(const Succession& succession) {
    return std::string(succession_first_line) + "\nof " + std::string(succession.name) + "\nold " +
           base::to_hex(succession.old_key.bytes) + "\nnew " + base::to_hex(succession.new_key.bytes) + "\n";
}

base::Result<Succession> parse_succession_text(std::string_view text) {
    NoteFields fields(text, "succession");
    Succession succession;
    TRY(fields.word(succession_first_line, '\n'));
    TRY(fields.word("of", ' '));
    succession.name = fields.up_to('\n');
    TRY(fields.word("old", ' '));
    succession.old_key.bytes = TRY(fields.hex<32>('\n'));
    TRY(fields.word("new", ' '));
    succession.new_key.bytes = TRY(fields.hex<32>('\n'));
    if (succession.old_key == succession.new_key || format_text(succession) != text) {
        return fields.fail("It is not in its one canonical form.");
    }
    return succession;
}

}  // namespace

std::string sign_succession(std::string_view name, const crypto::SigningKey& old_key,
                            const crypto::SigningKey& new_key) {
    const Succession succession{name, old_key.verify_key(), new_key.verify_key()};
    PILLARBOX_CHECK(succession.old_key != succession.new_key);
    const std::string text = format_text(succession);
    const std::string by_new = sign_note(text, name, new_key);
    // A note's signatures are lines under one text.
    return sign_note(text, name, old_key) + by_new.substr(text.size() + 1);
}

base::Result<crypto::VerifyKey> verify_succession(std::string_view note, std::string_view name,
                                                  const crypto::VerifyKey& old_key) {
    const std::string_view text = TRY(verify_note(note, name, old_key));
    auto succession = parse_succession_text(text);
    if (!succession.has_value()) {
        succession.error().code = base::ErrorCode::malformed;  // whatever a field said
        return std::unexpected(succession.error());
    }
    if (succession->name != name || succession->old_key != old_key) {
        return base::fail(base::ErrorCode::not_authentic, "succession", "It is about another key.");
    }
    TRY(verify_note(note, name, succession->new_key));
    return succession->new_key;
}

std::optional<crypto::VerifyKey> old_key_in(std::string_view note) {
    const std::size_t blank = note.rfind("\n\n");
    if (blank == std::string_view::npos) {
        return std::nullopt;
    }
    const auto parsed = parse_succession_text(note.substr(0, blank + 1));
    return parsed.has_value() ? std::optional(parsed->old_key) : std::nullopt;
}

std::vector<std::string_view> split_successions(std::string_view text) {
    std::vector<std::string_view> notes;
    const std::string next = "\n" + std::string(succession_first_line) + "\n";
    while (!text.empty() && notes.size() < successions_max) {
        const std::size_t end = text.find(next);
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        notes.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return notes;
}

base::Result<std::vector<crypto::VerifyKey>> follow_successions(std::string_view text, std::string_view name,
                                                                const crypto::VerifyKey& pinned) {
    const std::vector<std::string_view> notes = split_successions(text);
    std::vector<crypto::VerifyKey> followed;
    crypto::VerifyKey reached = pinned;
    while (followed.size() < notes.size()) {  // no longer where they lead in a ring
        const auto next =
            std::ranges::find_if(notes, [&](std::string_view note) { return old_key_in(note) == reached; });
        if (next == notes.end()) {
            break;
        }
        reached = TRY(verify_succession(*next, name, reached));
        followed.push_back(reached);
    }
    return followed;
}

}  // namespace pillarbox::batch
