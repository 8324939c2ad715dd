// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/keys/key_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/file.hpp"

namespace pillarbox::keys {
namespace {

constexpr std::size_t key_file_size_bytes_max = std::size_t{64} << 10U;
constexpr std::string_view signing_key_mark = "PILLARBOX-SIGNING-KEY-1 ";
constexpr std::string_view sealing_key_mark = "AGE-SECRET-KEY-1";
constexpr std::string_view own_keys_remedy = "Name a file that `pillarbox key new` made.";

base::Result<void> refuse_existing(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        return base::fail(base::ErrorCode::already_exists, path.string(), "There is a file of this name already.",
                          "Choose another name: a key that is overwritten is lost, with all that was sealed to it.");
    }
    return {};
}

// The pieces joined in locked memory, so that no copy of the secret stays in the ordinary heap.
base::Result<void> write_secret_file(const std::filesystem::path& path, std::string_view comments,
                                     base::ByteView secret_line) {
    TRY(refuse_existing(path));
    if (path.has_parent_path()) {
        TRY(base::make_folder(path.parent_path()));
    }
    crypto::SecretBytes text(comments.size() + secret_line.size() + 1);
    auto end = std::ranges::copy(base::view_of(comments), text.bytes().begin()).out;
    end = std::ranges::copy(secret_line, end).out;
    *end = '\n';
    return base::write_file(path, text.view(), base::FileMode::owner_only);
}

base::Result<crypto::SecretBytes> read_secret_file(const std::filesystem::path& path) {
    base::Bytes bytes = TRY(base::read_file(path, key_file_size_bytes_max));
    crypto::SecretBytes text = crypto::SecretBytes::copy_of(bytes);
    crypto::wipe(bytes);
    return text;
}

// The first line that begins with the mark, without it; empty where there is none.
std::string_view line_after(std::string_view text, std::string_view mark) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.starts_with(mark)) {
            return line.substr(mark.size());
        }
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return {};
}

base::Result<crypto::SigningKey> parse_signing_key(std::string_view text, const std::filesystem::path& path) {
    const std::string_view encoded = line_after(text, signing_key_mark);
    auto seed = base::from_base64(encoded);
    if (encoded.empty() || !seed.has_value() || seed->size() != 32) {
        return base::fail(base::ErrorCode::malformed, path.string(), "This is not a signing key file.",
                          std::string(own_keys_remedy));
    }
    auto key = crypto::SigningKey::from_seed(*seed);
    crypto::wipe(*seed);
    return key;
}

base::Result<std::vector<envelope::Identity>> parse_sealing_key(base::ByteView text,
                                                                const std::filesystem::path& path) {
    auto identities = envelope::parse_identity_file(text);
    if (!identities.has_value() || identities->empty()) {
        return base::fail(base::ErrorCode::malformed, path.string(), "This is not a sealing key (age identity) file.",
                          std::string(own_keys_remedy));
    }
    return identities;
}

}  // namespace

base::Result<void> write_sealing_key(const std::filesystem::path& path, const envelope::Identity& identity,
                                     base::Day created) {
    const std::string comments = fmt::format(
        "# Pillarbox sealing key. Keep it secret and offline: it opens every response sealed to it.\n"
        "# created: {}\n# public key: {}\n",
        base::format_day(created), envelope::format_recipient(identity.recipient()));
    const crypto::SecretBytes line = identity.format();
    return write_secret_file(path, comments, line.view());
}

base::Result<void> write_signing_key(const std::filesystem::path& path, const crypto::SigningKey& key,
                                     base::Day created) {
    const std::string comments = fmt::format(
        "# Pillarbox signing key. Keep it secret and offline: who holds it can publish campaign packs.\n"
        "# created: {}\n# public key: {}\n",
        base::format_day(created), base::to_base64(key.verify_key().bytes));
    std::string line = std::string(signing_key_mark) + base::to_base64(key.seed());
    const crypto::SecretBytes locked = crypto::SecretBytes::copy_of(base::view_of(line));
    std::ranges::fill(line, '\0');
    return write_secret_file(path, comments, locked.view());
}

base::Result<std::vector<envelope::Identity>> read_sealing_key(const std::filesystem::path& path) {
    const crypto::SecretBytes text = TRY(read_secret_file(path));
    return parse_sealing_key(text.view(), path);
}

base::Result<crypto::SigningKey> read_signing_key(const std::filesystem::path& path) {
    const crypto::SecretBytes text = TRY(read_secret_file(path));
    return parse_signing_key(base::text_of(text.view()), path);
}

base::Result<std::vector<std::string>> public_keys_in(const std::filesystem::path& path) {
    const crypto::SecretBytes text = TRY(read_secret_file(path));
    const std::string_view letters = base::text_of(text.view());
    std::vector<std::string> keys;
    if (!line_after(letters, signing_key_mark).empty()) {
        const crypto::SigningKey key = TRY(parse_signing_key(letters, path));
        keys.push_back(base::to_base64(key.verify_key().bytes));
        return keys;
    }
    if (line_after(letters, sealing_key_mark).empty()) {
        return base::fail(base::ErrorCode::malformed, path.string(),
                          "This is neither a sealing nor a signing key file.", std::string(own_keys_remedy));
    }
    const std::vector<envelope::Identity> identities = TRY(parse_sealing_key(text.view(), path));
    for (const envelope::Identity& identity : identities) {
        keys.push_back(envelope::format_recipient(identity.recipient()));
    }
    return keys;
}

base::Result<crypto::VerifyKey> parse_verify_key(std::string_view base64, std::string_view where) {
    const auto bytes = base::from_base64(base64);
    if (!bytes.has_value() || bytes->size() != 32) {
        return base::fail(base::ErrorCode::usage, std::string(where),
                          "This is not a public key in base64 (44 characters).",
                          "Copy it from `pillarbox key show FILE`.");
    }
    crypto::VerifyKey key;
    std::ranges::copy(*bytes, key.bytes.begin());
    return key;
}

}  // namespace pillarbox::keys
