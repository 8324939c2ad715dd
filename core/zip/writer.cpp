// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/zip/writer.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

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

// Takes the source, also where it fails.
bool add(zip_t* archive, zip_source_t* source, const std::string& name, Packing packing) {
    if (source == nullptr) {
        return false;
    }
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    const auto position = static_cast<zip_uint64_t>(index);
    const zip_int32_t method = packing == Packing::stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
    return zip_set_file_compression(archive, position, method, 0) == 0 &&
           zip_file_set_dostime(archive, position, dos_midnight, dos_first_day, 0) == 0;
}

// A MadeEntry as libzip reads it.
struct Making {
    const MadeEntry* entry = nullptr;
    std::string piece;
    std::size_t read = 0;  // of the piece
    bool ended = false;
    std::optional<base::Error> problem;
    zip_error_t error{};
};

zip_int64_t read_made(Making& making, std::span<char> out) {
    std::size_t filled = 0;
    while (filled < out.size() && !making.ended) {
        if (making.read == making.piece.size()) {
            auto piece = making.entry->next_piece();
            if (!piece.has_value()) {
                making.problem = std::move(piece).error();
                zip_error_set(&making.error, ZIP_ER_READ, 0);
                return -1;
            }
            making.piece = *std::move(piece);
            making.read = 0;
            making.ended = making.piece.empty();
        }
        const std::size_t count = std::min(out.size() - filled, making.piece.size() - making.read);
        std::copy_n(making.piece.data() + making.read, count, out.data() + filled);
        making.read += count;
        filled += count;
    }
    return static_cast<zip_int64_t>(filled);
}

// https://libzip.org/documentation/zip_source_function.html
zip_int64_t answer_for_made(void* user, void* data, zip_uint64_t size, zip_source_cmd_t command) {
    Making& making = *static_cast<Making*>(user);
    switch (command) {
        case ZIP_SOURCE_READ:
            return read_made(making, {static_cast<char*>(data), static_cast<std::size_t>(size)});
        case ZIP_SOURCE_STAT:
            zip_stat_init(static_cast<zip_stat_t*>(data));  // its size is not known before its end
            return sizeof(zip_stat_t);
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&making.error, data, size);
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
        case ZIP_SOURCE_OPEN:
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE:
            return 0;
        default:  // what writes, and what later versions of libzip may ask for
            zip_error_set(&making.error, ZIP_ER_OPNOTSUPP, 0);
            return -1;
    }
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

// `add_all` puts the entries into the archive. They live until it is closed: no copy.
template <typename AddAll>
base::Result<base::Bytes> written(const AddAll& add_all) {
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
    if (!add_all(archive.get()) || zip_close(archive.get()) != 0) {
        return std::unexpected(failed());
    }
    (void)archive.release();  // zip_close freed it
    return content_of(target.get());
}

}  // namespace

base::Result<base::Bytes> write(const std::vector<Entry>& entries) {
    return written([&](zip_t* archive) {
        return std::ranges::all_of(entries, [&](const Entry& entry) {
            return add(archive, zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0), entry.name,
                       entry.packing);
        });
    });
}

base::Result<base::Bytes> write(const std::vector<MadeEntry>& entries) {
    std::vector<Making> makings(entries.size());
    for (std::size_t place = 0; place < entries.size(); ++place) {
        makings[place].entry = &entries[place];
    }
    auto bytes = written([&](zip_t* archive) {
        return std::ranges::all_of(makings, [&](Making& making) {
            return add(archive, zip_source_function(archive, answer_for_made, &making), making.entry->name,
                       Packing::deflated);
        });
    });
    for (Making& making : makings) {
        if (making.problem.has_value()) {
            return std::unexpected(*std::move(making.problem));
        }
    }
    return bytes;
}

}  // namespace pillarbox::zip
