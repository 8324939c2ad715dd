// SPDX-License-Identifier: GPL-3.0-or-later
//
// The places where the programs write: each is a scene that is played on a full disk, and again with room.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/faults/space/world.hpp"

namespace pillarbox::tests {

struct Scene {
    std::string name;
    std::function<Outcome()> act;  // the programs, up to the first that does not end with 0
    std::function<std::string()>
        half;  // after a failure: a sentence where something half-made can be taken for whole
    std::function<std::string()> whole;  // after success: a sentence where something is missing or wrong
};

using MakeScene = std::function<Scene(const World& world, const std::filesystem::path& disk)>;

// Whatever the scene needs to be there is made now, with room on the disk.
[[nodiscard]] const std::vector<MakeScene>& all_scenes();
// The control: an export by a plain copy, which leaves half of it under its final name.
[[nodiscard]] Scene careless_export(const World& world, const std::filesystem::path& disk);

}  // namespace pillarbox::tests
