// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/hand_over.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>
#include <system_error>

#include "core/base/file.hpp"
#include "core/batch/receipt.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/parts.hpp"
#include "sync/store/uploads.hpp"

namespace pillarbox::store {
namespace {

namespace fs = std::filesystem;

using Numbered = std::map<std::uint64_t, fs::path>;

constexpr std::size_t entries_max = 100'000;  // of a folder: a stick full of names must not keep the store busy
constexpr std::size_t upload_size_bytes_max = std::size_t{4} << 20U;

bool is_of_type(const fs::path& path, fs::file_type type) {
    std::error_code status;
    return fs::symlink_status(path, status).type() == type;
}

std::optional<batch::LogId> log_id_in(const fs::path& folder) {
    const auto bytes = base::from_hex(folder.filename().string());
    batch::LogId log_id{};
    if (!bytes.has_value() || bytes->size() != log_id.size()) {
        return std::nullopt;
    }
    std::ranges::copy(*bytes, log_id.begin());
    return log_id;
}

// "000012.batch" -> 12
std::optional<std::uint64_t> number_in(const fs::path& file) {
    const std::string name = file.stem().string();
    std::uint64_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == name.data() + name.size();
    return whole && file.extension() == ".batch" ? std::optional(number) : std::nullopt;
}

base::Result<std::vector<fs::path>> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code status;
    for (fs::directory_iterator entry(folder, status), end; !status && entry != end; entry.increment(status)) {
        if (entries.size() == entries_max) {
            return base::fail(base::ErrorCode::limit_exceeded, folder.string(), "The folder holds too many files.");
        }
        entries.push_back(entry->path());
    }
    if (status) {
        return std::unexpected(base::error_of_errno(status.value(), folder, "read"));
    }
    return entries;
}

base::Result<Numbered> batches_in(const fs::path& folder) {
    Numbered batches;
    const auto entries = TRY(entries_of(folder));
    for (const fs::path& file : entries) {
        const auto number = number_in(file);
        if (number.has_value() && is_of_type(file, fs::file_type::regular)) {
            batches.emplace(*number, file);
        }
    }
    return batches;
}

BatchSource batches_of(const Numbered& batches, const batch::Limits& limits) {
    return [&batches, &limits](std::uint64_t number) -> base::Result<std::optional<base::Bytes>> {
        const auto file = batches.find(number);
        if (file == batches.end()) {
            return std::optional<base::Bytes>();
        }
        return std::optional(TRY(base::read_file(file->second, limits.batch_size_bytes_max)));
    };
}

// The bytes of a part file, where the stick has it.
base::Result<std::optional<base::Bytes>> part_file(const fs::path& folder, const crypto::Digest& envelope,
                                                   std::uint64_t number) {
    const fs::path file = folder / fmt::format("{}-{:04}.part", base::to_hex(envelope), number);
    if (!is_of_type(file, fs::file_type::regular)) {
        return std::optional<base::Bytes>();
    }
    constexpr std::size_t size_bytes_max = batch::part_size_bytes_max + batch::part_frame_size_bytes_max;
    return std::optional(TRY(base::read_file(file, size_bytes_max)));
}

base::Result<std::optional<base::Bytes>> piece_of(const fs::path& file, std::uint64_t offset,
                                                  std::size_t size_bytes) {
    base::Bytes bytes(size_bytes);
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(offset));
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return stream.good() ? std::optional(std::move(bytes)) : std::nullopt;  // shorter: it is not the envelope
}

// A store's export has an envelope whole, a stick in parts. Whoever asks holds what comes against the digest.
base::Result<std::optional<base::Bytes>> part_in(const fs::path& folder, const batch::LargeEnvelope& envelope,
                                                 std::uint64_t number, const batch::Limits& limits) {
    const fs::path whole = folder / (base::to_hex(envelope.digest) + ".envelope");
    if (is_of_type(whole, fs::file_type::regular)) {
        return piece_of(whole, (number - 1) * batch::part_size_bytes_max,
                        batch::part_size_bytes(envelope.size_bytes, number));
    }
    const auto bytes = TRY(part_file(folder, envelope.digest, number));
    if (!bytes.has_value()) {
        return bytes;
    }
    const batch::Part part = TRY(batch::parse_part(*bytes, limits));
    return std::optional(base::Bytes(part.content.begin(), part.content.end()));
}

