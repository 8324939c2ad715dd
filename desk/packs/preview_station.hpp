// SPDX-License-Identifier: GPL-3.0-or-later
//
// A station made up for an author who wants to see their workbook on a kiosk. Its keys are drawn for it and forgotten
// at once, so that nobody can open what is answered there; its store is not there. The folder goes when this goes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signing.hpp"
#include "core/envelope/envelope.hpp"

namespace pillarbox::packs {

class PreviewStation {
  public:
    // An empty folder for it under the system's folder for temporary files.
    [[nodiscard]] static base::Result<PreviewStation> make(base::Random& random);
    ~PreviewStation();
    PreviewStation(PreviewStation&& other) noexcept;
    PreviewStation& operator=(PreviewStation&& other) = delete;
    PreviewStation(const PreviewStation&) = delete;
    PreviewStation& operator=(const PreviewStation&) = delete;

    // Puts the workbook in as the next version of the campaign; a running kiosk sees it. `where` is its name in
    // errors, which are those of `campaign check` and of a pack.
    [[nodiscard]] base::Result<void> install(base::ByteView workbook, const std::string& where);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    PreviewStation(std::filesystem::path folder, crypto::SigningKey key, const envelope::Recipient& recipient);

    std::filesystem::path folder_;  // empty: moved away
    crypto::SigningKey key_;
    envelope::Recipient recipient_;
    std::uint64_t version_ = 0;
};

// `today` where the campaign takes answers then, else its first day.
[[nodiscard]] base::Result<base::Day> preview_day(base::ByteView workbook, const std::string& where, base::Day today);

}  // namespace pillarbox::packs
