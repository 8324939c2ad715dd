// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bodies of the pages about kiosks: the list, one kiosk, and what is asked before something is done to it. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sync/store/fleet/overview.hpp"
#include "sync/store/fleet/page.hpp"

namespace pillarbox::fleet {

inline constexpr std::size_t lines_per_page = 50;

// `number` is from 1 on.
void write_kiosks(Markup& markup, const Viewing& viewing, const Overview& overview, std::size_t number);
void write_kiosk(Markup& markup, const Viewing& viewing, const KioskLine& line);

void write_revoke(Markup& markup, const Viewing& viewing, const KioskLine& line, std::string_view after,
                  const std::optional<FieldError>& error);
void write_readmit(Markup& markup, const Viewing& viewing, const KioskLine& line);

void write_enrol(Markup& markup, const Viewing& viewing, std::string_view station, std::string_view address,
                 const std::optional<FieldError>& error);
void write_token(Markup& markup, std::string_view station, std::string_view token);

[[nodiscard]] std::string kiosk_path(const store::Kiosk& kiosk);
// "Page 2 of 7", with ways to the pages before and after; nothing where there is one page.
void write_pages(Markup& markup, std::string_view path, std::size_t number, std::size_t lines);

}  // namespace pillarbox::fleet
