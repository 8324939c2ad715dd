// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envelope/header.hpp"

#include <algorithm>
#include <utility>

namespace pillarbox::envelope {
namespace {

constexpr std::string_view version_start = "age-encryption.org/";
constexpr std::string_view stanza_start = "->";
constexpr std::size_t columns = 64;  // of a wrapped body line: 48 bytes
constexpr std::size_t header_size_bytes_max = std::size_t{64} << 10U;
constexpr std::size_t stanzas_max = 64;
constexpr std::size_t arguments_max = 16;

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "envelope header", std::move(what));
}

// Hands out the header's lines, each ended by a line feed, within the size cap.
class Lines {
  public:
    explicit Lines(base::ByteView envelope)
        : text_(base::text_of(envelope.first(std::min(envelope.size(), header_size_bytes_max)))),
          cut_(envelope.size() > header_size_bytes_max) {}

    base::Result<std::string_view> next() {
        const std::size_t end = text_.find('\n', position_);
        if (end == std::string_view::npos && cut_) {
            return base::fail(base::ErrorCode::limit_exceeded, "envelope header", "The header is over 64 KiB.");
        }
        if (end == std::string_view::npos) {
            return malformed("The envelope ends within its header.");
        }
        const std::string_view line = text_.substr(position_, end - position_);
        position_ = end + 1;
        return line;
    }
    [[nodiscard]] std::size_t position() const { return position_; }
    [[nodiscard]] std::string_view before(std::size_t end) const { return text_.substr(0, end); }

  private:
    std::string_view text_;
    bool cut_;
    std::size_t position_ = 0;
};

// Arguments are one or more visible ASCII letters, with one space between (the specification's VCHAR).
base::Result<std::vector<std::string_view>> split_arguments(std::string_view line) {
    std::vector<std::string_view> arguments;
    while (true) {
        const std::size_t end = std::min(line.find(' '), line.size());
        const std::string_view argument = line.substr(0, end);
        if (argument.empty() ||
            std::ranges::any_of(argument, [](char letter) { return letter < 33 || letter > 126; })) {
            return malformed("A stanza's argument is empty or has a letter that is not visible ASCII.");
        }
        if (arguments.size() == arguments_max) {
            return base::fail(base::ErrorCode::limit_exceeded, "envelope header", "A stanza has too many arguments.");
        }
        arguments.push_back(argument);
        if (end == line.size()) {
            return arguments;
        }
        line.remove_prefix(end + 1);
    }
}

// Full lines of 64 letters and then one shorter one, which may be empty: so each body has one wrapping.
base::Result<base::Bytes> read_body(Lines& lines) {
    base::Bytes body;
    while (true) {
        const std::string_view line = TRY(lines.next());
        if (line.size() > columns) {
            return malformed("A stanza's body line is over 64 letters.");
        }
        const base::Bytes part = TRY(base::from_base64_raw(line));
        body.insert(body.end(), part.begin(), part.end());
        if (line.size() < columns) {
            return body;
        }
    }
}

base::Result<Stanza> read_stanza(Lines& lines, std::string_view line) {
    if (!line.starts_with("-> ")) {
        return malformed("A stanza does not begin with an arrow.");
    }
    Stanza stanza;
    stanza.arguments = TRY(split_arguments(line.substr(3)));
    stanza.body = TRY(read_body(lines));
    return stanza;
}

}  // namespace

base::Result<Header> parse_header(base::ByteView envelope) {
    Lines lines(envelope);
    const std::string_view first = TRY(lines.next());
    if (first != version_line.substr(0, version_line.size() - 1)) {
        const bool other_version = first.starts_with(version_start);
        return base::fail(other_version ? base::ErrorCode::unsupported : base::ErrorCode::malformed,
                          "envelope header", "This is not an age v1 envelope.");
    }
    Header header;
    while (true) {
        const std::size_t start = lines.position();
        const std::string_view line = TRY(lines.next());
        if (line.starts_with(footer_start)) {
            if (!line.starts_with("--- ")) {
                return malformed("The header's last line has no MAC.");
            }
            const base::Bytes mac = TRY(base::from_base64_raw(line.substr(footer_start.size() + 1)));
            header.mac = TRY(base::array_of<32>(mac));
            header.authenticated = lines.before(start + footer_start.size());
            header.size_bytes = lines.position();
            break;
        }
        if (header.stanzas.size() == stanzas_max) {
            return base::fail(base::ErrorCode::limit_exceeded, "envelope header",
                              "The header has over 64 recipients.");
        }
        header.stanzas.push_back(TRY(read_stanza(lines, line)));
    }
    if (header.stanzas.empty()) {
        return malformed("The header names no recipient.");
    }
    return header;
}

std::string format_stanza(const std::vector<std::string>& arguments, base::ByteView body) {
    std::string text(stanza_start);
    for (const std::string& argument : arguments) {
        text += ' ' + argument;
    }
    text += '\n';
    const std::string letters = base::to_base64_raw(body);
    for (std::size_t start = 0; start <= letters.size(); start += columns) {
        text += letters.substr(start, columns) + '\n';  // also the last, shorter or empty one
    }
    return text;
}

std::string format_footer_end(const crypto::Digest& mac) {
    return ' ' + base::to_base64_raw(mac) + '\n';
}

}  // namespace pillarbox::envelope
