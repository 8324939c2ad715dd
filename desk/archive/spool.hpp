// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opened responses on their way into bags, put into an order that says nothing about who came first (day, then uuid)
// without all of them being in memory: sorted into files by day and by the first letter of the uuid, which are then
// read one after the other. Plaintext: the folder is the caller's, private, and removed with all that is in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::archive {

struct SpooledRecord {
    exports::Record record;
    batch::WithdrawalTag tag{};
};

class Spool {
  public:
    // Makes the folder, and empties it where it is there.
    [[nodiscard]] static base::Result<Spool> create(const std::filesystem::path& folder);
    ~Spool();
    Spool(Spool&&) noexcept;
    Spool& operator=(Spool&&) = delete;

    // `encoded` is the submission, padded as it was sealed.
    [[nodiscard]] base::Result<void> add(const submission::Submission& submission, base::ByteView encoded,
                                         const std::string& station, const batch::WithdrawalTag& tag);
    // By day, then uuid. Nothing may be added any more.
    [[nodiscard]] base::Result<void> read(const std::function<base::Result<void>(const SpooledRecord&)>& take);

  private:
    explicit Spool(std::filesystem::path folder);
    base::Result<void> flush(const std::string& name, base::Bytes& waiting);

    std::filesystem::path folder_;
    std::map<std::string, base::Bytes> waiting_;  // by file name: what is not written yet
};

}  // namespace pillarbox::archive
