// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may open the staff screens of a kiosk. Run on the kiosk itself, by whoever may write its station folder.
#include <unistd.h>

#include <memory>

#include "core/base/file.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/station/staff_access.hpp"
#include "core/station/station.hpp"
#include "desk/cli/commands.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/typing.hpp"

namespace pillarbox::cli {
namespace {

struct KeyOptions {
    std::string station, out;
    bool force = false;
};

base::Result<crypto::SecretBytes> ask_for_pin() {
    const crypto::HiddenTyping hidden(STDIN_FILENO);
    if (!hidden.on_terminal()) {
        return crypto::read_hidden_line(STDIN_FILENO, station::pin_digits_max);
    }
    say_error("New PIN, 6 to 12 digits (not shown): ");
    auto pin = TRY(crypto::read_hidden_line(STDIN_FILENO, station::pin_digits_max));
    say_error("\n");
    TRY(station::check_pin(base::text_of(pin.view())));
    say_error("The same PIN again: ");
    const auto again = TRY(crypto::read_hidden_line(STDIN_FILENO, station::pin_digits_max));
    say_error("\n");
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
