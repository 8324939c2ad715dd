// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known to be wrong with recorded cases, so that they say nothing about an evaluator as they stand.
//
// Of one suite, the recorder kept a stand-in where a test made its own document. Such a case takes the document of
// its twin, the case of the same expression at the same context in the other suite; or that of the test most like it
// by name, which is a guess: it can confirm the expectation, and not refute it. A few expectations are disputed: by
// the other suite, by XPath itself, or because a step of the test is not in the record.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/form/syntax.hpp"
#include "core/form/tree.hpp"

namespace pillarbox::tests {

class Records {
  public:
    // `cases` outlives it.
    explicit Records(const nlohmann::json& cases);

    struct Document {
        std::string xml;
        enum class Origin { recorded, twin, guessed, lost } origin{};
    };
    [[nodiscard]] Document document_of(const nlohmann::json& test, const form::Syntax& syntax) const;

    // Why a difference from this case's expectation is none, or nothing.
    [[nodiscard]] static std::optional<std::string> dispute_of(const nlohmann::json& test);

  private:
    const nlohmann::json& cases_;
    std::map<std::string, form::Tree, std::less<>> trees_;  // of every document, to look contexts up in
};

}  // namespace pillarbox::tests
