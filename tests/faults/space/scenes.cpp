// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/space/scenes.hpp"

#include "core/station/station.hpp"
#include "sync/store/sqlite/database.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;

std::string sentence_if(bool wrong, std::string sentence) {
    return wrong ? std::move(sentence) : std::string();
}

std::string none() {
    return {};
}

// What is there under a final name is what should be.
std::string differs(const Files& found, const Files& wanted) {
    for (const auto& [name, bytes] : found) {
        const auto place = wanted.find(name);
        if (name != journal_name && place != wanted.end() && place->second != bytes) {
            return "I3 " + name + " is there and not whole";
        }
    }
    return {};
}

std::string differs_or_lacks(Files found, const Files& wanted) {
    found.erase(journal_name);
    return sentence_if(found != wanted, "I1 the files are not what they are on a disk with room");
}

std::uint64_t responses_in(const fs::path& database_path) {
    auto database = sqlite_storage::Database::open(database_path, sqlite::OpenMode::read_only);
    std::uint64_t count = 0;
    if (database.has_value()) {
        const auto kiosks = store::all_kiosks(**database);
        for (const store::Kiosk& kiosk : kiosks.value_or(std::vector<store::Kiosk>())) {
            count += kiosk.responses;
        }
    }
    return count;
}

Scene store_folder(const World&, const fs::path& disk) {
    const std::string data = disk / "store";
    return {
        "store init",
        [data] {
            return run_program({built_program("pillarbox-store"), "init", "--data", data, "--name", "store.test"});
        },
        none,
        [data] {
            const Outcome status = run_program({built_program("pillarbox-store"), "status", "--data", data});
            return sentence_if(status.exit_code != 0, "I1 the store is not one: " + status.errors);
        }};
}

Scene store_export(const World& world, const fs::path& disk) {
    const fs::path out = disk / "export";
    const std::string held = world / "held";
    return {"store export",
            [out, held] {
                return run_program({built_program("pillarbox-store"), "export", "--data", held, "--out", out});
            },
            [out, disk] { return sentence_if(!fs::is_empty(disk), "I3 a part of an export stays behind"); },
            [out, &world] { return differs_or_lacks(files_in(out), world.exported()); }};
}

Scene store_backup(const World& world, const fs::path& disk) {
    const fs::path out = disk / "backup.db";
    const std::string held = world / "held";
    return {"store backup",
            [out, held] {
                return run_program({built_program("pillarbox-store"), "backup", "--data", held, "--to", out});
            },
            [disk] { return sentence_if(!fs::is_empty(disk), "I3 a part of a backup stays behind"); },
            [out] { return sentence_if(responses_in(out) != 12, "I1 the backup lacks responses"); }};
}

Scene kiosk_enrolment(const World& world, const fs::path& disk) {
    const fs::path station = disk / "station";
    const std::vector<std::string> arguments = world.enrol_kiosk(station);
    return {"kiosk enrol", [arguments] { return run_program(arguments); }, none,
            [station] {
                const Outcome status =
                    run_program({built_program("pillarbox-sync"), "status", "--station", station.string()});
                const bool has_token = fs::exists(station::token_path(station));
                return sentence_if(status.exit_code != 0 || !has_token,
                                   "I1 the station is not one: " + status.errors);
            }};
}

Scene opening(const World& world, const fs::path& disk) {
    const fs::path out = disk / "opened";
    const std::vector<std::string> arguments = world.open_export(out);
    return {"open", [arguments] { return run_program(arguments); },
            [out, &world] { return differs(files_in(out), world.opened()); },
            [out, &world] { return differs_or_lacks(files_in(out), world.opened()); }};
}

// An enrolled station with five responses, and what is left to do: nothing, enrol at the store, or send.
Scene synchronizing(const World& world, const fs::path& disk) {
    constexpr int response_count = 5;
    const fs::path station = disk / "station";
    const Outcome made = run_program(world.enrol_kiosk(station));
    if (made.exit_code == 0) {
        world.answer(station, response_count);
    }
    const auto stored_before = std::make_shared<std::uint64_t>(responses_in(world / "store/store.db"));
    return {"sync",
            [station] {
                const std::string sync = built_program("pillarbox-sync");
                Outcome enrolled = run_program({sync, "enrol", "--station", station.string()});
                return enrolled.exit_code == 0 ? run_program({sync, "run", "--station", station.string()}) : enrolled;
            },
            none,
            [station, &world, stored_before] {
                const Outcome status =
                    run_program({built_program("pillarbox-sync"), "status", "--station", station.string()});
                if (status.output.find("waiting 0 batched 0 acknowledged 5 quarantined 0") == std::string::npos) {
                    return "I1 the station does not end with all delivered: " + status.output + status.errors;
                }
                const std::uint64_t stored = responses_in(world / "store/store.db");
                return sentence_if(stored != *stored_before + response_count,
                                   "I1 the store does not hold each response once");
            }};
}

}  // namespace

const std::vector<MakeScene>& all_scenes() {
    static const std::vector<MakeScene> scenes{store_folder,    store_export, store_backup,
                                               kiosk_enrolment, opening,      synchronizing};
    return scenes;
}

Scene careless_export(const World& world, const fs::path& disk) {
    Scene scene = store_export(world, disk);
    const std::string whole = world / "export";
    scene.act = [whole, disk] {
        Outcome copied = run_program({"cp", "-r", whole, disk / "export"});
        copied.exit_code = copied.exit_code == 0 ? 0 : 4;
        return copied;
    };
    return scene;
}

}  // namespace pillarbox::tests