RefillSource source_of(const fs::path& folder, const Numbered& batches, const batch::Limits& limits) {
    return {batches_of(batches, limits),
            [folder, &limits](const batch::LargeEnvelope& envelope, std::uint64_t number) {
                return part_in(folder, envelope, number, limits);
            }};
}

class KioskFolder {
  public:
    KioskFolder(Database& database, const batch::LogId& log_id, const batch::Limits& limits, base::Day today,
                fs::path folder)
        : database_(database), log_id_(log_id), limits_(limits), today_(today), folder_(std::move(folder)) {}

    base::Result<void> take(const fs::path& file) {
        auto batch = TRY(base::read_file(file, limits_.batch_size_bytes_max));
        const bool names_any = TRY(take_parts(batch));
        const bool full =
            size_bytes_ + batch.size() > upload_size_bytes_max || waiting_.size() == protocol::upload_batches_max;
        if (full) {
            TRY(flush());
        }
        size_bytes_ += batch.size();
        waiting_.push_back(std::move(batch));
        return names_any ? flush() : base::Result<void>{};
    }

    base::Result<void> flush() {
        if (waiting_.empty()) {
            return {};
        }
        const auto body = protocol::make_upload(waiting_);
        waiting_.clear();
        size_bytes_ = 0;
        const UploadOutcome outcome = TRY(take_upload(database_, log_id_, body, limits_, today_, Way::stick));
        receipt_ = outcome.receipt;
        new_responses_ += outcome.new_responses;
        if (outcome.verdict == UploadVerdict::refused) {
            return base::fail(base::ErrorCode::refused, base::to_hex(log_id_),
                              "This kiosk was revoked: what comes after its last batch that counts is kept apart.",
                              "Was that a mistake? See 'pillarbox-store kiosk readmit --help'.");
        }
        if (outcome.verdict == UploadVerdict::incomplete) {
            return base::fail(base::ErrorCode::conflict, base::to_hex(log_id_),
                              "The stick lacks parts of a large envelope.",
                              "Export at the kiosk again; what came is kept, and goes on from there.");
        }
        if (outcome.verdict == UploadVerdict::gap) {
            return base::fail(base::ErrorCode::conflict, base::to_hex(log_id_), "The stick lacks earlier batches.",
                              "Export at the kiosk again, with the receipt that is on the stick now.");
        }
        if (outcome.verdict == UploadVerdict::fork) {
            return base::fail(
                base::ErrorCode::conflict, base::to_hex(log_id_),
                "The stick contradicts what the store holds of this kiosk; what it has is kept beside that.",
                "The kiosk was copied or put back: keep it as it is, and enrol it anew.");
        }
        return {};
    }

    base::Result<void> fill_gaps(const Numbered& batches) {
        const auto filled = TRY(refill(database_, log_id_, source_of(folder_, batches, limits_)));
        new_responses_ += filled.responses;
        return {};
    }

    [[nodiscard]] const std::optional<batch::Receipt>& receipt() const { return receipt_; }
    [[nodiscard]] std::uint64_t new_responses() const { return new_responses_; }

  private:
    // The parts that the store lacks of what a batch names, right before the batch, as over the network. True where
    // it names any. What does not parse is left to the upload, which says why.
    base::Result<bool> take_parts(base::ByteView batch) {
        const auto parsed = batch::parse_batch(batch, limits_);
        if (!parsed.has_value() || parsed->header.log_id != log_id_) {
            return false;
        }
        const auto kiosk = TRY(find_kiosk(database_, log_id_));
        bool names_any = false;
        for (const batch::Item& item : parsed->items) {
            const bool is_wanted =
                item.large.has_value() && kiosk.has_value() && parsed->header.number > kiosk->stored;
            names_any = names_any || item.large.has_value();
            TRY(is_wanted ? take_large(*item.large) : base::Result<void>{});
        }
        return names_any;
    }

