// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/lexer.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}
bool is_space(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}
// Names may hold any letter: bytes of multi-byte characters count as letters (typographic quotes are replaced
// before).
bool starts_name(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_' ||
           static_cast<unsigned char>(character) >= 0x80;
}
bool continues_name(char character) {
    return starts_name(character) || is_digit(character) || character == '-' || character == '.';
}

std::string with_plain_quotes(std::string_view text) {
    struct Replacement {
        std::string_view typographic;
        char plain;
    };
    constexpr std::array<Replacement, 5> replacements = {
        {{"\u2018", '\''}, {"\u2019", '\''}, {"\u201C", '"'}, {"\u201D", '"'}, {"\u00A0", ' '}}};
    std::string plain(text);
    for (const auto& [typographic, replacement] : replacements) {
        for (std::size_t at = plain.find(typographic); at != std::string::npos; at = plain.find(typographic, at)) {
            plain.replace(at, typographic.size(), 1, replacement);
        }
    }
    return plain;
}

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Token>> run() {
        while (true) {
            while (position_ < text_.size() && is_space(text_[position_])) {
                ++position_;
            }
            if (position_ == text_.size()) {
                break;
            }
            TRY(read_token());
        }
        tokens_.push_back({TokenKind::end, {}, 0, text_.size()});
        return std::move(tokens_);
    }

  private:
    [[nodiscard]] char at(std::size_t offset) const {
        return position_ + offset < text_.size() ? text_[position_ + offset] : '\0';
    }

    // XPath 1.0 section 3.7: after an operand, * multiplies and a name is an operator.
    [[nodiscard]] bool after_operand() const {
        if (tokens_.empty()) {
            return false;
        }
        const Token& last = tokens_.back();
        switch (last.kind) {
            case TokenKind::number:
            case TokenKind::literal:
            case TokenKind::reference:
            case TokenKind::name:
            case TokenKind::wildcard:
                return true;
            case TokenKind::symbol:
                return last.text == ")" || last.text == "]" || last.text == "." || last.text == "..";
            case TokenKind::operator_name:
            case TokenKind::multiply:
            case TokenKind::end:
                return false;
        }
        return false;
    }

    void push(TokenKind kind, std::string_view text, std::size_t length) {
        tokens_.push_back({kind, std::string(text), 0, position_});
        position_ += length;
    }

    Result<void> read_token() {
        const char first = text_[position_];
        if (is_digit(first) || (first == '.' && is_digit(at(1)))) {
            return read_number();
        }
        if (first == '"' || first == '\'') {
            return read_literal(first);
        }
        if (first == '$') {
            return read_reference();
        }
        if (starts_name(first)) {
            return read_name();
        }
        return read_symbol();
    }

    Result<void> read_number() {
        std::size_t end = position_;
        while (end < text_.size() && (is_digit(text_[end]) || text_[end] == '.')) {
            ++end;
        }
        // An exponent, which XPath 1.0 lacks: form engines accept it, and nothing else can follow a number.
        if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
            const bool sign = end + 1 < text_.size() && (text_[end + 1] == '-' || text_[end + 1] == '+');
            end += sign ? 2 : 1;
            while (end < text_.size() && is_digit(text_[end])) {
                ++end;
            }
        }
        double number = 0;
        const auto [stopped, error] = std::from_chars(text_.data() + position_, text_.data() + end, number);
        if (error != std::errc{} || stopped != text_.data() + end) {
            return complain("a number");
        }
        tokens_.push_back({TokenKind::number, {}, number, position_});
        position_ = end;
        return {};
    }

    Result<void> read_literal(char quote) {
        const std::size_t end = text_.find(quote, position_ + 1);
        if (end == std::string_view::npos) {
            return complain("a text without its closing quote");
        }
        push(TokenKind::literal, text_.substr(position_ + 1, end - position_ - 1), end + 1 - position_);
        return {};
    }

    Result<void> read_reference() {
        const std::size_t end = text_.find('}', position_);
        if (starts_name(at(1))) {
            return base::fail(ErrorCode::unsupported, {}, "Variables such as $name are not supported.",
                              "Use ${name} references.");
        }
        if (at(1) != '{' || end == std::string_view::npos) {
            return complain("a '$' that starts no ${name}");
        }
        std::string_view name = text_.substr(position_ + 2, end - position_ - 2);
        while (!name.empty() && is_space(name.front())) {
            name.remove_prefix(1);
        }
        while (!name.empty() && is_space(name.back())) {
            name.remove_suffix(1);
        }
        if (name.starts_with("last-saved#")) {
            return base::fail(ErrorCode::unsupported, {},
                              "The expression asks for the previous person's answers (last-saved).",
                              "Remove it: a kiosk keeps nothing of the person before.");
        }
        bool good = !name.empty() && starts_name(name.front());
        for (const char character : name) {
            good = good && (continues_name(character) || character == ':');
        }
        if (!good) {
            return complain("a ${...} without a name");
        }
        push(TokenKind::reference, name, end + 1 - position_);
        return {};
    }

    Result<void> read_name() {
        std::size_t end = position_;
        while (end < text_.size() && continues_name(text_[end])) {
            ++end;
        }
        // A prefix ("jr:choice-name"), but not an axis ("parent::").
        const bool prefix =
            end + 1 < text_.size() && text_[end] == ':' && (starts_name(text_[end + 1]) || text_[end + 1] == '*');
        if (prefix) {
            ++end;
            while (end < text_.size() && (continues_name(text_[end]) || text_[end] == '*')) {
                ++end;
            }
        }
        const std::string_view name = text_.substr(position_, end - position_);
        if (!after_operand()) {
            push(TokenKind::name, name, name.size());
            return {};
        }
        // Only an operator can stand here, so that "1div2" is clear though XPath would want spaces.
        for (const std::string_view word : {"and", "or", "div", "mod"}) {
            if (name == word || (name.starts_with(word) && is_digit(name[word.size()]))) {
                push(TokenKind::operator_name, word, word.size());
                return {};
            }
        }
        return complain("a name where an operator should be");
    }

    Result<void> read_symbol() {
        constexpr std::array<std::string_view, 21> symbols = {"..", "//", "!=", "<=", ">=", "::", "(",
                                                              ")",  "[",  "]",  ",",  ".",  "/",  "|",
                                                              "+",  "-",  "=",  "<",  ">",  "@",  "*"};
        for (const std::string_view symbol : symbols) {
            if (text_.substr(position_).starts_with(symbol)) {
                const bool star = symbol == "*";
                push(!star             ? TokenKind::symbol
                     : after_operand() ? TokenKind::multiply
                                       : TokenKind::wildcard,
                     symbol, symbol.size());
                return {};
            }
        }
        return complain("a character that has no meaning there");
    }

    [[nodiscard]] std::unexpected<base::Error> complain(std::string_view what) const {
        return base::fail(ErrorCode::malformed, {},
                          fmt::format("The expression has {} at character {}.", what, position_ + 1),
                          "Correct the expression.");
    }

    std::string_view text_;
    std::size_t position_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> split_expression(std::string_view text) {
    if (text.size() > expression_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, {},
                          fmt::format("The expression is longer than {} bytes.", expression_size_bytes_max),
                          "Split it over several calculate rows.");
    }
    const std::string plain = with_plain_quotes(text);
    return Lexer(plain).run();
}

}  // namespace pillarbox::form
