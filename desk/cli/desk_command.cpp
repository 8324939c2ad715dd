// SPDX-License-Identifier: GPL-3.0-or-later
//
// `pillarbox desk`: the officer's page over a workspace, on this computer alone, until it is closed.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/child_process.hpp"
#include "core/base/file.hpp"
#include "core/http/server.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/interruption.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workspace_access.hpp"
#include "desk/page/site.hpp"
#include "desk/workspace/index.hpp"

namespace pillarbox::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds desk_glance{200};
constexpr std::size_t web_file_size_bytes_max = std::size_t{1} << 20U;
constexpr std::string_view opener = "/usr/bin/xdg-open";

enum class Browser { open, leave };

struct DeskOptions {
    WorkspaceAccess access;
    std::string assets = PILLARBOX_ASSETS_DIR;
    std::uint16_t port = 0;
    Browser browser = Browser::open;
};

// A file that leads to the link, for the browser to open: what stands on a command line, anybody on this computer can
// read. Owner-only, in the workspace's own folder; gone once the link was used or the desk ends.
class WayIn {
  public:
    explicit WayIn(const fs::path& folder) : path_(folder / "open-desk.html") {}
    ~WayIn() { remove(); }
    WayIn(const WayIn&) = delete;
    WayIn& operator=(const WayIn&) = delete;

    base::Result<void> write(const std::string& link) {
        remove();  // of a desk that was killed
        return base::write_file(
            path_,
            base::view_of(
                fmt::format("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Pillarbox "
                            "desk</title>\n<meta http-equiv=\"refresh\" content=\"0; url={0}\"></head>\n<body><p>"
                            "<a href=\"{0}\">Open the desk</a></p></body></html>\n",
                            link)),
            base::FileMode::owner_only);
    }
    void remove() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

base::Result<std::string> read_web_file(const DeskOptions& options, std::string_view name) {
    const base::Bytes bytes = TRY(base::read_file(fs::path(options.assets) / "web" / name, web_file_size_bytes_max));
    return std::string(base::text_of(bytes));
}

base::Result<http::Server> listen(const DeskOptions& options, page::Site& site) {
    http::ServerSettings settings;
    settings.transport = http::Transport::plain_on_loopback;
    settings.port = options.port;
    settings.threads = 1;
    settings.connections_max = 32;
    settings.body_limit = [](http::Method method, std::string_view) { return page::Site::body_limit(method); };
    auto server =
        TRY(http::Server::start(settings, [&site](const http::Request& request) { return site.handle(request); }));
    site.listens_on(server.port());
    return server;
}

// Ended with the object: what xdg-open has opened by then stays.
void open_browser(const WayIn& way_in, std::optional<base::ChildProcess>& browser) {
    auto started =
        base::ChildProcess::start(opener, {fs::absolute(way_in.path()).string()}, base::ChildOutput::shared);
    if (started.has_value()) {
        browser.emplace(std::move(*started));
    } else {
        say("No browser was opened; open the link yourself.\n");
    }
}

CommandResult run_desk(const DeskOptions& options, const Context& context) {
    const Interruption interruption;
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    TRY(workspace::bring_index_up_to_date(opened.workspace));
    const page::SiteFiles files{TRY(read_web_file(options, "desk.css")), TRY(read_web_file(options, "desk.js"))};
    page::Site site(opened.workspace, files, context.clock, context.random);
    http::Server server = TRY(listen(options, site));
    WayIn way_in(options.access.folder);
    say("The desk is open on this computer. This link works once:\n{}\nCtrl-C closes the desk.\n", site.start_link());
    std::fflush(stdout);
    std::optional<base::ChildProcess> browser;
    if (options.browser == Browser::open) {
        TRY(way_in.write(site.start_link()));
        open_browser(way_in, browser);
    }
    while (!site.is_closed() && !interruption.came_within(desk_glance)) {
        if (site.is_begun()) {
            way_in.remove();
        }
    }
    server.stop();
    say("The desk is closed.\n");
    return base::ExitCode::success;
}

}  // namespace

void add_desk_command(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("desk", "Open a workspace in the browser: read, tag, redact, quote.");
    const auto options = std::make_shared<DeskOptions>();
    command->add_option("WORKSPACE,--workspace", options->access.folder, "the workspace's folder")->required();
    command->add_option("--identity", options->access.identities, "a committee's sealing key file")
        ->type_name("FILE")
        ->allow_extra_args(false)
        ->required();
    add_passphrase_file(*command, options->access.passphrase_file);
    command->add_option("--port", options->port, "on 127.0.0.1; any free one where left out")->type_name("N");
    command->add_flag_callback(
        "--no-browser", [options] { options->browser = Browser::leave; }, "print the link and open nothing");
    command->add_option("--assets", options->assets, "where the page's style is")
        ->type_name("DIR")
        ->capture_default_str();
    command->footer(
        "The page is on this computer alone; its link works once. Nothing comes from or goes to a network.\n\n"
        "Example:\n  pillarbox desk casework --identity sealing.key");
    on_run(*command, context, [options, &context] { return run_desk(*options, context); });
}

}  // namespace pillarbox::cli
