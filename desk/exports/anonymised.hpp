// SPDX-License-Identifier: GPL-3.0-or-later
//
// Responses as they may leave the committee's hands: what could tell who answered is left out before any file is
// written, so that every writer (CSV, JSON, codebook) writes the same. docs/formats/exports.md gives each rule with
// its reason. Fails closed: a question that no rule lets through is left out.
//
// Kept: answers chosen from a list, numbers of a range, evidence texts that may be quoted (consent.hpp).
// Left out: the groups "contact" and "about_you" (equality figures stand apart from texts: the report counts
// them), names, every other open answer, what the form computed, the quotation choice itself.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/record_source.hpp"

namespace pillarbox::exports {

// A combination of what others may know of a person is given only where so many responses share it.
inline constexpr std::size_t alike_min = 5;
inline constexpr std::size_t alike_with_station_min = 10;

// What is given up of a response, bits of Trait (anonymised.cpp).
using GivenUp = std::uint8_t;

// By week, then at random; numbered anew. Test submissions are left out. The same records give the same result, in
// whatever order they come.
class Anonymised final : public RecordSource {
  public:
    // One walk through `records`, which must outlive it; of each it keeps a few numbers, and no text.
    [[nodiscard]] static base::Result<Anonymised> of(const form::Form& form, RecordSource& records);
    Anonymised(Anonymised&&) noexcept = default;

    [[nodiscard]] const form::Form& form() const { return form_; }  // with the questions that are kept
    [[nodiscard]] std::size_t size() const override { return kept_.size(); }
    [[nodiscard]] base::Result<Record> at(std::size_t index) override;

  private:
    struct Kept {
        std::uint32_t index = 0;  // of `records`
        GivenUp given_up = 0;
    };
    Anonymised(const form::Form& form, RecordSource& records);
    [[nodiscard]] bool is_kept(const Record& record, const form::Answer& answer) const;

    form::Form form_;
    std::set<std::string, std::less<>> closed_, texts_;  // paths of the questions that are kept, by kind
    RecordSource* records_;
    std::vector<Kept> kept_;
};

}  // namespace pillarbox::exports
