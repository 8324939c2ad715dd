// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts that view_of() is put together from. view_check.cpp: the start of the day. view_pages.cpp: the others.
#pragma once

#include "kiosk/staff/view_model.hpp"

namespace pillarbox::staff {

[[nodiscard]] flow::Text number(std::uint64_t value);
// Saved, sent, confirmed and how old; or that the outbox can't be read.
void add_figures(const StaffSession& session, StaffView& view);

// That the store does not know the kiosk, where it does not.
void add_enrolment(const Facts& facts, StaffView& view);

void add_check(const StaffSession& session, StaffView& view);
void add_sending(const StaffSession& session, StaffView& view);
void add_hand_over(const StaffSession& session, StaffView& view);
void add_assist(const StaffSession& session, StaffView& view);
void add_campaign(const StaffSession& session, StaffView& view);
void add_safeguarding(const StaffSession& session, StaffView& view);
void add_brightness(const StaffSession& session, StaffView& view);
void add_cleaning(const StaffSession& session, StaffView& view);
void add_closing(const StaffSession& session, StaffView& view);
void add_ending(const StaffSession& session, StaffView& view);

}  // namespace pillarbox::staff
