// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/s3_listing.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "core/base/bytes.hpp"

namespace pillarbox::archive {
namespace {

std::unexpected<base::Error> wrong(base::ErrorCode code, const std::string& where, std::string what) {
    return base::fail(code, where, std::move(what), "Check that the target's address is that of an S3 bucket.");
}

// The text of the next such element; what comes before its end is passed over.
std::optional<std::string_view> next_element(std::string_view& rest, std::string_view name) {
    const std::string open = fmt::format("<{}>", name);
    const std::string close = fmt::format("</{}>", name);
    const std::size_t start = rest.find(open);
    const std::size_t end = start == std::string_view::npos ? start : rest.find(close, start);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view text = rest.substr(start + open.size(), end - start - open.size());
    rest.remove_prefix(end + close.size());
    return text;
}

std::optional<std::string> without_percents(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            result += text[at] == '+' ? ' ' : text[at];  // servers differ in how they encode a space
            continue;
        }
        std::string hex(text.substr(at + 1, 2));
        for (char& letter : hex) {
            letter = letter >= 'A' && letter <= 'F' ? static_cast<char>(letter - 'A' + 'a') : letter;
        }
        const auto byte = base::from_hex(hex);
        if (!byte.has_value() || byte->size() != 1) {
            return std::nullopt;
        }
        result += static_cast<char>(byte->front());
        at += 2;
    }
    return result;
}

// XML's own five; a token has no others.
std::optional<std::string> without_entities(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    std::string result;
    while (!text.empty()) {
        std::size_t taken = 1;
        char letter = text.front();
        if (letter == '&') {
            taken = 0;
            for (const auto& [name, meant] : entities) {
                if (text.starts_with(name)) {
                    letter = meant;
                    taken = name.size();
                }
            }
            if (taken == 0) {
                return std::nullopt;
            }
        }
        result += letter;
        text.remove_prefix(taken);
    }
    return result;
}

}  // namespace

base::Result<S3Listing> parse_s3_listing(std::string_view xml, const std::string& where) {
    if (!xml.contains("<ListBucketResult")) {
        return wrong(base::ErrorCode::malformed, where, "The server did not answer with a bucket's list.");
    }
    S3Listing listing;
    std::string_view rest = xml;
    while (const auto text = next_element(rest, "Key")) {
        if (listing.keys.size() == listed_keys_max || text->size() > listed_text_size_bytes_max) {
            return wrong(base::ErrorCode::limit_exceeded, where, "A page of the bucket's list is larger than S3's.");
        }
        auto key = without_percents(*text);
        if (!key.has_value()) {
            return wrong(base::ErrorCode::malformed, where, "A key in the bucket's list is not URL-encoded.");
        }
        listing.keys.push_back(*std::move(key));
    }
    rest = xml;
    if (const auto token = next_element(rest, "NextContinuationToken")) {
        auto text = token->size() > listed_text_size_bytes_max ? std::nullopt : without_entities(*token);
        if (!text.has_value() || text->empty()) {
            return wrong(base::ErrorCode::malformed, where, "The bucket's list does not say where it goes on.");
        }
        listing.continuation = *std::move(text);
    }
    return listing;
}

}  // namespace pillarbox::archive
