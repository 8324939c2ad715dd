// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/sealed_files.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/base/check.hpp"
#include "core/crypto/sealed_block.hpp"
#include "core/crypto/system_random.hpp"
#include "core/sqlite/sealed_layout.hpp"

namespace pillarbox::sqlite {

struct SealedFiles::State {
    // Nonces for many blocks, drawn at once: asking the system for each took a tenth of the time that sealing takes.
    // Like its connection it does not cross a fork, where both sides would use the same ones.
    class DrawnAhead final : public base::Random {
      public:
        void fill(std::span<std::uint8_t> bytes) override {
            if (bytes.size() > drawn_.size()) {
                system_.fill(bytes);
                return;
            }
            if (bytes.size() > drawn_.size() - used_) {
                system_.fill(drawn_);
                used_ = 0;
            }
            std::ranges::copy(std::span(drawn_).subspan(used_, bytes.size()), bytes.begin());
            used_ += bytes.size();
        }

      private:
        crypto::SystemRandom system_;
        std::array<std::uint8_t, 1'536> drawn_{};
        std::size_t used_ = drawn_.size();
    };

    crypto::SecretBytes key;
    DrawnAhead random;
    sqlite3_vfs* system = nullptr;
    std::string name;
    sqlite3_vfs vfs{};
};

namespace {

constexpr std::size_t sealed_size_max = sealed_page_size_bytes + crypto::block_overhead_bytes;
using FilesState = SealedFiles::State;

struct File {
    FilesState* state = nullptr;
    SealedFile kind = SealedFile::database;
    crypto::SecretBytes scratch_key = {};  // of scratch files only
    std::vector<std::uint8_t> opened = std::vector<std::uint8_t>(sealed_page_size_bytes);
    std::vector<std::uint8_t> sealed = std::vector<std::uint8_t>(sealed_size_max);

