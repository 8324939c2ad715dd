// SPDX-License-Identifier: GPL-3.0-or-later
//
// The SQLite VFS (https://www.sqlite.org/c3ref/vfs.html) over a MemoryDisk. The one place of the tests that includes
// sqlite3.h: a VFS lies beneath the wrapper of core/sqlite, which stays as it is.
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "tests/faults/storage/memory_disk.hpp"

namespace pillarbox::tests {
namespace {

struct OpenFile {
    sqlite3_file base;
    MemoryDisk* disk;
    std::string* name;
};

OpenFile& of(sqlite3_file* file) {
    return *reinterpret_cast<OpenFile*>(file);
}

int close_file(sqlite3_file* file) {
    delete of(file).name;
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* target, int size, sqlite3_int64 offset) {
    std::memset(target, 0, static_cast<std::size_t>(size));
    const base::Bytes* content = of(file).disk->content(*of(file).name);
    const auto start = static_cast<std::size_t>(offset);
    if (content == nullptr || content->size() <= start) {
        return SQLITE_IOERR_SHORT_READ;
    }
    const std::size_t there = std::min(content->size() - start, static_cast<std::size_t>(size));
    std::memcpy(target, content->data() + start, there);
    return there == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* source, int size, sqlite3_int64 offset) {
    const base::ByteView bytes(static_cast<const std::uint8_t*>(source), static_cast<std::size_t>(size));
    const bool written = of(file).disk->write(*of(file).name, static_cast<std::size_t>(offset), bytes);
    return written ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    const bool cut = of(file).disk->truncate(*of(file).name, static_cast<std::size_t>(size));
    return cut ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync_file(sqlite3_file* file, int) {
    return of(file).disk->flush(*of(file).name) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    const base::Bytes* content = of(file).disk->content(*of(file).name);
    *size = content == nullptr ? 0 : static_cast<sqlite3_int64>(content->size());
    return SQLITE_OK;
}

int lock(sqlite3_file*, int) {
    return SQLITE_OK;
}

int is_reserved(sqlite3_file*, int* result) {
    *result = 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
    return 4096;
}

int device_characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** address) {
    auto& regions = of(file).disk->shared_memory(*of(file).name);
    const auto index = static_cast<std::size_t>(region);
    *address = nullptr;
    if (index >= regions.size() && extend == 0) {
        return SQLITE_OK;
    }
    while (regions.size() <= index) {
        regions.emplace_back(static_cast<std::size_t>(size));
    }
    *address = regions[index].data();
    return SQLITE_OK;
}

int lock_shared(sqlite3_file*, int, int, int) {
    return SQLITE_OK;
}

void barrier(sqlite3_file*) {}

int unmap_shared(sqlite3_file* file, int remove) {
    if (remove != 0) {
        of(file).disk->shared_memory(*of(file).name).clear();
    }
    return SQLITE_OK;
}

constexpr sqlite3_io_methods methods = {2,
                                        close_file,
                                        read_file,
                                        write_file,
                                        truncate_file,
                                        sync_file,
                                        file_size,
                                        lock,
                                        lock,
                                        is_reserved,
                                        file_control,
                                        sector_size,
                                        device_characteristics,
                                        map_shared,
                                        lock_shared,
                                        barrier,
                                        unmap_shared,
                                        nullptr,
                                        nullptr};

MemoryDisk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<MemoryDisk*>(vfs->pAppData);
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    static_assert(std::is_trivially_destructible_v<OpenFile>);
    auto& opened = *new (file) OpenFile{{nullptr}, &disk_of(vfs), nullptr};
    if (name == nullptr) {
        return SQLITE_CANTOPEN;  // temporary files: temp_store=MEMORY makes none
    }
    opened.name = new std::string(name);
    opened.base.pMethods = &methods;
    opened.disk->create(*opened.name);
    if (flags_out != nullptr) {
        *flags_out = flags;
    }
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int) {
    if (!disk_of(vfs).holds(name)) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    return disk_of(vfs).remove(name) ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int access_file(sqlite3_vfs* vfs, const char* name, int, int* result) {
    const base::Bytes* content = disk_of(vfs).content(name);
    *result = content != nullptr && !content->empty() ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* target) {
    sqlite3_snprintf(size, target, "%s", name);
    return SQLITE_OK;
}

}  // namespace

void put_databases_on(MemoryDisk& disk) {
    static sqlite3_vfs vfs = [] {
        sqlite3_vfs made = *sqlite3_vfs_find("unix");  // clock, sleep and randomness stay the system's
        made.zName = "memory-disk";
        made.szOsFile = static_cast<int>(sizeof(OpenFile));
        made.xOpen = open_file;
        made.xDelete = delete_file;
        made.xAccess = access_file;
        made.xFullPathname = full_path;
        return made;
    }();
    vfs.pAppData = &disk;
    sqlite3_vfs_register(&vfs, 1);
}

}  // namespace pillarbox::tests
