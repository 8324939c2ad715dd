// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/zip/writer.hpp"

#include <zip.h>

#include <memory>

namespace pillarbox::zip {
namespace {

constexpr zip_uint16_t dos_midnight = 0;
constexpr zip_uint16_t dos_first_day = (0U << 9U) | (1U << 5U) | 1U;  // 1980-01-01, the first that zip knows

struct SourceCloser {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct ArchiveCloser {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};

base::Error failed() {
    return {base::ErrorCode::input_output, "", "The document could not be packed.",
            "Free some memory and try again."};
}

bool add(zip_t* archive, const Entry& entry) {
    // The content lives until the archive is closed: no copy.
    zip_source_t* source = zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    if (source == nullptr) {
        return false;
    }
    const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    const auto position = static_cast<zip_uint64_t>(index);
    const zip_int32_t method = entry.packing == Packing::stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    return zip_set_file_compression(archive, position, method, 0) == 0 &&
           zip_file_set_dostime(archive, position, dos_midnight, dos_first_day, 0) == 0;
}

base::Result<base::Bytes> content_of(zip_source_t* source) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 || zip_source_open(source) != 0) {
        return std::unexpected(failed());
    }
    base::Bytes bytes(stat.size);
    const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (read < 0 || static_cast<std::size_t>(read) != bytes.size()) {
        return std::unexpected(failed());
    }
    return bytes;
}

}  // namespace

base::Result<base::Bytes> write(const std::vector<Entry>& entries) {
    zip_error_t error;
    zip_error_init(&error);
    const std::unique_ptr<zip_source_t, SourceCloser> target(zip_source_buffer_create(nullptr, 0, 0, &error));
    std::unique_ptr<zip_t, ArchiveCloser> archive(
        target == nullptr ? nullptr : zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
    zip_error_fini(&error);
    if (archive == nullptr) {
        return std::unexpected(failed());
    }
    zip_source_keep(target.get());  // the archive frees its own hold of it
    for (const Entry& entry : entries) {
        if (!add(archive.get(), entry)) {
            return std::unexpected(failed());
        }
    }
    if (zip_close(archive.get()) != 0) {
        return std::unexpected(failed());
    }
    (void)archive.release();  // zip_close freed it
    return content_of(target.get());
}

}  // namespace pillarbox::zip
