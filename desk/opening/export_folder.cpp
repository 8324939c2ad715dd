// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/export_folder.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"
#include "core/batch/succession.hpp"

namespace pillarbox::opening {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t json_size_bytes_max = std::size_t{16} << 20U;
constexpr std::size_t kiosks_max = 100'000;

base::Result<Json> read_json(const fs::path& path) {
    const base::Bytes bytes = TRY(base::read_file(path, json_size_bytes_max));
    Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (json.is_discarded()) {
        return base::fail(base::ErrorCode::malformed, path.string(), "This is not JSON.",
                          "Export from the store again.");
    }
    return json;
}

std::unexpected<base::Error> wrong_member(const fs::path& path, std::string_view member) {
    return base::fail(base::ErrorCode::malformed, path.string(),
                      "The member \"" + std::string(member) + "\" is missing or is not of its kind.",
                      "Export from the store again.");
}

base::Result<std::string> text_member(const Json& object, std::string_view member, const fs::path& path) {
    const auto found = object.is_object() ? object.find(member) : object.end();
    if (!object.is_object() || found == object.end() || !found->is_string()) {
        return wrong_member(path, member);
    }
    return found->get<std::string>();
}

base::Result<crypto::VerifyKey> key_member(const Json& object, std::string_view member, const fs::path& path) {
    const std::string text = TRY(text_member(object, member, path));
    const auto bytes = base::from_base64(text);
    crypto::VerifyKey key;
    if (!bytes.has_value() || bytes->size() != key.bytes.size()) {
        return wrong_member(path, member);
    }
    std::ranges::copy(*bytes, key.bytes.begin());
    return key;
}

base::Result<batch::LogId> log_id_member(const Json& object, std::string_view member, const fs::path& path) {
    const std::string text = TRY(text_member(object, member, path));
    const auto bytes = base::from_hex(text);
    batch::LogId id{};
    if (!bytes.has_value() || bytes->size() != id.size()) {
        return wrong_member(path, member);
    }
    std::ranges::copy(*bytes, id.begin());
    return id;
}

// Of a store whose key was rotated; empty for others.
base::Result<std::string> read_successions(const fs::path& folder) {
    const auto bytes = base::read_file(folder / "successions.txt", batch::successions_size_bytes_max);
    if (!bytes.has_value() && bytes.error().code == base::ErrorCode::not_found) {
        return std::string();
    }
    return bytes.has_value() ? base::Result<std::string>(base::text_of(*bytes)) : std::unexpected(bytes.error());
}

base::Result<std::vector<fs::path>> batch_files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
        if (entry->path().extension() == ".batch") {
            files.push_back(entry->path());
        }
    }
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), folder, "read"));
    }
    std::ranges::sort(files);
    return files;
}

base::Result<KioskLog> read_kiosk(const Json& entry, const fs::path& export_folder, const fs::path& list) {
    KioskLog log;
    log.log_id = TRY(log_id_member(entry, "log_id", list));
    log.station = TRY(text_member(entry, "station", list));
    log.device_key = TRY(key_member(entry, "device_key", list));
    log.forerunner = TRY(log_id_member(entry, "forerunner", list));
    log.folder = export_folder / base::to_hex(log.log_id);
    std::error_code ignored;
    // A kiosk that was enrolled but has sent nothing needs no folder.
    if (fs::exists(log.folder, ignored)) {
        log.batch_files = TRY(batch_files_in(log.folder));
    }
    if (fs::exists(log.folder / "branch", ignored)) {
        log.branch_files = TRY(batch_files_in(log.folder / "branch"));
    }
    return log;
}

base::Result<std::vector<fs::path>> unlisted_in(const ExportFolder& contents) {
    std::vector<fs::path> unlisted;
    std::error_code problem;
    for (fs::directory_iterator entry(contents.folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        const bool listed = std::ranges::any_of(
            contents.logs, [&](const KioskLog& log) { return log.folder.filename() == entry->path().filename(); });
        std::error_code ignored;
        if (!listed && entry->is_directory(ignored)) {
            const auto files = TRY(batch_files_in(entry->path()));
            if (!files.empty()) {
                unlisted.push_back(entry->path());
            }
        }
    }
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), contents.folder, "read"));
    }
    std::ranges::sort(unlisted);
    return unlisted;
}

}  // namespace

base::Result<ExportFolder> read_export(const fs::path& folder) {
    ExportFolder contents;
    contents.folder = folder;
    const fs::path store_path = folder / "store.json";
    const Json store = TRY(read_json(store_path));
    contents.store_name = TRY(text_member(store, "store_name", store_path));
    contents.store_key = TRY(key_member(store, "store_key", store_path));
    contents.successions = TRY(read_successions(folder));
    const auto epoch = store.find("epoch");
    if (epoch == store.end() || !epoch->is_number_unsigned()) {
        return wrong_member(store_path, "epoch");
    }
    contents.epoch = epoch->get<std::uint64_t>();
    const fs::path list = folder / "kiosks.json";
    const Json kiosks = TRY(read_json(list));
    if (!kiosks.is_array() || kiosks.size() > kiosks_max) {
        return base::fail(base::ErrorCode::malformed, list.string(), "This is not a list of kiosks.",
                          "Export from the store again.");
    }
    for (const Json& entry : kiosks) {
        contents.logs.push_back(TRY(read_kiosk(entry, folder, list)));
    }
    contents.unlisted = TRY(unlisted_in(contents));
    return contents;
}

}  // namespace pillarbox::opening