    [[nodiscard]] const crypto::SecretBytes& key() const {
        return kind == SealedFile::scratch ? scratch_key : state->key;
    }
    ~File() { crypto::wipe(opened); }
};

// What SQLite allocates for an open file: this, and behind it the system's.
struct Handle {
    sqlite3_file base;
    File* file;
};
static_assert(sizeof(Handle) % alignof(std::max_align_t) == 0);

Handle* handle_of(sqlite3_file* file) {
    return reinterpret_cast<Handle*>(file);
}
sqlite3_file* system_file(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(handle_of(file) + 1);
}
FilesState& state_of(sqlite3_vfs* vfs) {
    return *static_cast<FilesState*>(vfs->pAppData);
}
sqlite3_vfs* system_of(sqlite3_vfs* vfs) {
    return state_of(vfs).system;
}

enum class BlockState { whole, missing, damaged, unreadable };

// Into file.opened. A missing block (past the end, or cut short) is all zeros, as what SQLite reads there is.
BlockState read_block(sqlite3_file* handle, const SealedBlock& block, int& code) {
    File& file = *handle_of(handle)->file;
    const std::span sealed = std::span(file.sealed).first(block.size + crypto::block_overhead_bytes);
    const std::span opened = std::span(file.opened).first(block.size);
    sqlite3_file* system = system_file(handle);
    code = system->pMethods->xRead(system, sealed.data(), static_cast<int>(sealed.size()),
                                   static_cast<sqlite3_int64>(block.place));
    if (code == SQLITE_IOERR_SHORT_READ) {
        std::ranges::fill(opened, std::uint8_t{0});
        return BlockState::missing;
    }
    if (code != SQLITE_OK) {
        return BlockState::unreadable;
    }
    return crypto::open_block(file.key(), block_name(file.kind, block.number), sealed, opened) ? BlockState::whole
                                                                                               : BlockState::damaged;
}

// sealed_files.hpp tells why: a log is read page by page, but searched by its header and by whole frames.
bool may_be_zeros(const File& file, int amount, sqlite3_int64 offset) {
    if (file.kind == SealedFile::log) {
        return amount != static_cast<int>(sealed_page_size_bytes);
    }
    return file.kind == SealedFile::database && offset == 0 && amount == 100;
}

int read(sqlite3_file* handle, void* out, int amount, sqlite3_int64 offset) {
    const File& file = *handle_of(handle)->file;
    const std::span target(static_cast<std::uint8_t*>(out), static_cast<std::size_t>(amount));
    int outcome = SQLITE_OK;
    for (std::size_t done = 0; done < target.size();) {
        const std::uint64_t position = static_cast<std::uint64_t>(offset) + done;
        const SealedBlock block = block_at(file.kind, position);
        int code = SQLITE_OK;
        switch (read_block(handle, block, code)) {
            case BlockState::whole:
                break;
            case BlockState::missing:
                outcome = SQLITE_IOERR_SHORT_READ;
                break;
            case BlockState::damaged:
                if (!may_be_zeros(file, amount, offset)) {
                    return SQLITE_IOERR_DATA;
                }
                break;
            case BlockState::unreadable:
                return code;
        }
        const std::uint64_t within = position - block.start;
        const std::size_t count = std::min<std::size_t>(block.size - within, target.size() - done);
        std::memcpy(target.data() + done, file.opened.data() + within, count);
        done += count;
    }
    return outcome;
}

int write_block(sqlite3_file* handle, const SealedBlock& block, base::ByteView plaintext) {
    File& file = *handle_of(handle)->file;
    const std::span sealed = std::span(file.sealed).first(block.size + crypto::block_overhead_bytes);
    crypto::seal_block(file.key(), block_name(file.kind, block.number), plaintext, file.state->random, sealed);
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xWrite(system, sealed.data(), static_cast<int>(sealed.size()),
                                    static_cast<sqlite3_int64>(block.place));
}

int write(sqlite3_file* handle, const void* data, int amount, sqlite3_int64 offset) {
    File& file = *handle_of(handle)->file;
    const std::span source(static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(amount));
    for (std::size_t done = 0; done < source.size();) {
        const std::uint64_t position = static_cast<std::uint64_t>(offset) + done;
        const SealedBlock block = block_at(file.kind, position);
        const std::uint64_t within = position - block.start;
        const std::size_t count = std::min<std::size_t>(block.size - within, source.size() - done);
        base::ByteView plaintext = source.subspan(done, count);
        if (count < block.size) {  // scratch files only: the others are written in whole blocks
            int code = SQLITE_OK;
            const BlockState before = read_block(handle, block, code);
            if (before == BlockState::damaged || before == BlockState::unreadable) {
                return before == BlockState::damaged ? SQLITE_IOERR_DATA : code;
            }
            std::memcpy(file.opened.data() + within, plaintext.data(), count);
            plaintext = std::span(file.opened).first(block.size);
        } else if (file.kind == SealedFile::database) {
            const std::span page = std::span(file.opened).first(block.size);
            std::ranges::copy(plaintext, page.begin());
            clear_unallocated(block.number, page);
            plaintext = page;
        }
        const int code = write_block(handle, block, plaintext);
        if (code != SQLITE_OK) {
            return code;
        }
        done += count;
    }
    return SQLITE_OK;
}

int truncate(sqlite3_file* handle, sqlite3_int64 size) {
    sqlite3_file* system = system_file(handle);
    const std::uint64_t on_disk = size_on_disk(handle_of(handle)->file->kind, static_cast<std::uint64_t>(size));
    return system->pMethods->xTruncate(system, static_cast<sqlite3_int64>(on_disk));
}

int file_size(sqlite3_file* handle, sqlite3_int64* size) {
    sqlite3_file* system = system_file(handle);
    sqlite3_int64 on_disk = 0;
    const int code = system->pMethods->xFileSize(system, &on_disk);
    *size = static_cast<sqlite3_int64>(
        open_size(handle_of(handle)->file->kind, static_cast<std::uint64_t>(code == SQLITE_OK ? on_disk : 0)));
    return code;
}

int close(sqlite3_file* handle) {
    sqlite3_file* system = system_file(handle);
    const int code = system->pMethods == nullptr ? SQLITE_OK : system->pMethods->xClose(system);
    delete std::exchange(handle_of(handle)->file, nullptr);
    return code;
}

// Hints about sizes are in SQLite's bytes, not the disk's, and memory maps would be of sealed bytes.
int file_control(sqlite3_file* handle, int operation, void* argument) {
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE) {
        return SQLITE_OK;
    }
    if (operation == SQLITE_FCNTL_MMAP_SIZE) {
        return SQLITE_NOTFOUND;
    }
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xFileControl(system, operation, argument);
}

int sync(sqlite3_file* handle, int flags) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xSync(system, flags);
}
int lock(sqlite3_file* handle, int level) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xLock(system, level);
}
int unlock(sqlite3_file* handle, int level) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xUnlock(system, level);
}
int check_reserved_lock(sqlite3_file* handle, int* held) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xCheckReservedLock(system, held);
}
int sector_size(sqlite3_file* handle) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xSectorSize(system);
}
int device_characteristics(sqlite3_file* handle) {
    sqlite3_file* system = system_file(handle);
    // Blocks are longer than pages: whatever a disk promises of whole pages does not hold for them.
    return system->pMethods->xDeviceCharacteristics(system) & SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
int shm_map(sqlite3_file* handle, int region, int size, int extend, void volatile** address) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xShmMap(system, region, size, extend, address);
}
int shm_lock(sqlite3_file* handle, int offset, int count, int flags) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xShmLock(system, offset, count, flags);
}
void shm_barrier(sqlite3_file* handle) {
    sqlite3_file* system = system_file(handle);
    system->pMethods->xShmBarrier(system);
}
int shm_unmap(sqlite3_file* handle, int erase) {
    sqlite3_file* system = system_file(handle);
    return system->pMethods->xShmUnmap(system, erase);
}

