// SPDX-License-Identifier: GPL-3.0-or-later
//
// London's 32 boroughs and the City as tiles of one size: each near its neighbours, the river between the fourth and
// the fifth row for most. Large boroughs do not look larger than small ones with as many people.
#pragma once

#include <array>
#include <string_view>

namespace pillarbox::report {

struct BoroughTile {
    std::string_view choice, letters;
    int row, column;
};

inline constexpr std::array<BoroughTile, 33> borough_tiles = {{
    {"enfield", "Enf", 0, 4},
    {"harrow", "Hrw", 1, 1},
    {"barnet", "Bnt", 1, 2},
    {"haringey", "Hgy", 1, 3},
    {"waltham_forest", "WFo", 1, 4},
    {"redbridge", "Red", 1, 5},
    {"havering", "Hav", 1, 6},
    {"hillingdon", "Hil", 2, 0},
    {"brent", "Brn", 2, 1},
    {"camden", "Cam", 2, 2},
    {"islington", "Isl", 2, 3},
    {"hackney", "Hck", 2, 4},
    {"newham", "New", 2, 5},
    {"barking_and_dagenham", "B&D", 2, 6},
    {"ealing", "Eal", 3, 0},
    {"kensington_and_chelsea", "K&C", 3, 1},
    {"westminster", "Wst", 3, 2},
    {"city_of_london", "City", 3, 3},
    {"tower_hamlets", "TwH", 3, 4},
    {"greenwich", "Grn", 3, 5},
    {"bexley", "Bex", 3, 6},
    {"hounslow", "Hns", 4, 0},
    {"hammersmith_and_fulham", "H&F", 4, 1},
    {"wandsworth", "Wnd", 4, 2},
    {"lambeth", "Lam", 4, 3},
    {"southwark", "Swk", 4, 4},
    {"lewisham", "Lew", 4, 5},
    {"richmond_upon_thames", "Rch", 5, 1},
    {"merton", "Mer", 5, 2},
    {"croydon", "Cry", 5, 3},
    {"bromley", "Bro", 5, 4},
    {"kingston_upon_thames", "Kng", 6, 1},
    {"sutton", "Sut", 6, 2},
}};

}  // namespace pillarbox::report
