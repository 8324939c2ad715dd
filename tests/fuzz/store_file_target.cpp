// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/kiosks.hpp"
#include "targets.hpp"
#include "tests/fuzz/database_file.hpp"
#include "tests/fuzz/store.hpp"

// A damaged store.db: it is refused when it is opened, or a request is, and the store goes on. What it signs holds.
namespace pillarbox::fuzz {
namespace {

std::vector<store::Kiosk> read_all(const std::filesystem::path& path) {
    auto database = sqlite_storage::Database::open(path, sqlite::OpenMode::read_only);
    if (!database || !(*database)->connection().check_integrity()) {
        return {};
    }
    auto kiosks = store::all_kiosks(**database);
    if (!kiosks) {
        return {};
    }
    for (const store::Kiosk& kiosk : *kiosks) {
        static_cast<void>(store::count_forks(**database, kiosk));
        static_cast<void>(store::walk_batches(**database, kiosk,
                                              [](std::uint64_t, base::ByteView) { return base::Result<void>{}; }));
    }
    return std::move(*kiosks);
}

}  // namespace

void fuzz_store_file(base::ByteView input) {
    static const DatabaseFile file;
    static const crypto::SigningKey device_key = seeds_device_key();
    static const batch::LogId seeds_log_id = batch::log_id_of(device_key.verify_key(), {});
    file.put(input);
    const std::vector<store::Kiosk> kiosks = read_all(file.path());

    auto database = sqlite_storage::Database::open(file.path(), sqlite::OpenMode::read_write);
    if (!database || !(*database)->check_ready()) {
        return;
    }
    AskedStore store(std::move(*database), AskedStore::Ailing::perhaps);
    for (const store::Kiosk& kiosk : kiosks) {
        store.head(kiosk.log_id);
    }
    store.head(seeds_log_id);
    protocol::EnrolmentSecret secret{};
    secret.fill(5);
    store.handle({http::Method::post, std::string(protocol::enrol_path), std::string(protocol::enrolment_type),
                  protocol::make_enrolment(secret, seeds_log_id, device_key)});
    batch::Header header;
    header.campaign_id = "fuzz";
    header.log_id = seeds_log_id;
    header.number = 2;
    const auto batch = batch::make_batch(header, {{{}, {1, 2, 3}}}, device_key, {});
    PILLARBOX_CHECK(batch.has_value());
    store.upload(seeds_log_id, protocol::make_upload({*batch}));
}

}  // namespace pillarbox::fuzz
