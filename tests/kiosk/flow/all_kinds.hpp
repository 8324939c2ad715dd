// SPDX-License-Identifier: GPL-3.0-or-later
//
// A form with every kind of question that a kiosk asks, in English, Arabic and Bengali, made here so that it is read
// as text: for tests of the flow, and for pictures. And campaigns around any form, as a kiosk gets them.
#pragma once

#include <memory>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"

namespace pillarbox::tests {

// As tests/core/form/workbook_builder.hpp reads it.
[[nodiscard]] std::string_view all_kinds_markdown();

// The call around a form, open all of 2023; the form's errors where it can't be read.
[[nodiscard]] base::Result<std::shared_ptr<const campaign::Campaign>> campaign_around(base::ByteView workbook,
                                                                                      std::string_view where);
// Of a form that is right.
[[nodiscard]] std::shared_ptr<const campaign::Campaign> campaign_of(std::string_view markdown);

}  // namespace pillarbox::tests