constexpr sqlite3_io_methods methods{
    .iVersion = 2,  // without the memory maps of version 3
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device_characteristics,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* handle, int flags, int* out_flags) {
    handle->pMethods = nullptr;
    if ((flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0) {
        return SQLITE_CANTOPEN;
    }
    FilesState& state = state_of(vfs);
    auto file = std::unique_ptr<File>(new (std::nothrow) File{.state = &state, .kind = SealedFile::database});
    if (file == nullptr) {
        return SQLITE_NOMEM;
    }
    file->kind = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? SealedFile::database
                 : (flags & SQLITE_OPEN_WAL) != 0   ? SealedFile::log
                                                    : SealedFile::scratch;
    if (file->kind == SealedFile::scratch) {
        file->scratch_key = crypto::SecretBytes(crypto::block_key_size_bytes);
        crypto::SystemRandom().fill(file->scratch_key.bytes());
    }
    const int code = state.system->xOpen(state.system, name, system_file(handle), flags, out_flags);
    if (code != SQLITE_OK) {
        if (system_file(handle)->pMethods != nullptr) {
            system_file(handle)->pMethods->xClose(system_file(handle));
        }
        return code;
    }
    handle_of(handle)->file = file.release();
    handle->pMethods = &methods;
    return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    return system_of(vfs)->xDelete(system_of(vfs), name, sync_folder);
}
int access(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
    return system_of(vfs)->xAccess(system_of(vfs), name, flags, answer);
}
int full_path(sqlite3_vfs* vfs, const char* name, int size, char* out) {
    return system_of(vfs)->xFullPathname(system_of(vfs), name, size, out);
}
int randomness(sqlite3_vfs* vfs, int size, char* out) {
    return system_of(vfs)->xRandomness(system_of(vfs), size, out);
}
int sleep(sqlite3_vfs* vfs, int microseconds) {
    return system_of(vfs)->xSleep(system_of(vfs), microseconds);
}
int current_time(sqlite3_vfs* vfs, double* time) {
    return system_of(vfs)->xCurrentTime(system_of(vfs), time);
}
int last_error(sqlite3_vfs* vfs, int size, char* out) {
    return system_of(vfs)->xGetLastError(system_of(vfs), size, out);
}
int current_time_64(sqlite3_vfs* vfs, sqlite3_int64* time) {
    return system_of(vfs)->xCurrentTimeInt64(system_of(vfs), time);
}

}  // namespace

SealedFiles::SealedFiles(const crypto::SecretBytes& key) : state_(std::make_unique<State>()) {
    PILLARBOX_CHECK(key.size() == crypto::block_key_size_bytes);
    state_->key = crypto::SecretBytes::copy_of(key.view());
    sqlite3_initialize();
    state_->system = sqlite3_vfs_find("unix");
    PILLARBOX_CHECK(state_->system != nullptr);
    // Connections find their VFS by its name, so each has one of its own.
    state_->name = fmt::format("sealed-{}", fmt::ptr(state_.get()));
    sqlite3_vfs& vfs = state_->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = static_cast<int>(sizeof(Handle)) + state_->system->szOsFile;
    vfs.mxPathname = state_->system->mxPathname;
    vfs.zName = state_->name.c_str();
    vfs.pAppData = state_.get();
    vfs.xOpen = open;
    vfs.xDelete = remove;
    vfs.xAccess = access;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep;
    vfs.xCurrentTime = current_time;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = current_time_64;
    sqlite3_vfs_register(&vfs, 0);
}

SealedFiles::~SealedFiles() {
    sqlite3_vfs_unregister(&state_->vfs);
}

const char* SealedFiles::vfs_name() const {
    return state_->name.c_str();
}

}  // namespace pillarbox::sqlite
