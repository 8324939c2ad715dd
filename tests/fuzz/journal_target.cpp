// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "desk/opening/journal.hpp"
#include "targets.hpp"
#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::fuzz {
namespace {

constexpr std::size_t magic_size = 19;
constexpr std::size_t head_size = 36;  // size and digest of a record

// Puts the right digest in front of each record: no fuzzer would find it.
base::Bytes with_digests(base::ByteView input) {
    base::Bytes file(input.begin(), input.end());
    for (std::size_t at = magic_size; at + head_size <= file.size();) {
        const std::size_t size = std::size_t{file[at]} << 24U | std::size_t{file[at + 1]} << 16U |
                                 std::size_t{file[at + 2]} << 8U | std::size_t{file[at + 3]};
        if (size > file.size() - at - head_size) {
            break;
        }
        const auto digest = crypto::sha256(base::ByteView(file).subspan(at + head_size, size));
        std::ranges::copy(digest, file.begin() + static_cast<std::ptrdiff_t>(at) + 4);
        at += head_size + size;
    }
    return file;
}

// Whatever is there, what is appended is found again, and nothing is lost by it.
void check_journal(const std::filesystem::path& path) {
    const opening::Journal::Entry entry{crypto::sha256(base::view_of("an envelope")), base::Bytes{1, 2, 3}};
    std::size_t size_before = 0;
    {
        auto journal = opening::Journal::open(path);
        if (!journal) {
            return;
        }
        size_before = journal->size();
        PILLARBOX_CHECK(journal->append({entry}).has_value());
    }
    auto journal = opening::Journal::open(path);
    PILLARBOX_CHECK(journal && journal->size() >= size_before && journal->find(entry.first) != nullptr);
}

}  // namespace

void fuzz_journal(base::ByteView input) {
    static const tests::TemporaryFolder folder;
    const std::filesystem::path path = folder / "opened.journal";
    put_file(path, input);
    check_journal(path);
    put_file(path, with_digests(input));
    check_journal(path);
}

}  // namespace pillarbox::fuzz
