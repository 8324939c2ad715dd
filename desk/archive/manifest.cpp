// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/utf8.hpp"

namespace pillarbox::archive {
namespace {

constexpr std::size_t digest_letters = 128;
constexpr std::string_view remedy = "Ask for the bag again: it is not as its maker wrote it.";

std::unexpected<base::Error> wrong_line(const std::string& where, std::size_t line, std::string_view what) {
    return base::fail(base::ErrorCode::malformed, where, fmt::format("Line {} {}.", line, what), std::string(remedy));
}

// Lines end in LF, CR or CRLF; the last may lack its end.
class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}
    [[nodiscard]] bool next(std::string_view& line) {
        if (rest_.empty()) {
            return false;
        }
        const std::size_t end = rest_.find_first_of("\r\n");
        line = rest_.substr(0, end);
        if (end == std::string_view::npos) {
            rest_ = {};
        } else {
            const bool two = rest_[end] == '\r' && end + 1 < rest_.size() && rest_[end + 1] == '\n';
            rest_.remove_prefix(end + (two ? 2 : 1));
        }
        ++number_;
        return true;
    }
    [[nodiscard]] std::size_t number() const { return number_; }

  private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

base::Result<void> check_text(base::ByteView text, std::size_t size_bytes_max, const std::string& where) {
    if (text.size() > size_bytes_max) {
        return base::fail(base::ErrorCode::limit_exceeded, where,
                          fmt::format("The file is larger than {} bytes.", size_bytes_max));
    }
    if (text.size() >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF) {
        return base::fail(base::ErrorCode::malformed, where, "The file begins with a byte order mark.",
                          std::string(remedy));
    }
    if (!base::is_utf8(base::text_of(text))) {
        return base::fail(base::ErrorCode::malformed, where, "The file is not UTF-8.", std::string(remedy));
    }
    return {};
}

std::string_view without_indent(std::string_view line) {
    const std::size_t start = line.find_first_not_of(" \t");
    return start == std::string_view::npos ? std::string_view{} : line.substr(start);
}

// A value that goes on in the next line: joined by one space, where both halves hold something.
void fold_into(std::string& value, std::string_view line) {
    const std::string_view rest = without_indent(line);
    value += value.empty() || rest.empty() ? "" : " ";
    value += rest;
}

base::Result<ManifestEntry> parse_line(std::string_view line, std::size_t number, const std::string& where) {
    const auto hex = line.size() > digest_letters ? base::from_hex(line.substr(0, digest_letters))
                                                  : base::Result<base::Bytes>(base::Bytes{});
    std::string upper_case_too(line.substr(0, std::min(line.size(), digest_letters)));
    std::ranges::transform(upper_case_too, upper_case_too.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    const auto bytes = hex.has_value() ? hex : base::from_hex(upper_case_too);
    const std::size_t path_start = line.find_first_not_of(" \t", digest_letters);
    if (!bytes.has_value() || bytes->size() != 64 || path_start == digest_letters ||
        path_start == std::string_view::npos) {
        return wrong_line(where, number, "is not a SHA-512 checksum and a path");
    }
    const std::string_view encoded = line.substr(path_start);
    auto path = decode_path(encoded);
    if (!path.has_value()) {
        return wrong_line(where, number, "has a path that is not encoded as RFC 8493 says");
    }
    if (!stays_inside(*path)) {
        return wrong_line(where, number, "has a path that leads out of the bag or is none");
    }
    ManifestEntry entry{*std::move(path), {}};
    std::ranges::copy(*bytes, entry.digest.begin());
    return entry;
}

}  // namespace

std::string encode_path(std::string_view path) {
    std::string encoded;
    for (const char letter : path) {
        switch (letter) {
            case '%':
                encoded += "%25";
                break;
            case '\r':
                encoded += "%0D";
                break;
            case '\n':
                encoded += "%0A";
                break;
            default:
                encoded += letter;
        }
    }
    return encoded;
}

base::Result<std::string> decode_path(std::string_view encoded) {
    std::string path;
    for (std::size_t at = 0; at < encoded.size(); ++at) {
        if (encoded[at] != '%') {
            path += encoded[at];
            continue;
        }
        const std::string_view escape = encoded.substr(at, 3);
        if (escape == "%25") {
            path += '%';
        } else if (escape == "%0D" || escape == "%0d") {
            path += '\r';
        } else if (escape == "%0A" || escape == "%0a") {
            path += '\n';
        } else {
            return base::fail(base::ErrorCode::malformed, {}, "The path holds an unknown escape.");
        }
        at += 2;
    }
    return path;
}

bool stays_inside(std::string_view path) {
    if (path.empty() || path.size() > path_size_bytes_max || path.contains('\0') || path.front() == '~' ||
        !base::is_utf8(path)) {
        return false;
    }
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (part.empty() || part == "." || part == "..") {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(slash + 1);
    }
}

std::string format_manifest(std::vector<ManifestEntry> entries) {
    std::ranges::sort(entries, {}, &ManifestEntry::path);
    std::string text;
    for (const ManifestEntry& entry : entries) {
        text += base::to_hex(entry.digest) + "  " + encode_path(entry.path) + "\n";
    }
    return text;
}

base::Result<std::vector<ManifestEntry>> parse_manifest(base::ByteView text, const std::string& where) {
    TRY(check_text(text, manifest_size_bytes_max, where));
    std::vector<ManifestEntry> entries;
    std::set<std::string, std::less<>> seen;
    Lines lines(base::text_of(text));
    for (std::string_view line; lines.next(line);) {
        if (entries.size() == manifest_entries_max) {
            return base::fail(base::ErrorCode::limit_exceeded, where,
                              fmt::format("The manifest lists more than {} files.", manifest_entries_max));
        }
        if (line.size() > line_size_bytes_max) {
            return base::fail(base::ErrorCode::limit_exceeded, where,
                              fmt::format("Line {} is longer than {} bytes.", lines.number(), line_size_bytes_max));
        }
        ManifestEntry entry = TRY(parse_line(line, lines.number(), where));
        if (!seen.insert(entry.path).second) {
            return wrong_line(where, lines.number(), "lists a file that was listed before");
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::string format_tags(const Tags& tags) {
    std::string text;
    for (const auto& [label, value] : tags) {
        std::string line = value;
        std::ranges::replace(line, '\n', ' ');
        std::ranges::replace(line, '\r', ' ');
        text += label + ": " + line + "\n";
    }
    return text;
}

base::Result<Tags> parse_tags(base::ByteView text, const std::string& where) {
    TRY(check_text(text, tag_file_size_bytes_max, where));
    Tags tags;
    Lines lines(base::text_of(text));
    for (std::string_view line; lines.next(line);) {
        const bool is_folded = line.starts_with(' ') || line.starts_with('\t');
        if (is_folded && !tags.empty()) {
            fold_into(tags.back().second, line);
            continue;
        }
        const std::size_t colon = line.find(':');
        if (is_folded || colon == std::string_view::npos || colon == 0) {
            return wrong_line(where, lines.number(), "is not a label and a value");
        }
        if (tags.size() == tags_max) {
            return base::fail(base::ErrorCode::limit_exceeded, where,
                              fmt::format("The file holds more than {} labels.", tags_max));
        }
        tags.emplace_back(line.substr(0, colon), without_indent(line.substr(colon + 1)));
    }
    return tags;
}

}  // namespace pillarbox::archive
