// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fault kind (e): the disk is full, at a random byte of what a program writes: the outbox, a store's database, the
// store's folder, its export and backup, a station folder, the state of synchronization, the opened responses.
//
// After it: an error that says so (exit code 4), nothing acknowledged lost (I1), nothing half-made that could be
// taken for whole (I3), and with room again the same command ends well.
#include <algorithm>

#include "core/base/check.hpp"
#include "tests/faults/space/databases.hpp"
#include "tests/faults/space/scenes.hpp"
#include "tests/faults/storage/harness.hpp"
#include "tests/faults/storage/own_mounts.hpp"

namespace pillarbox::tests {
namespace {

// What a scene writes on a disk with room; its growth points lie below.
struct Need {
    std::uint64_t bytes = 0;
    std::uint64_t largest_file_bytes = 0;
};

Need measure(const World& world, const MakeScene& make) {
    const TemporaryFolder scratch;
    auto disk = SmallDisk::mount(scratch / "disk").value();
    const Scene scene = make(world, disk.folder());
    const std::uint64_t before = disk.used_bytes();
    PILLARBOX_CHECK(scene.act().exit_code == 0);
    Need need;
    need.bytes = disk.used_bytes() - before + (std::uint64_t{64} << 10U);  // logs that are gone at the end
    for (const auto& [name, bytes] : files_in(disk.folder())) {
        need.largest_file_bytes = std::max<std::uint64_t>(need.largest_file_bytes, bytes.size() + 1);
    }
    return need;
}

std::vector<std::string> play(const Scene& scene, SmallDisk& disk, SeededRandom& random, const Need& need) {
    std::vector<std::string> broken;
    const auto note = [&](const std::string& sentence) {
        if (!sentence.empty()) {
            broken.push_back(scene.name + ": " + sentence);
        }
    };
    Outcome first;
    bool is_error_cut = false;
    {
        const Squeeze squeeze(disk, random, need.bytes, need.largest_file_bytes);
        first = scene.act();
        is_error_cut = first.errors.size() >= squeeze.file_bytes_max();  // it goes to a file too
    }
    if (first.exit_code != 0) {
        const bool is_clear = first.exit_code == 4 && (is_error_cut || std::ranges::count(first.errors, '\n') == 1);
        note(is_clear ? "" : "exit code " + std::to_string(first.exit_code) + " on a full disk: " + first.errors);
        note(scene.half());
        const Outcome second = scene.act();
        note(second.exit_code == 0 ? "" : "it does not go on once there is room: " + second.errors);
    }
    note(scene.whole());
    return broken;
}

class FullDisks {
  public:
    FullDisks() {
        for (const MakeScene& make : all_scenes()) {
            needs_.push_back(measure(world_, make));
        }
    }
    std::vector<std::string> run(std::uint64_t seed, Variant variant) {
        SeededRandom random(seed);
        const TemporaryFolder scratch;
        auto disk = SmallDisk::mount(scratch / "disk");
        if (!disk.has_value()) {
            return {"the disk can't be mounted: " + disk.error().describe()};
        }
        const Keeper keeper = variant == Variant::control ? Keeper::careless : Keeper::as_built;
        const std::size_t choice = random.below(needs_.size() + 2);
        if (choice == needs_.size()) {
            return fill_outbox(*disk, random, keeper);
        }
        if (choice == needs_.size() + 1) {
            return fill_store(*disk, random, keeper);
        }
        if (variant == Variant::control) {
            constexpr std::size_t export_scene = 1;
            return play(careless_export(world_, disk->folder()), *disk, random, needs_[export_scene]);
        }
        return play(all_scenes()[choice](world_, disk->folder()), *disk, random, needs_[choice]);
    }

  private:
    World world_;
    std::vector<Need> needs_;
};

}  // namespace
}  // namespace pillarbox::tests

int main(int argument_count, char** arguments) {
    using namespace pillarbox;
    const auto is_private = tests::keep_mounts_private();
    if (!is_private.has_value()) {
        return tests::skip("full disk", is_private.error().describe());
    }
    {
        const tests::TemporaryFolder scratch;
        const auto disk = tests::SmallDisk::mount(scratch / "disk");
        if (!disk.has_value()) {
            return tests::skip("full disk", disk.error().describe());
        }
    }
    tests::FullDisks disks;
    return tests::run_many(argument_count, arguments,
                           [&disks](std::uint64_t seed, tests::Variant variant) { return disks.run(seed, variant); });
}
