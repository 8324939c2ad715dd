// SPDX-License-Identifier: GPL-3.0-or-later
//
// Puts a report together: what a committee publishes with a call for evidence, in the order in which it is read. The
// questioning brief and the letter pack differ in title, cut-off and the room they leave for the officer.
#pragma once

#include "desk/report/document.hpp"
#include "desk/report/evidence.hpp"
#include "desk/report/figures.hpp"

namespace pillarbox::report {

// The chosen quotations that consent allows, in the order given, each with its permitted attribution; how many of
// them consent does not allow is told in `withheld`.
struct Quotes {
    std::vector<Quotation> allowed;
    std::vector<std::string> themes;  // of each
    std::size_t withheld = 0;
};

[[nodiscard]] Document compose(const Evidence& evidence, const Figures& figures, const Quotes& quotes);

}  // namespace pillarbox::report