    base::Result<void> take_large(const batch::LargeEnvelope& envelope) {
        std::uint64_t held = TRY(parts_held(database_, log_id_, envelope.digest)).held;
        while (held < batch::part_count(envelope.size_bytes)) {
            const auto bytes = TRY(part_file(folder_, envelope.digest, held + 1));
            if (!bytes.has_value()) {
                return {};
            }
            const PartOutcome outcome = TRY(take_part(database_, log_id_, *bytes, limits_, today_));
            const bool is_of_it = outcome.parts.envelope == envelope.digest && outcome.parts.held > held;
            if (outcome.verdict != PartVerdict::held || !is_of_it) {
                return {};
            }
            held = outcome.parts.held;
        }
        return {};
    }

    Database& database_;
    batch::LogId log_id_;
    batch::Limits limits_;
    base::Day today_;
    fs::path folder_;
    std::vector<base::Bytes> waiting_;
    std::size_t size_bytes_ = 0;
    std::optional<batch::Receipt> receipt_;
    std::uint64_t new_responses_ = 0;
};

base::Result<void> take_all(KioskFolder& kiosk, const fs::path& folder) {
    const Numbered batches = TRY(batches_in(folder));
    TRY(kiosk.fill_gaps(batches));  // the stick may hold what the store lost meanwhile
    for (const auto& [number, file] : batches) {
        TRY(kiosk.take(file));
    }
    return kiosk.flush();
}

// The successions first: with a receipt by a new key alone, the kiosk could do nothing.
base::Result<void> write_answer(const fs::path& folder, std::string_view receipt_note, std::string_view successions) {
    if (!successions.empty()) {
        TRY(base::write_file(folder / "successions.txt", base::view_of(successions)));
    }
    return base::write_file(folder / "receipt.txt", base::view_of(receipt_note));
}

}  // namespace

base::Result<RefillReport> refill_from_folder(Database& database, const fs::path& source,
                                              const batch::Limits& limits) {
    RefillReport all;
    const auto kiosks = TRY(all_kiosks(database));
    for (const Kiosk& kiosk : kiosks) {
        const fs::path folder = source / base::to_hex(kiosk.log_id);
        const Numbered batches = is_of_type(folder, fs::file_type::directory) ? TRY(batches_in(folder)) : Numbered();
        const auto report = TRY(refill(database, kiosk.log_id, source_of(folder, batches, limits)));
        all.batches += report.batches;
        all.responses += report.responses;
        all.missing += report.missing;
    }
    return all;
}

base::Result<std::vector<KioskImport>> import_hand_over(Database& database, const crypto::SigningKey& store_key,
                                                        const batch::Limits& limits, const fs::path& source,
                                                        base::Day today, std::string_view successions) {
    std::vector<KioskImport> imports;
    const auto entries = TRY(entries_of(source));
    for (const fs::path& folder : entries) {
        const auto log_id = log_id_in(folder);
        if (!log_id.has_value() || !is_of_type(folder, fs::file_type::directory)) {
            continue;
        }
        KioskFolder kiosk(database, *log_id, limits, today, folder);
        KioskImport result{.log_id = base::to_hex(*log_id)};
        result.outcome = take_all(kiosk, folder);
        result.new_responses = kiosk.new_responses();
        // Also after a gap or a fork: the receipt is how the kiosk learns how far the store is.
        if (kiosk.receipt().has_value()) {
            result.stored = kiosk.receipt()->stored;
            const auto note = batch::sign_receipt(*kiosk.receipt(), database.identity().name, store_key);
            const auto written = write_answer(folder, note, successions);
            result.outcome = result.outcome.has_value() ? written : result.outcome;
        }
        imports.push_back(std::move(result));
    }
    if (imports.empty()) {
        return base::fail(base::ErrorCode::not_found, source.string(), "There is nothing of a kiosk in this folder.",
                          "Name the folder that `pillarbox-sync export` wrote.");
    }
    return imports;
}

}  // namespace pillarbox::store
