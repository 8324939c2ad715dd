// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/keys/share_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/file.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/words.hpp"
#include "core/envelope/bech32.hpp"
#include "desk/keys/key_file.hpp"

namespace pillarbox::keys {
namespace {

constexpr std::string_view mark = "PILLARBOX-KEY-SHARE-1";
constexpr std::string_view recipient_mark = "# key: ";
constexpr std::size_t share_file_size_bytes_max = std::size_t{64} << 10U;
constexpr std::size_t words_in_line = 7;
constexpr std::size_t secret_size_bytes = 32;

std::unexpected<base::Error> no_share(const std::string& where, std::string what) {
    return base::fail(base::ErrorCode::malformed, where, std::move(what),
                      "Compare it with the paper or the other copy of this share, letter by letter.");
}

// Over the recipient too: the share of one key under the name of another is no share.
std::string check_of(std::string_view line, const envelope::Recipient& recipient) {
    crypto::SecretBytes joined(line.size() + recipient.bytes.size());
    std::ranges::copy(recipient.bytes, std::ranges::copy(base::view_of(line), joined.bytes().begin()).out);
    return base::to_hex(crypto::sha256(joined.view())).substr(0, 8);
}

// The line without its check and the space before it.
crypto::SecretBytes line_of(const KeyShare& share) {
    std::string encoded = base::to_base64(share.share.bytes.view());
    std::string line =
        fmt::format("{} {} {} {} {} {}", mark, share.share.number, share.need, share.of, share.set, encoded);
    crypto::SecretBytes result = crypto::SecretBytes::copy_of(base::view_of(line));
    crypto::wipe({reinterpret_cast<std::uint8_t*>(encoded.data()), encoded.size()});
    crypto::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    return result;
}

std::string instructions(const KeyShare& share) {
    return fmt::format(
        "# Share {0} of {1} of a Pillarbox sealing key. Any {2} shares give the key back; with fewer nobody learns\n"
        "# anything about it. Keep this where the other shares are not, and tell nobody.\n"
        "#\n"
        "# To use it, bring {2} shares to the desk, a machine without a network, and run there:\n"
        "#   pillarbox key join share-1-of-{1}.txt share-2-of-{1}.txt --out sealing.key\n"
        "# To check a copy, run `pillarbox key share-words FILE` and compare these words:\n"
        "#   {3}\n"
        "{4}{5}\n",
        share.share.number, share.of, share.need, words_of_share(share), recipient_mark,
        envelope::format_recipient(share.recipient));
}

std::vector<std::string_view> words_in(std::string_view line) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const std::size_t end = line.find(' ');
        words.push_back(line.substr(0, end));
        line = end == std::string_view::npos ? std::string_view{} : line.substr(end + 1);
    }
    return words;
}

std::string_view line_with(std::string_view text, std::string_view start) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        if (line.starts_with(start)) {
            return line;
        }
    }
    return {};
}

// 1 to 255; 0 where it is none.
unsigned number_in(std::string_view word) {
    unsigned number = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    return problem == std::errc{} && end == word.data() + word.size() && number <= 255 ? number : 0;
}

base::Result<void> check_together(const std::vector<KeyShare>& shares) {
    const auto& first = shares.front();
    for (const KeyShare& share : shares) {
        if (share.set != first.set || share.recipient != first.recipient || share.need != first.need) {
            return base::fail(base::ErrorCode::conflict, "shares", "The shares are not of one splitting of one key.",
                              "Bring shares whose files name the same key and were made together.");
        }
        if (std::ranges::count(shares, share.share.number, [](const KeyShare& other) { return other.share.number; }) >
            1) {
            return base::fail(base::ErrorCode::conflict, "shares", "One share was named twice.",
                              "Two copies of one share count once: bring another person's.");
        }
    }
    if (shares.size() < first.need) {
        return base::fail(base::ErrorCode::not_found, "shares",
                          fmt::format("{} of the {} shares that are needed are here.", shares.size(), first.need),
                          "Bring another person's share.");
    }
    return {};
}

}  // namespace

crypto::SecretBytes format_share(const KeyShare& share) {
    const std::string head = instructions(share);
    const crypto::SecretBytes line = line_of(share);
    const std::string check = " " + check_of(base::text_of(line.view()), share.recipient) + "\n";
    crypto::SecretBytes text(head.size() + line.size() + check.size());
    auto end = std::ranges::copy(base::view_of(head), text.bytes().begin()).out;
    end = std::ranges::copy(line.view(), end).out;
    std::ranges::copy(base::view_of(check), end);
    return text;
}

