// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long what is kept, and why: a JSON file that the committee decides on and the desk reads
// (docs/formats/archive.md).
//
//   {"pillarbox_retention": 1, "classes": {"contacts": {"keep_until": "2023-05-10", "reason": "results are sent"},
//                                          "open": {"keep_until": "permanent", "reason": "public record"}}}
//
// Each bag belongs to one class, which stands in its bag-info.txt.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/day.hpp"
#include "core/base/result.hpp"

namespace pillarbox::archive {

inline constexpr std::array<std::string_view, 4> class_names = {"envelopes", "responses", "contacts", "open"};

struct RetentionRule {
    std::optional<base::Day> keep_until;  // the last day on which it must be there; empty: for ever
    std::string reason;
};

using Retention = std::map<std::string, RetentionRule, std::less<>>;  // by class name

// malformed where it is not such a file, or names an unknown class; limit_exceeded over 64 KiB.
[[nodiscard]] base::Result<Retention> read_retention(const std::filesystem::path& path);
[[nodiscard]] base::Result<Retention> parse_retention(std::string_view json, const std::string& where);

[[nodiscard]] std::string format_keep_until(const RetentionRule& rule);  // "2023-05-10" or "permanent"

}  // namespace pillarbox::archive
