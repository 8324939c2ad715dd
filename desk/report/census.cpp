// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/census.hpp"

#include <array>

namespace pillarbox::report {
namespace {

struct Share {
    std::string_view question, choice, share, source;
};

constexpr std::array shares = {
    Share{"ethnic_group", "asian", "20.7%", "TS021"},
    Share{"ethnic_group", "black", "13.5%", "TS021"},
    Share{"ethnic_group", "mixed", "5.7%", "TS021"},
    Share{"ethnic_group", "white", "53.8%", "TS021"},
    Share{"ethnic_group", "other", "6.3%", "TS021"},
    Share{"sex", "female", "51.5%", "TS008"},
    Share{"sex", "male", "48.5%", "TS008"},
    Share{"disability", "yes", "13.2%", "TS038"},
    Share{"main_language", "english", "78.4%", "TS024"},
};

}  // namespace

std::optional<Baseline> london_2021(std::string_view question, std::string_view choice) {
    for (const Share& share : shares) {
        if (share.question == question && share.choice == choice) {
            return Baseline{std::string(share.share), std::string(share.source)};
        }
    }
    return std::nullopt;
}

}  // namespace pillarbox::report
