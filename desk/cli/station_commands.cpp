// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may open the staff screens of a kiosk. Run on the kiosk itself, by whoever may write its station folder.
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "core/base/file.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/station/staff_access.hpp"
#include "core/station/station.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"

namespace pillarbox::cli {
namespace {

struct KeyOptions {
    std::string station, out;
    bool force = false;
};

// While it lives, a terminal on standard input does not show what is typed.
class HiddenTyping {
  public:
    HiddenTyping() : hides_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (hides_) {
            termios hidden = before_;
            hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        }
    }
    ~HiddenTyping() {
        if (hides_) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
            say_error("\n");
        }
    }
    HiddenTyping(const HiddenTyping&) = delete;
    HiddenTyping& operator=(const HiddenTyping&) = delete;

    [[nodiscard]] bool on_terminal() const { return hides_; }

  private:
    termios before_{};
    bool hides_;
};

// A line of standard input into locked memory, byte by byte: no stream keeps a copy. A longer line is cut, and is no
// PIN then.
base::Result<crypto::SecretBytes> read_line() {
    crypto::SecretBytes line(station::pin_digits_max + 1);
    std::size_t size = 0;
    while (size < line.size()) {
        const auto got = ::read(STDIN_FILENO, &line.bytes()[size], 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return std::unexpected(base::error_of_errno(errno, "standard input", "read"));
        }
        if (got == 0 || line.bytes()[size] == '\n') {
            break;
        }
        ++size;
    }
    return crypto::SecretBytes::copy_of(line.view().first(size));
}

base::Result<crypto::SecretBytes> ask_for_pin() {
    const HiddenTyping hidden;
    if (!hidden.on_terminal()) {
        return read_line();
    }
    say_error("New PIN, 6 to 12 digits (not shown): ");
    auto pin = TRY(read_line());
    TRY(station::check_pin(base::text_of(pin.view())));
    say_error("\nThe same PIN again: ");
    const auto again = TRY(read_line());
    if (base::text_of(pin.view()) != base::text_of(again.view())) {
        return base::fail(base::ErrorCode::usage, "PIN", "The two PINs are not the same.", "Try again.");
    }
    return pin;
}

CommandResult set_pin(const std::string& folder) {
    static_cast<void>(TRY(station::read_station(folder)));  // no PIN beside what is no station
    const auto pin = TRY(ask_for_pin());
    TRY(station::set_pin(folder, base::text_of(pin.view())));
    say("{}: staff PIN set\n", folder);
    return base::ExitCode::success;
}

CommandResult make_staff_key(const KeyOptions& options, Context& context) {
    static_cast<void>(TRY(station::read_station(options.station)));
    TRY(refuse_to_overwrite(options.out, options.force ? Overwrite::force : Overwrite::refuse));
    std::string key = TRY(station::make_staff_key(options.station, context.random));
    const auto written = base::write_file(options.out, base::view_of(key), base::FileMode::owner_only);
    key.assign(key.size(), '\0');
    TRY(base::Result<void>(written));
    say("{}: staff key of {}; an earlier one opens nothing any more\n", options.out, options.station);
    return base::ExitCode::success;
}

}  // namespace

void add_station_commands(CLI::App& app, Context& context) {
    CLI::App* station = app.add_subcommand("station", "Say who may open a kiosk's staff screens.");
    station->require_subcommand(1);
    station->footer("Example:\n  pillarbox station set-pin /var/lib/pillarbox/station");

    CLI::App* pin = station->add_subcommand("set-pin", "Set the staff PIN: asked for, or a line of standard input.");
    const auto folder = std::make_shared<std::string>();
    pin->add_option("DIR", *folder, "the station folder")->required();
    pin->footer("Example:\n  pillarbox station set-pin /var/lib/pillarbox/station");
    on_run(*pin, context, [folder] { return set_pin(*folder); });

    CLI::App* key = station->add_subcommand(
        "make-staff-key", "Make a key file for a USB stick that opens the staff screens without the PIN.");
    const auto options = std::make_shared<KeyOptions>();
    key->add_option("DIR", options->station, "the station folder")->required();
    key->add_option("--out", options->out, "the key file; on the stick it must be named pillarbox-staff.key")
        ->type_name("FILE")
        ->required();
    key->add_flag("--force", options->force, "overwrite the file");
    key->footer(
        "Example:\n  pillarbox station make-staff-key /var/lib/pillarbox/station \\\n"
        "      --out /media/stick/pillarbox-staff.key");
    on_run(*key, context, [options, &context] { return make_staff_key(*options, context); });
}

}  // namespace pillarbox::cli
