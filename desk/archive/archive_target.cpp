// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/archive_target.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/file.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Texts = std::map<std::string, std::string, std::less<>>;

constexpr int target_format = 1;
constexpr std::size_t value_size_bytes_max = 4096;

struct Kind {
    std::string_view name;
    TargetKind kind;
    std::string_view needs, knows;  // with a space around each word
};
constexpr std::array kinds = {
    Kind{"webdav", TargetKind::webdav, " url ", " user password certificate_authority "},
    Kind{"s3", TargetKind::s3, " url region user password ", " certificate_authority "},
    Kind{"sftp", TargetKind::sftp, " url user known_hosts ", " password private_key "},
};

std::unexpected<base::Error> wrong(const fs::path& path, std::string what) {
    return base::fail(base::ErrorCode::malformed, path.string(), std::move(what),
                      "Write it as docs/formats/archive.md shows.");
}

base::Result<Texts> texts_in(std::string_view text, const fs::path& path) {
    const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || json.value("pillarbox_archive_target", Json()) != target_format) {
        return wrong(path, "The file is not an archive's target of version 1.");
    }
    Texts texts;
    for (const auto& [name, value] : json.items()) {
        if (name == "pillarbox_archive_target") {
            continue;
        }
        if (!value.is_string() || value.get_ref<const std::string&>().empty() ||
            value.get_ref<const std::string&>().size() > value_size_bytes_max ||
            value.get_ref<const std::string&>().find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos) {
            return wrong(path, "A value of the target is not a text of one line.");
        }
        texts[name] = value.get<std::string>();
    }
    return texts;
}

bool lists(std::string_view words, std::string_view word) {
    return words.contains(" " + std::string(word) + " ");
}

base::Result<const Kind*> kind_of(const Texts& texts, const fs::path& path) {
    const auto named = texts.find("kind");
    const auto* const kind =
        named == texts.end() ? kinds.end() : std::ranges::find(kinds, named->second, &Kind::name);
    if (kind == kinds.end()) {
        return wrong(path, "The target's kind is none of webdav, s3 and sftp.");
    }
    for (const auto& [name, value] : texts) {
        if (name != "kind" && !lists(kind->needs, name) && !lists(kind->knows, name)) {
            return wrong(path, "The target says something that its kind does not know.");
        }
    }
    for (std::string_view rest = kind->needs.substr(1); !rest.empty();) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        if (!texts.contains(word)) {
            return wrong(path, "The target does not say its " + std::string(word) + ".");
        }
        rest.remove_prefix(word.size() + 1);
    }
    return kind;
}

}  // namespace

base::Result<ArchiveTarget> parse_target(std::string_view json, const fs::path& path) {
    const Texts texts = TRY(texts_in(json, path));
    const Kind* kind = TRY(kind_of(texts, path));
    const auto text = [&texts](std::string_view name) {
        const auto found = texts.find(name);
        return found == texts.end() ? std::string() : found->second;
    };
    const auto file = [&](std::string_view name) {
        return text(name).empty() ? fs::path() : path.parent_path() / text(name);
    };
    ArchiveTarget target{kind->kind, {}};
    target.server.base_url = text("url");
    target.server.user = text("user");
    target.server.password = text("password");
    target.server.region = text("region");
    target.server.certificate_authority = file("certificate_authority");
    target.server.private_key = file("private_key");
    target.server.known_hosts = file("known_hosts");
    const bool is_sftp_url = target.server.base_url.starts_with("sftp://");
    if (is_sftp_url != (kind->kind == TargetKind::sftp)) {
        return wrong(path, "The target's address is not of its kind.");
    }
    if (kind->kind == TargetKind::sftp && target.server.password.empty() && target.server.private_key.empty()) {
        return wrong(path, "The target names neither a password nor a private_key.");
    }
    return target;
}

base::Result<ArchiveTarget> read_target(const fs::path& path) {
    std::error_code problem;
    const fs::perms others = fs::status(path, problem).permissions() & (fs::perms::group_all | fs::perms::others_all);
    if (!problem && others != fs::perms::none) {
        return base::fail(base::ErrorCode::usage, path.string(), "Others than its owner may read or write this file.",
                          "It may hold a password: chmod 600 it.");
    }
    const base::Bytes bytes = TRY(base::read_file(path, target_size_bytes_max));
    return parse_target(base::text_of(bytes), path);
}

}  // namespace pillarbox::archive
