// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/crypto/sealed_block.hpp"
#include "core/crypto/system_random.hpp"
#include "core/sqlite/connection.hpp"
#include "core/sqlite/sealed_layout.hpp"
#include "targets.hpp"
#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

// A sealed database on a damaged disk, or after somebody without the key had it. The first byte says what the rest
// is:
//
//   f  the bytes of the database file           d  the pages of a database, which are sealed here with the right key
//   w  the bytes of the log beside a good one   l  a log, which is sealed here and put beside a good database
//   e  edits of a good database and its log: four bytes each, where (three, from the database's start on) and what
//      is xored onto the byte
//
// Whatever is done without the key, no other rows are read than those that were written.
namespace pillarbox::fuzz {
namespace {

namespace fs = std::filesystem;
using sqlite::SealedFile;

constexpr std::uint8_t key_byte = 7;
constexpr std::int64_t rows_written = 40;
constexpr std::size_t file_size_bytes_max = std::size_t{1} << 20U;

crypto::SecretBytes the_key() {
    return crypto::SecretBytes::copy_of(base::Bytes(crypto::block_key_size_bytes, key_byte));
}

std::string body_of(std::int64_t row) {
    return "row " + std::to_string(row) + " " + std::string(200, 'x');
}

template <typename T>
T must(base::Result<T> result) {
    PILLARBOX_CHECK(result.has_value());
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

base::Result<sqlite::Connection> open(const fs::path& path, const crypto::SecretBytes& key) {
    return sqlite::Connection::open(path, sqlite::OpenMode::read_write,
                                    {.busy_timeout = std::chrono::milliseconds(10), .key = &key});
}

// Half of the rows in the database, half in the log, as a kill leaves them.
struct Good {
    base::Bytes database, log;
};

Good make_good(const fs::path& folder) {
    const fs::path path = folder / "good.db";
    const crypto::SecretBytes key = the_key();
    auto connection = must(sqlite::Connection::open(path, sqlite::OpenMode::create, {.key = &key}));
    must(connection.run("CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT"));
    for (std::int64_t row = 1; row <= rows_written; ++row) {
        auto insert = must(connection.prepare("INSERT INTO t VALUES(?, ?)"));
        must(insert.run(row, body_of(row)));
        if (row == rows_written / 2) {
            static_cast<void>(must(connection.checkpoint(std::chrono::milliseconds(10))));
        }
    }
    return {must(base::read_file(path, file_size_bytes_max)),
            must(base::read_file(path.string() + "-wal", file_size_bytes_max))};
}

base::Bytes sealed(SealedFile kind, base::ByteView plaintext) {
    crypto::SystemRandom random;
    const crypto::SecretBytes key = the_key();
    base::Bytes out;
    for (std::uint64_t offset = 0; offset < plaintext.size();) {
        const sqlite::SealedBlock block = sqlite::block_at(kind, offset);
        const base::ByteView rest = plaintext.subspan(offset);
        base::Bytes whole(block.size);
        std::ranges::copy(rest.first(std::min<std::size_t>(rest.size(), block.size)), whole.begin());
        const std::size_t start = out.size();
        PILLARBOX_CHECK(start == block.place);
        out.resize(start + block.size + crypto::block_overhead_bytes);
        crypto::seal_block(key, sqlite::block_name(kind, block.number), whole, random, std::span(out).subspan(start));
        offset += block.size;
    }
    return out;
}

Good edited(Good good, base::ByteView edits) {
    constexpr std::size_t edit_size = 4;
    for (; edits.size() >= edit_size; edits = edits.subspan(edit_size)) {
        const std::size_t where = (std::size_t{edits[0]} << 16U | std::size_t{edits[1]} << 8U | edits[2]) %
                                  (good.database.size() + good.log.size());
        (where < good.database.size() ? good.database[where] : good.log[where - good.database.size()]) ^= edits[3];
    }
    return good;
}

// Every row that can be read is one that was written.
base::Result<std::int64_t> read_rows(sqlite::Connection& connection) {
    auto select = TRY(connection.prepare("SELECT id, body FROM t"));
    auto rows = TRY(select.query());
    std::int64_t count = 0;
    while (TRY(rows.next())) {
        const std::int64_t row = TRY(rows.integer(0));
        PILLARBOX_CHECK(row >= 1 && row <= rows_written);
        PILLARBOX_CHECK(TRY(rows.text(1)) == body_of(row));
        ++count;
    }
    return count;
}

void look_at(const Good& files, bool is_ours) {
    static const tests::TemporaryFolder folder;
    static const crypto::SecretBytes key = the_key();
    const fs::path path = folder / "fuzz.db";
    fs::remove(path.string() + "-shm");
    put_file(path, files.database);
    put_file(path.string() + "-wal", files.log);
    static_cast<void>(sqlite::read_sealed_file(path, SealedFile::database, key));
    static_cast<void>(sqlite::read_sealed_file(path.string() + "-wal", SealedFile::log, key));
    auto connection = open(path, key);
    if (!connection.has_value()) {
        return;
    }
    if (is_ours) {
        static_cast<void>(connection->check_integrity());
        static_cast<void>(connection->run("CREATE TABLE IF NOT EXISTS more(x) STRICT; DELETE FROM t"));
    } else if (const auto count = read_rows(*connection); count.has_value()) {
        PILLARBOX_CHECK(*count <= rows_written);
    }
    static_cast<void>(connection->checkpoint(std::chrono::milliseconds(10)));
}

}  // namespace

void fuzz_sealed_file(base::ByteView input) {
    static const Good good = [] {
        const tests::TemporaryFolder folder;
        return make_good(folder.path());
    }();
    if (input.empty()) {
        return;
    }
    const base::ByteView rest = input.subspan(1);
    switch (input.front()) {
        case 'f':
            return look_at({base::Bytes(rest.begin(), rest.end()), {}}, false);
        case 'w':
            return look_at({good.database, base::Bytes(rest.begin(), rest.end())}, false);
        case 'd':
            return look_at({sealed(SealedFile::database, rest), {}}, true);
        case 'l':
            return look_at({good.database, sealed(SealedFile::log, rest)}, true);
        default:
            return look_at(edited(good, rest), false);
    }
}

}  // namespace pillarbox::fuzz
