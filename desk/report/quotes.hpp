// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the chosen quotations in the responses as they pass, and keeps those that consent allows.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "desk/report/compose.hpp"

namespace pillarbox::report {

class QuotePicker {
  public:
    explicit QuotePicker(const Evidence& evidence);  // which must outlive it

    void add(const exports::Record& record);
    // In the order in which they were chosen. A response that never passed came after the cut-off, or was withdrawn.
    [[nodiscard]] Quotes finish();

  private:
    [[nodiscard]] std::optional<Quotation> quotation_of(const exports::Record& record,
                                                        const ChosenQuote& chosen) const;

    const Evidence& evidence_;
    std::multimap<submission::Uuid, std::size_t> wanted_;  // places among the chosen
    std::vector<std::optional<Quotation>> found_;          // of each
    std::size_t withheld_ = 0;
};

}  // namespace pillarbox::report
