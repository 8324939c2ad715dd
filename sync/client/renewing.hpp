// SPDX-License-Identifier: GPL-3.0-or-later
//
// Enrols a station once more, for another device key: `pillarbox kiosk renew` has put a token there. The kiosk goes
// on in a new log that cites the one before, and the old key signs for the new one, so that the store takes it for
// the same kiosk and not for a copy of it. Whatever no receipt covers yet goes into the new log.
//
//   renewal.token     the one-time token, from the desk
//   device.next.key   the new seed, drawn once
//   renewal.request   what is sent, byte for byte the same at every try
//
// Cut short, the same again goes on: the request is durable before it is sent. The outbox's change of log is the
// point of no return; from then on everything that signs calls finish_renewal() first, since a batch of the new log
// that the old key had signed would be in its way for ever.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "sync/client/enrolling.hpp"

namespace pillarbox::client {

// Where the outbox has gone over to the new log, gives the new key its place and removes the files above.
[[nodiscard]] base::Result<void> finish_renewal(const std::filesystem::path& station_folder, outbox::Outbox& outbox);

// Without the old key (its file was lost) nothing vouches for the new one: the log cites none, and the store's admin
// revokes the old one by hand.
[[nodiscard]] base::Result<EnrolmentReport> renew(const std::filesystem::path& station_folder,
                                                  station::Station& station, outbox::Outbox& outbox,
                                                  const std::string& proxy, base::Random& random);

}  // namespace pillarbox::client
