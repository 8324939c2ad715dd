// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scene in a real browser: a fixture makes what the pages show, its `play(scene, last)` runs the script that acts.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "tests/support/program.hpp"

namespace pillarbox::tests {

// Passes where the script says at its end that it is done, and is skipped by name where there is no browser.
template <typename Fixture>
void check_scene(const std::string& scene, const std::string& last = "") {
    const Fixture fixture;
    const Outcome outcome = fixture.play(scene, last);
    if (outcome.output.contains("SKIPPED: ")) {
        std::printf("%s\n", outcome.output.c_str());
        return;
    }
    INFO(outcome.output);
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output.ends_with("done\n"));
}

// Where axe-core is, or would be if npm could be reached.
inline std::string fetched_axe() {
    const std::string npm_folder = PILLARBOX_NPM_FOLDER;
    static_cast<void>(run_program({std::string(PILLARBOX_SOURCE_DIR) + "/tests/browser/fetch-axe", npm_folder}));
    return npm_folder + "/node_modules/axe-core/axe.min.js";
}

// axe-core over every page, and screenshots of them for whoever sets PILLARBOX_PICTURES.
template <typename Fixture>
void check_barriers() {
    check_scene<Fixture>("barriers", fetched_axe());
    if (const char* pictures = std::getenv("PILLARBOX_PICTURES"); pictures != nullptr) {
        std::filesystem::create_directories(pictures);
        check_scene<Fixture>("pictures", pictures);
    }
}

}  // namespace pillarbox::tests
