// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions of text and of truth. Positions and lengths count code points.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/bytes.hpp"
#include "core/base/utf8.hpp"
#include "core/form/code_points.hpp"
#include "core/form/functions.hpp"
#include "core/form/regex.hpp"

namespace pillarbox::form {
namespace {

Value string(const Call& call) {
    return call.text_or_context(0);
}

// Each node of a node set counts as an argument, as OpenRosa has it: concat(${repeated}) joins all repetitions.
Value concat(const Call& call) {
    std::string joined;
    for (const std::string& text : call.all_texts(0)) {
        joined += text;
    }
    return joined;
}

Value join(const Call& call) {
    const std::string separator = call.text(0);
    std::string joined;
    bool first = true;
    for (const std::string& text : call.all_texts(1)) {
        joined += (first ? "" : separator) + text;
        first = false;
    }
    return joined;
}

Value contains(const Call& call) {
    return call.text(0).find(call.text(1)) != std::string::npos;
}
Value starts_with(const Call& call) {
    return call.text(0).starts_with(call.text(1));
}
Value ends_with(const Call& call) {
    return call.text(0).ends_with(call.text(1));
}

Value substring_before(const Call& call) {
    const std::string text = call.text(0);
    const std::size_t found = text.find(call.text(1));
    return found == std::string::npos ? std::string() : text.substr(0, found);
}

Value substring_after(const Call& call) {
    const std::string text = call.text(0);
    const std::string mark = call.text(1);
    const std::size_t found = text.find(mark);
    return found == std::string::npos ? std::string() : text.substr(found + mark.size());
}

// XPath 1.0 section 4.2: rounds as round() does.
double round_half_up(double number) {
    return std::floor(number + 0.5);
}

// XPath's substring counts from 1 and takes a length.
Value substring(const Call& call) {
    const std::u32string text = code_points_of(call.text(0));
    const double first = round_half_up(call.number(1));
    const double end = call.size() > 2 ? first + round_half_up(call.number(2)) : HUGE_VAL;
    std::u32string part;
    for (std::size_t index = 0; index < text.size(); ++index) {
        const double position = static_cast<double>(index + 1);
        if (position >= first && position < end) {  // false for NaN, as the specification wants
            part += text[index];
        }
    }
    return utf8_of(part);
}

// OpenRosa's substr counts from 0 and takes an end; negative numbers count from the text's end.
Value substr(const Call& call) {
    const std::u32string text = code_points_of(call.text(0));
    const auto size = static_cast<double>(text.size());
    const auto place = [&](double given) {
        const double whole = std::isnan(given) ? 0 : std::trunc(given);
        return static_cast<std::size_t>(std::clamp(whole < 0 ? size + whole : whole, 0.0, size));
    };
    const std::size_t first = place(call.number(1));
    const std::size_t end = call.size() > 2 ? place(call.number(2)) : text.size();
    return first < end ? utf8_of(std::u32string_view(text).substr(first, end - first)) : std::string();
}

Value string_length(const Call& call) {
    return static_cast<double>(code_points_of(call.text_or_context(0)).size());
}

Value normalize_space(const Call& call) {
    std::string normal;
    bool pending = false;
    for (const char character : call.text_or_context(0)) {
        const bool space = character == ' ' || character == '\t' || character == '\n' || character == '\r';
        if (!space) {
            normal += pending && !normal.empty() ? " " : "";
            normal += character;
        }
        pending = space;
    }
    return normal;
}

Value translate(const Call& call) {
    const std::u32string from = code_points_of(call.text(1));
    const std::u32string to = code_points_of(call.text(2));
    std::u32string translated;
    for (const char32_t character : code_points_of(call.text(0))) {
        const std::size_t found = from.find(character);
        if (found == std::u32string::npos) {
            translated += character;
        } else if (found < to.size()) {
            translated += to[found];
        }
    }
    return utf8_of(translated);
}

// With or without padding. What is no base64, or hides no UTF-8 text, is nothing.
Value base64_decode(const Call& call) {
    const std::string text = call.text(0);
    base::Result<base::Bytes> bytes = base::from_base64(text);
    if (!bytes) {
        bytes = base::from_base64_raw(text);
    }
    std::string decoded(bytes ? base::text_of(*bytes) : std::string_view());
    return base::from_utf8(decoded) ? decoded : std::string();
}

Value regex(const Call& call) {
    return call.syntax.regex->search(call.text(0));
}

Value boolean(const Call& call) {
    return call.truth(0);
}
Value boolean_from_string(const Call& call) {
    const std::string text = call.text(0);
    return text == "1" || text == "true";
}
Value logical_not(const Call& call) {
    return !call.truth(0);
}
Value logical_true(const Call&) {
    return true;
}
Value logical_false(const Call&) {
    return false;
}
Value choose(const Call& call) {
    return call.value(call.truth(0) ? 1 : 2);
}

Value coalesce(const Call& call) {
    for (std::size_t index = 0; index + 1 < call.size(); ++index) {
        Value candidate = call.value(index);
        const double* number = std::get_if<double>(&candidate);
        const bool blank = number != nullptr ? std::isnan(*number) : call.conversion().text(candidate).empty();
        if (!blank) {
            return candidate;
        }
    }
    return call.value(call.size() - 1);
}

// The value that the node already has, else the argument: so that a calculation happens once.
Value once(const Call& call) {
    std::string held = call.conversion().text_of_node(call.evaluation.node);
    return held.empty() ? call.text(0) : held;
}

constexpr std::array functions = {
    Function{"string", 0, 1, string},
    Function{"concat", 0, any_number, concat},
    Function{"join", 1, any_number, join},
    Function{"contains", 2, 2, contains},
    Function{"starts-with", 2, 2, starts_with},
    Function{"ends-with", 2, 2, ends_with},
    Function{"substring", 2, 3, substring},
    Function{"substring-before", 2, 2, substring_before},
    Function{"substring-after", 2, 2, substring_after},
    Function{"substr", 2, 3, substr},
    Function{"string-length", 0, 1, string_length},
    Function{"normalize-space", 0, 1, normalize_space},
    Function{"translate", 3, 3, translate},
    Function{"base64-decode", 1, 1, base64_decode},
    Function{"regex", 2, 2, regex},
    Function{"boolean", 1, 1, boolean},
    Function{"boolean-from-string", 1, 1, boolean_from_string},
    Function{"not", 1, 1, logical_not},
    Function{"true", 0, 0, logical_true},
    Function{"false", 0, 0, logical_false},
    Function{"if", 3, 3, choose},
    Function{"coalesce", 1, any_number, coalesce},
    Function{"once", 1, 1, once},
};

}  // namespace

std::span<const Function> text_functions() {
    return functions;
}

}  // namespace pillarbox::form
