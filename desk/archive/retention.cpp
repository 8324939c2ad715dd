// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/retention.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/file.hpp"

namespace pillarbox::archive {
namespace {

using Json = nlohmann::json;

constexpr std::size_t retention_size_bytes_max = std::size_t{64} << 10U;
constexpr std::size_t reason_size_bytes_max = 1000;
constexpr std::string_view permanent = "permanent";

std::unexpected<base::Error> wrong(const std::string& where, std::string what) {
    return base::fail(base::ErrorCode::malformed, where, std::move(what),
                      "Write it as docs/formats/archive.md shows.");
}

base::Result<RetentionRule> parse_rule(const Json& json, const std::string& name, const std::string& where) {
    if (!json.is_object() || json.size() != 2 || !json.contains("keep_until") || !json.contains("reason") ||
        !json["keep_until"].is_string() || !json["reason"].is_string()) {
        return wrong(where, "The class \"" + name + "\" does not hold the texts keep_until and reason.");
    }
    RetentionRule rule;
    rule.reason = json["reason"].get<std::string>();
    if (rule.reason.empty() || rule.reason.size() > reason_size_bytes_max) {
        return wrong(where, "The reason of the class \"" + name + "\" is empty or too long.");
    }
    const auto until = json["keep_until"].get<std::string>();
    if (until != permanent) {
        const auto day = base::parse_day(until);
        if (!day.has_value()) {
            return wrong(where, "keep_until of the class \"" + name + "\" is neither a day nor \"permanent\".");
        }
        rule.keep_until = *day;
    }
    return rule;
}

}  // namespace

base::Result<Retention> parse_retention(std::string_view text, const std::string& where) {
    if (text.size() > retention_size_bytes_max) {
        return base::fail(base::ErrorCode::limit_exceeded, where, "The file has more than 64 KiB.");
    }
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || json.value("pillarbox_retention", Json()) != Json(1) || !json.contains("classes") ||
        !json["classes"].is_object()) {
        return wrong(where, "This is not a file of retention classes.");
    }
    Retention retention;
    for (const auto& [name, rule] : json["classes"].items()) {
        if (std::ranges::find(class_names, name) == class_names.end()) {
            return wrong(where, "It names a class that is none of envelopes, responses, contacts, open.");
        }
        RetentionRule parsed = TRY(parse_rule(rule, name, where));
        retention.emplace(name, std::move(parsed));
    }
    return retention;
}

base::Result<Retention> read_retention(const std::filesystem::path& path) {
    const base::Bytes bytes = TRY(base::read_file(path, retention_size_bytes_max));
    return parse_retention(base::text_of(bytes), path.string());
}

std::string format_keep_until(const RetentionRule& rule) {
    return rule.keep_until.has_value() ? base::format_day(*rule.keep_until) : std::string(permanent);
}

}  // namespace pillarbox::archive
