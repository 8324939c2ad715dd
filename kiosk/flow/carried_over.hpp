// SPDX-License-Identifier: GPL-3.0-or-later
//
// For an author's preview: the same place in a newer edition of the campaign.
#pragma once

#include "kiosk/flow/session.hpp"

namespace pillarbox::flow {

// Language, page and every answer that still has its question; where the page is gone, the first one. Between two
// people, and once answers are sent, it is simply a new beginning.
[[nodiscard]] Session carried_over(Session session, const Setup& setup);

}  // namespace pillarbox::flow
