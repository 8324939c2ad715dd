// SPDX-License-Identifier: GPL-3.0-or-later
//
// The control's weakness: databases that commit without flushing. It works on this process from outside of the
// product, which has no switch for it and must not get one.
#pragma once

namespace pillarbox::tests {

// Every database opened from now on in this process has synchronous=NORMAL, and whoever sets it otherwise is not
// heard.
void commit_without_flushing();

}  // namespace pillarbox::tests
