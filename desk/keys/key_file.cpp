// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/keys/key_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/envelope/armor.hpp"

namespace pillarbox::keys {
namespace {

constexpr std::size_t key_file_size_bytes_max = std::size_t{64} << 10U;
constexpr std::string_view signing_key_mark = "PILLARBOX-SIGNING-KEY-1 ";
constexpr std::string_view sealing_key_mark = "AGE-SECRET-KEY-1";
constexpr std::string_view own_keys_remedy = "Name a file that `pillarbox key new` made.";

// The pieces joined in locked memory, so that no copy of the secret stays in the ordinary heap.
crypto::SecretBytes key_text(std::string_view comments, base::ByteView secret_line) {
    crypto::SecretBytes text(comments.size() + secret_line.size() + 1);
    auto end = std::ranges::copy(base::view_of(comments), text.bytes().begin()).out;
    end = std::ranges::copy(secret_line, end).out;
    *end = '\n';
    return text;
}

// Opened again before it is written: a key that was wrapped wrongly would be found out when it is too late.
base::Result<base::Bytes> wrapped(const crypto::SecretBytes& text, const Wrapping& wrapping) {
    base::Bytes sealed =
        TRY(envelope::seal_with_passphrase(text.view(), wrapping.passphrase, wrapping.random, wrapping.log_n));
    const crypto::SecretBytes again =
        TRY(envelope::open_with_passphrase(sealed, wrapping.passphrase, key_file_size_bytes_max));
    PILLARBOX_CHECK(std::ranges::equal(again.view(), text.view()));
    return sealed;
}

base::Result<void> write_key_text(const std::filesystem::path& path, const crypto::SecretBytes& text,
                                  const Wrapping* wrapping) {
    TRY(refuse_existing(path));
    if (path.has_parent_path()) {
        TRY(base::make_folder(path.parent_path()));
    }
    if (wrapping == nullptr) {
        return base::write_file(path, text.view(), base::FileMode::owner_only);
    }
    const base::Bytes sealed = TRY(wrapped(text, *wrapping));
    return base::write_file(path, sealed, base::FileMode::owner_only);
}

struct KeyFile {
    crypto::SecretBytes text;
    bool was_wrapped = false;
};

base::Result<KeyFile> open_key_file(base::ByteView bytes, const std::filesystem::path& path,
                                    const AskPassphrase& ask) {
    const bool is_wrapped = TRY(envelope::needs_passphrase(bytes));
    if (!is_wrapped) {
        return KeyFile{.text = crypto::SecretBytes::copy_of(bytes)};
    }
    if (!ask) {
        return base::fail(base::ErrorCode::usage, path.string(), "The key is wrapped by a passphrase.",
                          "Unwrap it first, or use a command that asks for the passphrase.");
    }
    const crypto::SecretBytes passphrase = TRY(ask(path));
    return KeyFile{.text = TRY(envelope::open_with_passphrase(bytes, passphrase.view(), key_file_size_bytes_max)),
                   .was_wrapped = true};
}

// `age --passphrase --armor` writes a wrapped key as text.
base::Result<KeyFile> open_text_or_binary(base::ByteView bytes, const std::filesystem::path& path,
                                          const AskPassphrase& ask) {
    if (!envelope::is_armored(bytes)) {
        return open_key_file(bytes, path, ask);
    }
    const base::Bytes plain = TRY(envelope::without_armor(bytes));
    return open_key_file(plain, path, ask);
}

base::Result<KeyFile> read_key_file(const std::filesystem::path& path, const AskPassphrase& ask) {
    base::Bytes bytes = TRY(base::read_file(path, key_file_size_bytes_max));
    auto file = open_text_or_binary(bytes, path, ask);
    crypto::wipe(bytes);
    if (!file.has_value() && file.error().where != path.string()) {
        base::Error error = std::move(file).error();
        error.where = path.string();
        return std::unexpected(std::move(error));
    }
    return file;
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

base::Result<std::vector<std::string>> public_keys_of(const crypto::SecretBytes& text,
                                                      const std::filesystem::path& path) {
    std::vector<std::string> keys;
    const std::string_view letters = base::text_of(text.view());
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

}  // namespace

base::Result<void> refuse_existing(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        return base::fail(base::ErrorCode::already_exists, path.string(), "There is a file of this name already.",
                          "Choose another name: a key that is overwritten is lost, with all that was sealed to it.");
    }
    return {};
}

base::Result<void> write_sealing_key(const std::filesystem::path& path, const envelope::Identity& identity,
                                     base::Day created, const Wrapping* wrapping) {
    const std::string comments = fmt::format(
        "# Pillarbox sealing key. Keep it secret and offline: it opens every response sealed to it.\n"
        "# created: {}\n# public key: {}\n",
        base::format_day(created), envelope::format_recipient(identity.recipient()));
    const crypto::SecretBytes line = identity.format();
    return write_key_text(path, key_text(comments, line.view()), wrapping);
}

base::Result<void> write_signing_key(const std::filesystem::path& path, const crypto::SigningKey& key,
                                     base::Day created, const Wrapping* wrapping) {
    const std::string comments = fmt::format(
        "# Pillarbox signing key. Keep it secret and offline: who holds it can publish campaign packs.\n"
        "# created: {}\n# public key: {}\n",
        base::format_day(created), base::to_base64(key.verify_key().bytes));
    std::string line = std::string(signing_key_mark) + base::to_base64(key.seed());
    const crypto::SecretBytes text = key_text(comments, base::view_of(line));
    std::ranges::fill(line, '\0');
    return write_key_text(path, text, wrapping);
}

base::Result<std::vector<envelope::Identity>> read_sealing_key(const std::filesystem::path& path,
                                                               const AskPassphrase& ask) {
    const KeyFile file = TRY(read_key_file(path, ask));
    return parse_sealing_key(file.text.view(), path);
}

base::Result<std::vector<envelope::Identity>> read_sealing_keys(const std::vector<std::string>& paths,
                                                                const AskPassphrase& ask) {
    std::vector<envelope::Identity> all;
    for (const std::string& path : paths) {
        auto identities = TRY(read_sealing_key(path, ask));
        std::ranges::move(identities, std::back_inserter(all));
    }
    return all;
}

base::Result<crypto::SigningKey> read_signing_key(const std::filesystem::path& path, const AskPassphrase& ask) {
    const KeyFile file = TRY(read_key_file(path, ask));
    return parse_signing_key(base::text_of(file.text.view()), path);
}

base::Result<std::vector<std::string>> public_keys_in(const std::filesystem::path& path, const AskPassphrase& ask) {
    const KeyFile file = TRY(read_key_file(path, ask));
    return public_keys_of(file.text, path);
}

base::Result<void> wrap_key_file(const std::filesystem::path& from, const std::filesystem::path& to,
                                 const Wrapping& wrapping) {
    base::Bytes bytes = TRY(base::read_file(from, key_file_size_bytes_max));
    const crypto::SecretBytes text = crypto::SecretBytes::copy_of(bytes);
    crypto::wipe(bytes);
    if (TRY(envelope::needs_passphrase(text.view()))) {
        return base::fail(base::ErrorCode::conflict, from.string(), "The key is wrapped already.",
                          "For another passphrase, unwrap it and wrap it again.");
    }
    static_cast<void>(TRY(public_keys_of(text, from)));  // a key file, and nothing else
    return write_key_text(to, text, &wrapping);
}

base::Result<void> unwrap_key_file(const std::filesystem::path& from, const std::filesystem::path& to,
                                   const AskPassphrase& ask) {
    TRY(refuse_existing(to));  // before anybody is asked
    const KeyFile file = TRY(read_key_file(from, ask));
    if (!file.was_wrapped) {
        return base::fail(base::ErrorCode::conflict, from.string(), "The key is not wrapped.", "Use it as it is.");
    }
    static_cast<void>(TRY(public_keys_of(file.text, from)));
    return write_key_text(to, file.text, nullptr);
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
