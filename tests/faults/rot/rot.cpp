// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fault kind (f): files at rest are damaged: bits flipped, stretches zeroed or garbled, files truncated, pages
// misplaced. Nothing crashes or hangs, nothing wrong passes (I4), what is undamaged is still delivered, and the
// damage is told. Each run is a process of its own, so that a crash is a finding and not the end.
#include "tests/faults/rot/files_at_rest.hpp"
#include "tests/faults/rot/outbox_at_rest.hpp"
#include "tests/faults/storage/harness.hpp"

namespace pillarbox::tests {
namespace {

// The place of every database of this process.
struct DefaultDisk : MemoryDisk {
    DefaultDisk() { put_databases_on(*this); }
};

class Rot {
  public:
    Rot() {
        constexpr std::uint64_t outbox_count = 12;
        for (std::uint64_t seed = 0; seed < outbox_count; ++seed) {
            outboxes_.push_back(make_outbox_at_rest(disk_, outbox_path_, seed));
        }
    }
    std::vector<std::string> run(std::uint64_t seed, Variant variant) {
        return in_own_process([this, seed, variant] {
            SeededRandom random(seed);
            disk_.clear();
            const OutboxAtRest& outbox = outboxes_[random.below(outboxes_.size())];
            if (variant == Variant::control) {
                return rot_unseen(disk_, outbox_path_, outbox, random);
            }
            switch (random.below(6)) {
                case 0:
                    return store_.rot(random);
                case 1:
                    return station_.rot(random);
                case 2:
                    return export_.rot(random);
                default:
                    return rot_outbox(disk_, outbox_path_, outbox, random);
            }
        });
    }

  private:
    DefaultDisk disk_;
    TemporaryFolder folder_;
    std::filesystem::path outbox_path_ = folder_ / "outbox.db";
    std::vector<OutboxAtRest> outboxes_;
    StoreAtRest store_{disk_, folder_ / "store.db"};
    StationAtRest station_;
    ExportAtRest export_;
};

}  // namespace
}  // namespace pillarbox::tests

int main(int argument_count, char** arguments) {
    pillarbox::tests::Rot rot;
    return pillarbox::tests::run_many(
        argument_count, arguments,
        [&rot](std::uint64_t seed, pillarbox::tests::Variant variant) { return rot.run(seed, variant); });
}
