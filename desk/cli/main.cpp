// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/system_random.hpp"
#include "desk/cli/commands.hpp"

int main(int argument_count, char** arguments) {
    const pillarbox::base::SystemClock clock;
    pillarbox::crypto::SystemRandom random;
    pillarbox::cli::Context context{.clock = clock, .random = random};
    return pillarbox::cli::run(argument_count, arguments, context);
}
