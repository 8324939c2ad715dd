// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/spool.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "core/base/file.hpp"
#include "core/cbor/cbor.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t waiting_size_bytes_max = std::size_t{32} << 10U;
constexpr std::size_t spool_file_size_bytes_max = std::size_t{2} << 30U;
constexpr std::size_t station_size_bytes_max = 10'000;

std::string file_name_of(const submission::Submission& submission) {
    return fmt::format("{}-{:x}", base::format_day(submission.day), submission.uuid[0] >> 4U);
}

base::Result<SpooledRecord> read_record(cbor::Reader& reader) {
    TRY(reader.array_of(3));
    const base::ByteView tag = TRY(reader.bytes(32));
    const std::string_view station = TRY(reader.text(station_size_bytes_max));
    const base::ByteView encoded = TRY(reader.bytes(submission::size_bytes_max));
    SpooledRecord spooled;
    spooled.tag = TRY(base::array_of<32>(tag));
    spooled.record.station = std::string(station);
    spooled.record.submission = TRY(submission::decode(encoded));
    return spooled;
}

}  // namespace

Spool::Spool(fs::path folder) : folder_(std::move(folder)) {}

Spool::Spool(Spool&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), waiting_(std::move(other.waiting_)) {}

Spool::~Spool() {
    if (!folder_.empty()) {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
}

base::Result<Spool> Spool::create(const fs::path& folder) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    Spool spool(folder);
    TRY(base::make_folder(folder));
    if (::chmod(folder.c_str(), S_IRWXU) != 0) {
        return std::unexpected(base::error_of_errno(errno, folder, "made private"));
    }
    return spool;
}

base::Result<void> Spool::add(const submission::Submission& submission, base::ByteView encoded,
                              const std::string& station, const batch::WithdrawalTag& tag) {
    cbor::Writer writer;
    writer.array(3).bytes(tag).text(station).bytes(encoded);
    const std::string name = file_name_of(submission);
    base::Bytes& waiting = waiting_[name];
    waiting.insert(waiting.end(), writer.result().begin(), writer.result().end());
    return waiting.size() < waiting_size_bytes_max ? base::Result<void>{} : flush(name, waiting);
}

base::Result<void> Spool::flush(const std::string& name, base::Bytes& waiting) {
    std::ofstream file(folder_ / name, std::ios::binary | std::ios::app);
    file.write(base::text_of(waiting).data(), static_cast<std::streamsize>(waiting.size()));
    file.flush();
    if (!file) {
        return std::unexpected(base::error_of_errno(errno != 0 ? errno : EIO, folder_ / name, "written"));
    }
    waiting = {};
    return {};
}

base::Result<void> Spool::read(const std::function<base::Result<void>(const SpooledRecord&)>& take) {
    for (auto& [name, waiting] : waiting_) {
        TRY(flush(name, waiting));
    }
    for (const auto& [name, waiting] : waiting_) {
        std::vector<SpooledRecord> records;
        {
            const base::Bytes bytes = TRY(base::read_file(folder_ / name, spool_file_size_bytes_max));
            cbor::Reader reader(bytes);
            while (!reader.at_end()) {
                SpooledRecord record = TRY(read_record(reader));
                records.push_back(std::move(record));
            }
        }
        std::ranges::sort(records, {}, [](const SpooledRecord& spooled) { return spooled.record.submission.uuid; });
        for (const SpooledRecord& record : records) {
            TRY(take(record));
        }
        std::error_code ignored;
        fs::remove(folder_ / name, ignored);
    }
    return {};
}

}  // namespace pillarbox::archive
