// SPDX-License-Identifier: GPL-3.0-or-later
//
// A committee, its store (a running `pillarbox-store serve`) and what it holds, made by the real programs on a disk
// with room: what the scenes of a full disk start from.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/envelope/envelope.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

using Files = std::map<std::string, base::Bytes>;  // by path within a folder
[[nodiscard]] Files files_in(const std::filesystem::path& folder);

class World {
  public:
    World();
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
    [[nodiscard]] const std::string& committee_key() const { return committee_key_; }
    [[nodiscard]] std::string new_token() const;

    // Argument lists of programs.
    [[nodiscard]] std::vector<std::string> enrol_kiosk(const std::filesystem::path& station) const;
    [[nodiscard]] std::vector<std::string> open_export(const std::filesystem::path& out) const;
    // Puts sealed responses into a station's outbox.
    void answer(const std::filesystem::path& station, int responses) const;

    [[nodiscard]] const Files& exported() const { return exported_; }
    [[nodiscard]] const Files& opened() const { return opened_; }  // without the journal

  private:
    void start_store();
    TemporaryFolder folder_;
    std::string committee_key_;
    std::string recipient_;
    std::string url_;
    pid_t store_ = -1;
    Files exported_;
    Files opened_;
};

inline constexpr const char* journal_name = "opened.journal";

}  // namespace pillarbox::tests