base::Result<KeyShare> parse_share(base::ByteView text, const std::string& where) {
    const std::string_view line = line_with(base::text_of(text), mark);
    const std::string_view recipient = line_with(base::text_of(text), recipient_mark);
    const std::vector<std::string_view> words = words_in(line);
    if (words.size() != words_in_line || words[0] != mark || recipient.empty()) {
        return no_share(where, "This is not a share of a key.");
    }
    KeyShare share;
    const auto parsed = envelope::parse_recipient(recipient.substr(recipient_mark.size()));
    if (!parsed.has_value()) {
        return no_share(where, "The share does not name its key rightly.");
    }
    share.recipient = *parsed;
    share.share.number = static_cast<std::uint8_t>(number_in(words[1]));
    share.need = number_in(words[2]);
    share.of = number_in(words[3]);
    share.set = std::string(words[4]);
    auto bytes = base::from_base64(words[5]);
    const std::string_view checked = line.substr(0, line.size() - words[6].size() - 1);
    const bool fits = bytes.has_value() && bytes->size() == secret_size_bytes && share.share.number > 0 &&
                      share.need >= 2 && share.of >= share.need && share.share.number <= share.of &&
                      check_of(checked, share.recipient) == words[6];
    if (bytes.has_value()) {
        share.share.bytes = crypto::SecretBytes::copy_of(*bytes);
        crypto::wipe(*bytes);
    }
    if (!fits) {
        return no_share(where, "The share is damaged: its check does not fit.");
    }
    return share;
}

base::Result<std::vector<KeyShare>> split_identity(const envelope::Identity& identity, const crypto::SharePlan& plan,
                                                   base::Random& random) {
    std::vector<crypto::SecretShare> parts = TRY(crypto::split_secret(identity.secret(), plan, random));
    std::array<std::uint8_t, 4> set{};
    random.fill(set);
    std::vector<KeyShare> shares;
    for (crypto::SecretShare& part : parts) {
        shares.push_back({std::move(part), plan.need, plan.shares, base::to_hex(set), identity.recipient()});
    }
    // Put together once before anybody trusts them: the first and the last of them.
    std::vector<crypto::SecretShare> tried;
    for (std::size_t index = shares.size() - plan.need; index < shares.size(); ++index) {
        tried.push_back({shares[index].share.number, crypto::SecretBytes::copy_of(shares[index].share.bytes.view())});
    }
    const crypto::SecretBytes joined = TRY(crypto::join_shares(tried));
    if (!crypto::equal_in_constant_time(joined.view(), identity.secret())) {
        return base::fail(base::ErrorCode::damaged, "shares", "The shares do not give the key back.",
                          "Do not use this machine.");
    }
    return shares;
}

base::Result<envelope::Identity> join_identity(std::vector<KeyShare> shares) {
    if (shares.empty()) {
        return base::fail(base::ErrorCode::usage, "shares", "There is no share.", "Name the share files.");
    }
    TRY(check_together(shares));
    const envelope::Recipient wanted = shares.front().recipient;
    std::vector<crypto::SecretShare> parts;
    for (KeyShare& share : shares) {
        parts.push_back(std::move(share.share));
    }
    const crypto::SecretBytes secret = TRY(crypto::join_shares(parts));
    crypto::SecretBytes text = envelope::encode_bech32("age-secret-key-", secret.view().first<secret_size_bytes>());
    std::ranges::transform(text.bytes(), text.bytes().begin(), [](std::uint8_t letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<std::uint8_t>(letter - 'a' + 'A') : letter;
    });
    envelope::Identity identity = TRY(envelope::Identity::parse(base::text_of(text.view())));
    if (identity.recipient() != wanted) {
        return base::fail(base::ErrorCode::damaged, "shares", "The shares give another key than the one they name.",
                          "One of them is wrong: try other pairs, and the other copies.");
    }
    return identity;
}

base::Result<std::vector<std::filesystem::path>> write_shares(const std::filesystem::path& folder,
                                                              const std::vector<KeyShare>& shares) {
    std::vector<std::filesystem::path> paths;
    for (const KeyShare& share : shares) {
        paths.push_back(folder / fmt::format("share-{}-of-{}.txt", share.share.number, share.of));
        TRY(refuse_existing(paths.back()));
    }
    TRY(base::make_folder(folder));
    for (std::size_t index = 0; index < shares.size(); ++index) {
        const crypto::SecretBytes text = format_share(shares[index]);
        TRY(base::write_file(paths[index], text.view(), base::FileMode::owner_only));
    }
    return paths;
}

base::Result<KeyShare> read_share(const std::filesystem::path& path) {
    base::Bytes bytes = TRY(base::read_file(path, share_file_size_bytes_max));
    auto share = parse_share(bytes, path.string());
    crypto::wipe(bytes);
    return share;
}

std::string words_of_share(const KeyShare& share) {
    const crypto::SecretBytes line = line_of(share);
    const crypto::Digest digest = crypto::sha256(line.view());
    return std::string(base::text_of(crypto::words_of(base::ByteView(digest).first(4)).view()));
}

}  // namespace pillarbox::keys
