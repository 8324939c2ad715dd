// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/withdrawn.hpp"

#include <fmt/format.h>

#include "core/base/file.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::archive {
namespace {

constexpr std::size_t file_size_bytes_max = std::size_t{64} << 20U;

base::Result<batch::WithdrawalTag> parse_line(std::string_view line) {
    if (line.size() == 64) {
        const base::Bytes bytes = TRY(base::from_hex(line));
        return base::array_of<32>(bytes);
    }
    const submission::WithdrawalCode code = TRY(submission::parse_withdrawal_code(line));
    return submission::withdrawal_tag(code);
}

}  // namespace

base::Result<WithdrawnTags> parse_withdrawn(std::string_view text, const std::string& where) {
    WithdrawnTags tags;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        ++number;
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto tag = parse_line(line);
        if (!tag.has_value()) {  // the line itself is not quoted: a code with a slip is nearly a code
            return base::fail(base::ErrorCode::malformed, where,
                              fmt::format("Line {} is neither a withdrawal tag nor a code.", number),
                              "Write one tag of 64 letters, or one code, a line.");
        }
        tags.insert(*tag);
    }
    return tags;
}

base::Result<WithdrawnTags> read_withdrawn(const std::filesystem::path& path) {
    const base::Bytes bytes = TRY(base::read_file(path, file_size_bytes_max));
    return parse_withdrawn(base::text_of(bytes), path.string());
}

}  // namespace pillarbox::archive
