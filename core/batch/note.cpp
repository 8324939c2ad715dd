// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/batch/note.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/bytes.hpp"
#include "core/base/check.hpp"
#include "core/base/utf8.hpp"
#include "core/crypto/hash.hpp"

namespace pillarbox::batch {
namespace {

using base::ErrorCode;

constexpr std::uint8_t algorithm_ed25519 = 0x01;
constexpr std::string_view line_start = "\xE2\x80\x94 ";  // an em dash and a space
constexpr std::size_t key_hash_size_bytes = 4;
using KeyHash = std::array<std::uint8_t, key_hash_size_bytes>;

std::unexpected<base::Error> not_a_note(std::string what) {
    return base::fail(ErrorCode::malformed, "signed note", std::move(what));
}

KeyHash key_hash_of(std::string_view name, const crypto::VerifyKey& key) {
    base::Bytes bytes = base::bytes_of(name);
    bytes.push_back('\n');
    bytes.push_back(algorithm_ed25519);
    bytes.insert(bytes.end(), key.bytes.begin(), key.bytes.end());
    const crypto::Digest digest = crypto::sha256(bytes);
    KeyHash hash{};
    std::copy_n(digest.begin(), hash.size(), hash.begin());
    return hash;
}

bool is_control(char letter) {
    return (letter >= '\0' && letter < ' ') || letter == '\x7f';
}

bool is_note_text(std::string_view text) {
    const auto stray = [](char letter) { return letter != '\n' && is_control(letter); };
    return !text.empty() && text.back() == '\n' && base::is_utf8(text) && std::ranges::none_of(text, stray);
}

struct SignatureLine {
    std::string_view name;
    base::Bytes blob;  // key hash, then the signature
};

base::Result<SignatureLine> parse_line(std::string_view line) {
    if (!line.starts_with(line_start)) {
        return not_a_note("A signature line does not start with an em dash.");
    }
    line.remove_prefix(line_start.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_note_name(line.substr(0, space))) {
        return not_a_note("A signature line has no key name.");
    }
    base::Bytes blob = TRY(base::from_base64(line.substr(space + 1)));
    if (blob.size() <= key_hash_size_bytes) {
        return not_a_note("A signature line is too short.");
    }
    return SignatureLine{line.substr(0, space), std::move(blob)};
}

}  // namespace

bool is_note_name(std::string_view name) {
    // The white space of Unicode that is not ASCII, in UTF-8: a name must not look like two fields to anybody.
    constexpr std::array<std::string_view, 8> wide_spaces{"\u0085", "\u00A0", "\u1680", "\u2028",
                                                          "\u2029", "\u202F", "\u205F", "\u3000"};
    const auto holds = [name](std::string_view space) { return name.find(space) != std::string_view::npos; };
    // U+2000 to U+200A share their first two bytes and a third one from 0x80 to 0x8A.
    for (std::size_t at = name.find("\xE2\x80"); at != std::string_view::npos; at = name.find("\xE2\x80", at + 2)) {
        if (at + 2 < name.size() && static_cast<std::uint8_t>(name[at + 2]) <= 0x8AU) {
            return false;
        }
    }
    const auto refused = [](char letter) { return letter == ' ' || letter == '+' || is_control(letter); };
    return !name.empty() && name.size() <= note_name_size_bytes_max && base::is_utf8(name) &&
           std::ranges::none_of(name, refused) && std::ranges::none_of(wide_spaces, holds);
}

std::string sign_note(std::string_view text, std::string_view name, const crypto::SigningKey& key) {
    PILLARBOX_CHECK(is_note_text(text));
    PILLARBOX_CHECK(is_note_name(name));
    const KeyHash key_hash = key_hash_of(name, key.verify_key());
    const crypto::Signature signature = key.sign(base::view_of(text));
    base::Bytes blob(key_hash.begin(), key_hash.end());
    blob.insert(blob.end(), signature.begin(), signature.end());
    std::string note(text);
    note.append("\n").append(line_start).append(name).append(" ").append(base::to_base64(blob)).append("\n");
    return note;
}

base::Result<std::string_view> verify_note(std::string_view note, std::string_view name,
                                           const crypto::VerifyKey& key) {
    if (note.size() > note_size_bytes_max) {
        return not_a_note("It is too long.");
    }
    // The last blank line divides, since the text itself may hold blank lines.
    const std::size_t blank = note.rfind("\n\n");
    if (blank == std::string_view::npos || !is_note_text(note)) {
        return not_a_note("It is no text with signature lines under it.");
    }
    const std::string_view text = note.substr(0, blank + 1);
    std::string_view lines = note.substr(blank + 2);
    const KeyHash key_hash = key_hash_of(name, key);
    bool verified = false;
    for (std::size_t count = 0; !lines.empty(); ++count) {
        if (count == note_signatures_max) {
            return not_a_note("It has too many signature lines.");
        }
        const std::size_t end = lines.find('\n');  // there is one: a note text ends in a newline
        const SignatureLine line = TRY(parse_line(lines.substr(0, end)));
        lines.remove_prefix(end + 1);
        if (line.name != name || !std::equal(key_hash.begin(), key_hash.end(), line.blob.begin())) {
            continue;
        }
        const auto signature = base::array_of<std::tuple_size_v<crypto::Signature>>(
            base::ByteView(line.blob).subspan(key_hash_size_bytes));
        if (!signature.has_value() || !crypto::verifies(key, base::view_of(text), *signature)) {
            return base::fail(ErrorCode::not_authentic, "signed note",
                              "A signature of the pinned key does not verify.");
        }
        verified = true;
    }
    if (!verified) {
        return base::fail(ErrorCode::not_authentic, "signed note", "It is not signed by the pinned key.");
    }
    return text;
}

}  // namespace pillarbox::batch
