// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <exception>

#include "core/base/core_dumps.hpp"
#include "core/crypto/system_random.hpp"
#include "desk/cli/commands.hpp"

// Nothing of ours throws, but memory can run out inside the standard library: that is told, and not an abort.
int main(int argument_count, char** arguments) try {
    pillarbox::base::forbid_core_dumps_or_warn("pillarbox");
    const pillarbox::base::SystemClock clock;
    pillarbox::crypto::SystemRandom random;
    pillarbox::cli::Context context{.clock = clock, .random = random};
    return pillarbox::cli::run(argument_count, arguments, context);
} catch (const std::exception&) {
    std::fputs("pillarbox: internal error\n", stderr);
    return static_cast<int>(pillarbox::base::ExitCode::internal);
}
