// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "core/base/check.hpp"
#include "core/base/utf8.hpp"
#include "core/crypto/system_random.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/opening/export_folder.hpp"
#include "targets.hpp"
#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

// A store's export on the desk. The input is store.json, kiosks.json, a receipt and a batch, with lines "----"
// between them; the last two lie where kiosks.json of the seeds says.
namespace pillarbox::fuzz {
namespace {

constexpr std::string_view mark = "----\n";

std::string_view next_part(std::string_view& rest) {
    const std::size_t end = rest.find(mark);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + mark.size());
    return part;
}

// Of the device key with the seed 01 01 ... 01, as in tests/vectors.
std::string seeds_log_id() {
    const base::Bytes seed(32, 1);
    return base::to_hex(batch::log_id_of(crypto::SigningKey::from_seed(seed)->verify_key(), {}));
}

}  // namespace

void fuzz_export(base::ByteView input) {
    static const tests::TemporaryFolder folder;
    static const std::filesystem::path log_folder = folder / seeds_log_id();
    static const crypto::VerifyKey foreign_key = [] {
        crypto::SystemRandom random;
        return crypto::SigningKey::generate(random).verify_key();
    }();
    std::filesystem::create_directory(log_folder);
    std::string_view rest = base::text_of(input);
    put_file(folder / "store.json", base::view_of(next_part(rest)));
    put_file(folder / "kiosks.json", base::view_of(next_part(rest)));
    put_file(log_folder / "receipt.txt", base::view_of(next_part(rest)));
    put_file(log_folder / "000001.batch", base::view_of(rest));

    const auto read = opening::read_export(folder.path());
    if (!read) {
        return;
    }
    // What a store says goes to a terminal: it can neither move the cursor there nor add lines of its own.
    const opening::ExportReport report = opening::check_export(*read, {});
    const std::string table = opening::describe(report);
    std::size_t lines = 1 + report.logs.size() + report.problems.size();
    for (const opening::LogReport& log : report.logs) {
        lines += log.problems.size();
    }
    PILLARBOX_CHECK(base::is_utf8(table) && std::ranges::count(table, '\n') == static_cast<std::ptrdiff_t>(lines));
    PILLARBOX_CHECK(std::ranges::none_of(table, [](char letter) {
        return letter != '\n' && (static_cast<unsigned char>(letter) < ' ' || letter == '\x7F');
    }));
    PILLARBOX_CHECK(!opening::check_export(*read, foreign_key).holds());
}

}  // namespace pillarbox::fuzz
