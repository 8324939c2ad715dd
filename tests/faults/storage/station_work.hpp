// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a station does to its outbox all day, in random order: adds, draws, purges, empties the log. It goes on after
// an error, as the kiosk does.
#pragma once

#include <optional>

#include "core/outbox/outbox.hpp"
#include "tests/faults/storage/event.hpp"
#include "tests/faults/storage/seeded_random.hpp"

namespace pillarbox::tests {

[[nodiscard]] const crypto::SigningKey& device_key();
[[nodiscard]] batch::LogId device_log_id();
[[nodiscard]] batch::Item random_item(SeededRandom& random);  // mostly one slot large, sometimes eight
[[nodiscard]] base::Bytes bytes_of_item(const batch::Item& item);
// Small batches make several of what waits.
inline constexpr std::size_t small_batch_size_bytes = 40'000;
[[nodiscard]] base::Result<std::optional<base::Bytes>> draw_from(
    outbox::Outbox& outbox, std::size_t batch_size_bytes_max = batch::Limits().batch_size_bytes_max);

// Careless is the control: it thanks whether the envelope was kept or not.
enum class Thanks { once_kept, careless };

class StationWork {
  public:
    StationWork(outbox::Outbox& outbox, SeededRandom& random, Tell tell, Thanks thanks = Thanks::once_kept);
    void start();
    void step();  // one random thing

  private:
    void add();
    void draw();
    void purge();
    void tell_failure(const base::Error& error);

    outbox::Outbox* outbox_;
    SeededRandom* random_;
    Tell tell_;
    Thanks thanks_;
    bool is_started_ = false;
};

}  // namespace pillarbox::tests
