// SPDX-License-Identifier: GPL-3.0-or-later
//
// The commands of pillarbox-store: each has its line of options and a function. What they do is in the library; here
// it is only asked for. Threading: one thread.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "sync/store/closing.hpp"

namespace pillarbox::cli {

// What stands on the command line; each command uses some of it.
struct Options {
    std::string data;
    std::string database;
    std::string name;
    std::vector<std::string> hosts;
    bool sole_copy = false;
    std::string station;
    std::string url;
    std::string listen = "127.0.0.1:8443";
    std::string to;
    std::string out;
    std::string from;
    std::string today;
    std::string log;
    std::optional<std::uint64_t> after;
    std::string account;
    std::string role = "viewer";
    std::string campaign_id;
    std::uint64_t grace_days = store::grace_days_default;
    std::string code;
};

template <typename... Values>
void print_line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::print("{}\n", fmt::format(format, std::forward<Values>(values)...));
    std::fflush(stdout);
}

// How a command uses the store's folder.
enum class FolderUse {
    unmade,  // there need be none
    shared,
    alone,  // a store that serves from it, or another command, is in the way
};

using Action = base::Result<void> (*)(const Options& options, const base::Clock& clock);
using Group = CLI::App*;

class Commands {
  public:
    explicit Commands(CLI::App& app) : app_(app) {}
    Commands(const Commands&) = delete;
    Commands& operator=(const Commands&) = delete;

    [[nodiscard]] Options& options() { return options_; }
    // "kiosk" of "kiosk revoke".
    [[nodiscard]] Group group(const char* name, const char* help);
    // With --data and --today; the caller adds its further options to what is returned.
    CLI::App* add(const char* name, const char* help, Action action, FolderUse use = FolderUse::shared,
                  Group group = nullptr);

    // Runs the command that was parsed.
    [[nodiscard]] base::Result<void> run();

  private:
    struct Command {
        CLI::App* line;
        Action action;
        FolderUse use;
    };

    CLI::App& app_;
    Options options_;
    std::vector<Command> commands_;
};

void add_serving(Commands& commands);
void add_copies(Commands& commands);
void add_trust(Commands& commands);
void add_fleet(Commands& commands);

}  // namespace pillarbox::cli
