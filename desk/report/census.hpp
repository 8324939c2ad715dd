// SPDX-License-Identifier: GPL-3.0-or-later
//
// London as the Census of 21 March 2021 found it, beside which a report sets its equality figures. Only what is the
// same question: age bands differ and have no baseline here.
// Source: Office for National Statistics, Census 2021, London region (E12000007), Open Government Licence v3.0.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pillarbox::report {

struct Baseline {
    std::string share;   // "20.7%"
    std::string source;  // "TS021"
};

// By the names that the form gives to question and choice.
[[nodiscard]] std::optional<Baseline> london_2021(std::string_view question, std::string_view choice);

}  // namespace pillarbox::report
