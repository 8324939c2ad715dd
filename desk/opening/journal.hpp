// SPDX-License-Identifier: GPL-3.0-or-later
//
// The journal of opened envelopes, `opened.journal` in the output folder: makes `pillarbox open` resumable, and a
// second run over a larger export quick. It holds plaintext and is owner-only. Layout:
//
//   "pillarbox-opened-1\n"
//   record*: body size (4 bytes, big-endian) | SHA-256(body) | body = CBOR [envelope digest, encoded submission]
//
// Crash reasoning: records are only appended, and written before they count. A record that a kill or a full disk cut
// short fails its size or digest; reading stops there and the rest is cut off: at worst those envelopes are opened
// once more.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/hash.hpp"

namespace pillarbox::opening {

class Journal {
  public:
    // Makes the file where there is none, and locks it. malformed where a file of this name is something else,
    // conflict where another process holds it.
    [[nodiscard]] static base::Result<Journal> open(const std::filesystem::path& path);
    ~Journal();
    Journal(Journal&&) noexcept;
    Journal& operator=(Journal&&) noexcept;

    using Entry = std::pair<crypto::Digest, base::Bytes>;  // envelope digest, encoded submission

    [[nodiscard]] const base::Bytes* find(const crypto::Digest& envelope_digest) const;  // null where it is not there
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    // Durable when it returns success.
    [[nodiscard]] base::Result<void> append(const std::vector<Entry>& entries);

    // Forgets every entry but these: a response that was withdrawn from the store must not live on here.
    [[nodiscard]] base::Result<void> keep_only(const std::vector<crypto::Digest>& envelope_digests);

  private:
    Journal(std::filesystem::path path, int descriptor);
    base::Result<void> load();
    base::Result<void> cut_tail();
    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t end_ = 0;  // where the next record goes
    std::map<crypto::Digest, base::Bytes> entries_;
};

}  // namespace pillarbox::opening
