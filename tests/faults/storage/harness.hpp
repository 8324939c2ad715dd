// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line that every program of this folder has: --runs N --seed S [--control]. Run i has seed S+i, so that
// `--runs 1 --seed S+i` repeats it. A broken run prints a line, the figures come last, also after SIGTERM; exit 1
// where a run broke.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace pillarbox::tests {

enum class Variant { as_built, control };  // control: deliberately weakened, and has to break

using Run = std::function<std::vector<std::string>(std::uint64_t seed, Variant variant)>;

[[nodiscard]] int run_many(int argument_count, char** arguments, const Run& run);

// For a machine where the faults can't be made: says so by name. The program's exit code.
[[nodiscard]] int skip(const char* name, const std::string& why);

// Runs `part` in a process of its own and brings its sentences back: a crash becomes one, and so does a hang.
[[nodiscard]] std::vector<std::string> in_own_process(const std::function<std::vector<std::string>()>& part);

}  // namespace pillarbox::tests
