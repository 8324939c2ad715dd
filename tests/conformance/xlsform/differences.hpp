// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collects where what was read and the reference say different things, each as one sentence.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/form/expression.hpp"
#include "core/form/form.hpp"
#include "expression_words.hpp"
#include "reference_form.hpp"

namespace pillarbox::tests {

class Differences {
  public:
    explicit Differences(const form::Form& form) : form_(form), default_language_(form.default_language) {}

    void add(std::string difference) { found_.push_back(std::move(difference)); }
    void same(std::string_view what, std::string_view ours, std::string_view theirs);
    void same(std::string_view what, const Attributes& ours, const Attributes& theirs);
    // `context` is the path of the node that the expression belongs to, below the root element.
    void same_expression(std::string_view what, const std::shared_ptr<const form::Expression>& ours,
                         const std::optional<std::string>& theirs, std::string_view context,
                         PlainName plain = PlainName::node);
    // The default language is "" in the reference's words for it and may have a code in ours. `node` is the path of
    // the question that says them, for paths inside the texts.
    void same_texts(std::string_view what, const form::LocalizedText& ours, const Texts& theirs,
                    std::string_view node = {});
    // Ours are names of files, theirs addresses: "jr://images/a.png".
    void same_media(std::string_view what, const std::map<std::string, form::LocalizedText, std::less<>>& ours,
                    const TextsByForm& theirs);

    [[nodiscard]] const std::string& default_language() const { return default_language_; }
    [[nodiscard]] std::vector<std::string> take() && { return std::move(found_); }

  private:
    [[nodiscard]] std::string words_of(std::string_view text, std::string_view node) const;

    const form::Form& form_;
    std::string default_language_;
    std::vector<std::string> found_;
};

[[nodiscard]] std::string plain(std::string_view text);       // white space as single spaces, none at the ends
[[nodiscard]] std::string plain_text(std::string_view text);  // also "${ name }" -> "${name}"

// "orx:max-pixels" -> "max-pixels", as the parameters column has it
[[nodiscard]] std::string parameter_name(std::string_view attribute);

}  // namespace pillarbox::tests
