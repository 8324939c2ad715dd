// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/expression.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_expression(base::ByteView input) {
    static_cast<void>(form::Expression::parse(base::text_of(input)));
}
