// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a workbook or a pack holds, in a few lines for an officer to compare with what was meant.
#pragma once

#include <string>

#include "core/campaign/campaign.hpp"
#include "core/form/form.hpp"

namespace pillarbox::packs {

struct FormFigures {
    std::size_t questions = 0;  // rows that a person answers: no notes, calculations, hidden or metadata fields
    std::size_t pages =
        0;  // top-level groups with the appearance field-list count once, other top-level questions each
    std::size_t choices = 0;
};
[[nodiscard]] FormFigures figures_of(const form::Form& form);

// Ends with a line break. Questions, pages, languages, each language's missing labels.
[[nodiscard]] std::string describe_form(const form::Form& form);

// Id, version, dates, languages, recipients, digest of a verified pack.
[[nodiscard]] std::string describe_campaign(const campaign::Campaign& campaign);

}  // namespace pillarbox::packs
