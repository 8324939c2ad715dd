// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/package.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <set>

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t ratio_free_bytes = std::size_t{1} << 20U;  // small entries may compress as well as they like
constexpr std::string_view save_again =
    "Open it in a spreadsheet program and save it again as an Excel workbook (.xlsx).";

struct FileCloser {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// Excel's older binary format, and the container of password-protected workbooks: the two mistakes people make most.
bool is_compound_file(base::ByteView file) {
    constexpr std::array<std::uint8_t, 8> magic = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    return file.size() >= magic.size() && std::equal(magic.begin(), magic.end(), file.begin());
}

Result<void> check_entry(const zip_stat_t& entry, const std::string& where, const WorkbookLimits& limits) {
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if ((entry.valid & needed) != needed) {
        return base::fail(ErrorCode::malformed, where, "An entry of the workbook does not state its size.",
                          std::string(save_again));
    }
    const std::string place = where + ", entry " + entry.name;
    if (entry.encryption_method != ZIP_EM_NONE) {
        return base::fail(ErrorCode::unsupported, place, "The entry is encrypted.",
                          "Save the workbook without a password.");
    }
    if (entry.size > limits.entry_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, place,
                          fmt::format("The entry unpacks to {} bytes, over the limit of {}.", entry.size,
                                      limits.entry_size_bytes_max),
                          "Remove pictures and unused rows from the workbook.");
    }
    if (entry.size > ratio_free_bytes && entry.size / limits.ratio_max > entry.comp_size) {
        return base::fail(ErrorCode::limit_exceeded, place, "The entry unpacks to far more than its packed size.",
                          "Don't use this file. Ask its author for another copy.");
    }
    return {};
}

Result<void> check_entries(zip_t* archive, const std::string& where, const WorkbookLimits& limits) {
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count < 0 || static_cast<std::size_t>(count) > package_entries_max) {
        return base::fail(ErrorCode::limit_exceeded, where,
                          fmt::format("The workbook has more than {} entries.", package_entries_max),
                          std::string(save_again));
    }
    std::set<std::string, std::less<>> names;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        zip_stat_t entry;
        zip_stat_init(&entry);
        if (zip_stat_index(archive, index, 0, &entry) != 0) {
            return base::fail(ErrorCode::malformed, where, "The workbook's list of entries is damaged.",
                              std::string(save_again));
        }
        TRY(check_entry(entry, where, limits));
        // Two entries of one name read differently in different programs: what was checked might not be what is used.
        if (!names.insert(entry.name).second) {
            return base::fail(ErrorCode::malformed, where,
                              fmt::format("The workbook has two entries named {}.", entry.name),
                              std::string(save_again));
        }
    }
    return {};
}

}  // namespace

void Package::Closer::operator()(zip* archive) const {
    zip_discard(archive);
}

Result<Package> Package::open(base::ByteView file, std::string_view where_view, const WorkbookLimits& limits) {
    std::string where(where_view);
    if (file.size() > limits.file_size_bytes_max) {
        return base::fail(
            ErrorCode::limit_exceeded, where,
            fmt::format("The workbook has {} bytes, over the limit of {}.", file.size(), limits.file_size_bytes_max),
            "Remove pictures and unused rows from the workbook.");
    }
    if (is_compound_file(file)) {
        return base::fail(ErrorCode::unsupported, where, "This is an older .xls workbook, or one with a password.",
                          "Save it as an Excel workbook (.xlsx) without a password.");
    }
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
    zip_t* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (opened == nullptr) {
        const std::string reason = zip_error_strerror(&error);
        zip_error_fini(&error);
        zip_source_free(source);
        return base::fail(ErrorCode::malformed, where,
                          fmt::format("This is not a readable .xlsx workbook ({}).", reason),
                          std::string(save_again));
    }
    zip_error_fini(&error);
    std::unique_ptr<zip, Closer> archive(opened);
    TRY(check_entries(archive.get(), where, limits));
    return Package(std::move(archive), std::move(where));
}

bool Package::contains(const std::string& entry) const {
    return zip_name_locate(archive_.get(), entry.c_str(), 0) >= 0;
}

Result<std::string> Package::read(const std::string& entry) {
    const std::string place = where_ + ", entry " + entry;
    const zip_int64_t index = zip_name_locate(archive_.get(), entry.c_str(), 0);
    if (index < 0) {
        return base::fail(ErrorCode::not_found, place, "The workbook lacks this entry.", std::string(save_again));
    }
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(index), 0, &stat);
    if (stat.size > bytes_left_) {
        return base::fail(ErrorCode::limit_exceeded, place, "The workbook's sheets are too large together.",
                          "Remove unused sheets and rows.");
    }
    const std::unique_ptr<zip_file_t, FileCloser> file(
        zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(index), 0));
    std::string content(static_cast<std::size_t>(stat.size), '\0');
    char beyond = 0;
    const bool complete = file != nullptr &&
                          zip_fread(file.get(), content.data(), stat.size) == static_cast<zip_int64_t>(stat.size) &&
                          zip_fread(file.get(), &beyond, 1) == 0;  // reading past the end is what checks the CRC
    if (!complete) {
        return base::fail(ErrorCode::malformed, place, "The entry is damaged or not as long as it says.",
                          std::string(save_again));
    }
    bytes_left_ -= content.size();
    return content;
}

}  // namespace pillarbox::form
