// SPDX-License-Identifier: GPL-3.0-or-later
//
// The light of a scan by switches: a ring of its own around what the next press chooses, or around a whole group of
// it. A status in the tree, named after what it lies on, so that it is spoken wherever it goes; it controls the one
// thing that it lies on. The focus stays where it is.
#pragma once

#include <span>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

// Called after the page is drawn. `lit` are nodes of this frame; others are passed over.
void scan_light(Ui& ui, std::span<const NodeId> lit);

}  // namespace pillarbox::widgets
