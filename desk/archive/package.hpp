// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes a campaign's packages for the archive, bags of four classes, each kept as long as its class says:
//
//   closed-envelopes  the store's export: sealed envelopes, chains and receipts
//   closed-responses  the opened responses without contact details; workbook, notices, codebook
//   closed-contacts   names and addresses that were given for contact, apart as the kiosk's notice promises
//   open              what the committee released: workbook, notices, codebook, the anonymised responses, and the
//                     files that it names
//
// Withdrawn responses are in none of them. The bytes follow from the input and the day alone. Memory does not grow
// with the number of responses, but for some 70 bytes each, by which duplicates are known.
// docs/formats/archive.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/envelope/envelope.hpp"
#include "desk/archive/retention.hpp"
#include "desk/archive/withdrawn.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/opening/export_folder.hpp"
#include "desk/opening/progress.hpp"

namespace pillarbox::archive {

// A pack as it was given out, and what it says.
struct PackVersion {
    campaign::Campaign campaign;
    base::Bytes pack;
};

struct PackageSettings {
    std::vector<PackVersion> packs;  // one or more of one campaign; the last one's form names the answers
    WithdrawnTags withdrawn;
    Retention retention;
    std::filesystem::path released;  // a folder of files for the open package; empty: none
    // Writes the responses as anyone may read them into a folder, and tells the files' names; for the open package.
    std::function<base::Result<std::vector<std::string>>(const std::filesystem::path&)> write_anonymised = {};
    base::Day day{};  // on which the bags are made
    std::uint64_t bag_size_bytes_max = std::uint64_t{2} << 30U;
    unsigned jobs = 1;  // threads that open envelopes
};

struct PackageReport {
    std::vector<std::string> bags;
    std::uint64_t responses = 0, duplicates = 0, tests = 0, damaged = 0, withdrawn = 0, other_campaigns = 0;
};

// `out` must not be there: it appears when all bags are whole.
[[nodiscard]] base::Result<PackageReport> make_packages(const std::filesystem::path& out,
                                                        const opening::ExportFolder& folder,
                                                        const opening::ExportReport& checked,
                                                        const std::vector<envelope::Identity>& identities,
                                                        const PackageSettings& settings, opening::Progress& progress);

}  // namespace pillarbox::archive
