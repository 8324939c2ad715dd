// SPDX-License-Identifier: GPL-3.0-or-later
//
// A rotation, and what is found where it was cut short:
//   1. store.key.next   the new seed          the old key signs as ever; the next try takes the same new key
//   2. successions.txt  old introduces new    unavailable: with the old key still in place, a kiosk that has come to
//                                             the new one would believe nothing that this store signs
//   3. store.key        becomes the new seed  done, but for the file of step 1
#include "sync/store/key_history.hpp"

#include "core/base/file.hpp"
#include "sync/protocol/seed_file.hpp"
#include "sync/store/folder.hpp"

namespace pillarbox::store {
namespace {

namespace fs = std::filesystem;

fs::path next_key_path(const fs::path& folder) {
    return folder / "store.key.next";
}

base::Result<std::string> read_successions(const fs::path& folder) {
    const auto bytes = base::read_file(successions_path(folder), batch::successions_size_bytes_max);
    if (!bytes.has_value() && bytes.error().code == base::ErrorCode::not_found) {
        return std::string();
    }
    return bytes.has_value() ? base::Result<std::string>(base::text_of(*bytes)) : std::unexpected(bytes.error());
}

std::unexpected<base::Error> does_not_lead(const fs::path& folder) {
    return base::fail(base::ErrorCode::damaged, successions_path(folder).string(),
                      "It does not lead to the key in store.key.",
                      "Put back store.key and successions.txt from the same copy.");
}

// Every key that the file names, in its order, each introduced by the one before.
base::Result<std::vector<crypto::VerifyKey>> keys_in(const fs::path& folder, std::string_view text,
                                                     std::string_view name) {
    const auto notes = batch::split_successions(text);
    const auto first = notes.empty() ? std::nullopt : batch::old_key_in(notes.front());
    if (!first.has_value()) {
        return text.empty() ? base::Result<std::vector<crypto::VerifyKey>>() : does_not_lead(folder);
    }
    std::vector<crypto::VerifyKey> keys{*first};
    const auto followed = batch::follow_successions(text, name, *first);
    if (!followed.has_value() || followed->size() != notes.size()) {
        return does_not_lead(folder);
    }
    keys.insert(keys.end(), followed->begin(), followed->end());
    return keys;
}

base::Result<crypto::SigningKey> next_key(const fs::path& folder, base::Random& random) {
    auto drawn = protocol::read_seed_file(next_key_path(folder));
    if (drawn.has_value() || drawn.error().code != base::ErrorCode::not_found) {
        return drawn;
    }
    auto key = crypto::SigningKey::generate(random);
    TRY(protocol::write_seed_file(next_key_path(folder), key));
    return key;
}

}  // namespace

base::Result<KeyHistory> read_key_history(const fs::path& folder, std::string_view name,
                                          const crypto::VerifyKey& today) {
    KeyHistory history{TRY(read_successions(folder)), {}};
    history.earlier = TRY(keys_in(folder, history.text, name));
    if (history.earlier.empty()) {
        return history;
    }
    const bool cut_short = history.earlier.back() != today && history.earlier.size() >= 2 &&
                           history.earlier[history.earlier.size() - 2] == today;
    if (cut_short) {
        return base::fail(base::ErrorCode::unavailable, folder.string(),
                          "A rotation of the store's key was cut short.",
                          "Run 'pillarbox-store key rotate' again: it goes on where it was.");
    }
    if (history.earlier.back() != today) {
        return does_not_lead(folder);
    }
    history.earlier.pop_back();
    return history;
}

std::string_view succession_of(const KeyHistory& history, const crypto::VerifyKey& key) {
    for (const std::string_view note : batch::split_successions(history.text)) {
        if (batch::old_key_in(note) == key) {
            return note;
        }
    }
    return {};
}

base::Result<crypto::VerifyKey> rotate_store_key(const fs::path& folder, std::string_view name,
                                                 base::Random& random) {
    const auto old_key = TRY(protocol::read_seed_file(signing_key_path(folder)));
    const auto new_key = TRY(next_key(folder, random));
    std::string text = TRY(read_successions(folder));
    const auto keys = TRY(keys_in(folder, text, name));
    const bool introduced = !keys.empty() && keys.back() == new_key.verify_key();
    const bool goes_on = keys.empty() || introduced || keys.back() == old_key.verify_key();
    if (!goes_on) {
        return does_not_lead(folder);
    }
    if (keys.size() > batch::successions_max) {
        return base::fail(base::ErrorCode::limit_exceeded, folder.string(), "The key was changed as often as it can.",
                          "Make a new store, and enrol the kiosks there.");
    }
    if (!introduced) {
        text += batch::sign_succession(name, old_key, new_key);
        TRY(base::write_file(successions_path(folder), base::view_of(text)));
    }
    TRY(protocol::write_seed_file(signing_key_path(folder), new_key));
    std::error_code status;
    fs::remove(next_key_path(folder), status);
    if (status) {
        return std::unexpected(base::error_of_errno(status.value(), next_key_path(folder), "removed"));
    }
    return new_key.verify_key();
}

}  // namespace pillarbox::store
