// SPDX-License-Identifier: GPL-3.0-or-later
#include "differences.hpp"

#include <fmt/format.h>

#include "core/form/table.hpp"
#include "core/form/text_parts.hpp"

namespace pillarbox::tests {
namespace {

std::string shown(const Attributes& attributes) {
    std::string text;
    for (const auto& [name, value] : attributes) {
        text += fmt::format("{}={} ", name, value);
    }
    return text;
}

// "a.png" -> "jr://images/a.png"
std::string address_of(std::string_view kind, const std::string& file) {
    const std::string_view folder = kind == "image" || kind == "big-image" ? "images" : kind;
    return file.empty() || file.starts_with("jr://") ? file : fmt::format("jr://{}/{}", folder, file);
}

}  // namespace

void Differences::same(std::string_view what, std::string_view ours, std::string_view theirs) {
    if (ours != theirs) {
        add(fmt::format("{}: \"{}\" where the reference has \"{}\"", what, ours, theirs));
    }
}

void Differences::same(std::string_view what, const Attributes& ours, const Attributes& theirs) {
    same(what, shown(ours), shown(theirs));
}

void Differences::same_expression(std::string_view what, const std::shared_ptr<const form::Expression>& ours,
                                  const std::optional<std::string>& theirs, std::string_view context,
                                  PlainName plain) {
    same(what, ours == nullptr ? "none" : words_of_expression(ours->syntax(), context, plain),
         theirs ? words_of_xpath(*theirs, context, plain) : "none");
}

// As the reference's texts read: paths in one way of writing.
std::string Differences::words_of(std::string_view text, std::string_view node) const {
    std::string words;
    for (const form::TextPart& part : form::parts_of_text(text)) {
        const auto path = form_.text_paths.find(form::text_path_key(node, part.text));
        if (part.kind == form::TextPart::Kind::path && path != form_.text_paths.end()) {
            words += "{" + words_of_expression(path->second->syntax(), below_root(node), PlainName::node) + "}";
        } else {
            words += part.kind == form::TextPart::Kind::reference ? "${" + plain(part.text) + "}" : part.text;
        }
    }
    return plain(words);
}

void Differences::same_texts(std::string_view what, const form::LocalizedText& ours, const Texts& theirs,
                             std::string_view node) {
    for (const auto& [language, text] : theirs) {
        const std::string& code = language.empty() ? default_language_ : language;
        const bool filled_up = text == "-" && !ours.has(code);  // pyxform's mark of a missing translation
        if (!filled_up && !text.empty()) {
            same(fmt::format("{} ({})", what, code),
                 words_of(ours.has(code) ? ours.in(code, code) : ours.in(""), node), text);
        }
    }
    for (const auto& [language, text] : ours.all()) {
        const bool theirs_too = theirs.contains(language) || (language == default_language_ && theirs.contains(""));
        if (!theirs_too && !plain(text).empty()) {
            add(fmt::format("{} ({}): the reference has none", what, language));
        }
    }
}

void Differences::same_media(std::string_view what,
                             const std::map<std::string, form::LocalizedText, std::less<>>& ours,
                             const TextsByForm& theirs) {
    for (const auto& [kind, files] : ours) {
        form::LocalizedText addresses;
        for (const auto& [language, file] : files.all()) {
            addresses.set(language, address_of(kind, file));
        }
        const auto reference = theirs.find(kind);
        same_texts(fmt::format("{} {}", what, kind), addresses,
                   reference == theirs.end() ? Texts{} : reference->second);
    }
    for (const auto& [kind, texts] : theirs) {
        if (!ours.contains(kind) && !texts.empty()) {
            add(fmt::format("{} {}: only the reference has one", what, kind));
        }
    }
}

std::string plain(std::string_view text) {
    std::string joined;
    for (const std::string& word : form::words_of(text)) {
        joined += (joined.empty() ? "" : " ") + word;
    }
    return joined;
}

std::string plain_text(std::string_view text) {
    std::string result;
    while (true) {
        const std::size_t open = text.find("${");
        const std::size_t close = text.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            return plain(result + std::string(text));
        }
        result += std::string(text.substr(0, open)) + "${" + plain(text.substr(open + 2, close - open - 2)) + "}";
        text.remove_prefix(close + 1);
    }
}

std::string parameter_name(std::string_view attribute) {
    const std::size_t colon = attribute.find(':');
    std::string name(attribute.substr(colon == std::string_view::npos ? 0 : colon + 1));
    return name == "tick-interval" ? "tick_interval" : name;
}

}  // namespace pillarbox::tests
