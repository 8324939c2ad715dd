// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/cli/opened_input.hpp"

#include <algorithm>
#include <filesystem>

#include "core/base/file.hpp"
#include "desk/cli/options.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/opening/opener.hpp"
#include "desk/opening/output_folder.hpp"

namespace pillarbox::cli {
namespace {

constexpr std::size_t damaged_size_bytes_max = std::size_t{64} << 20U;

base::Result<campaign::Campaign> read_campaign(const OpenedInput& input) {
    campaign::Acceptance acceptance;  // without a day: responses are read long after their pack has expired
    acceptance.committee_key = TRY(keys::parse_verify_key(input.committee_key, "--committee-key"));
    const base::Bytes pack = TRY(read_pack_file(input.pack));
    return campaign::verify_pack(pack, input.pack, acceptance);
}

// Without a key, what is not in the journal is lost here. What was lost there too stands in damaged.csv.
base::Result<void> check_complete(const OpenedInput& input, const opening::Opened& opened) {
    const base::Bytes damaged =
        TRY(base::read_file(std::filesystem::path(input.opened) / "damaged.csv", damaged_size_bytes_max));
    const std::string_view known = base::text_of(damaged);
    const bool complete = std::ranges::all_of(opened.lost, [&](const opening::LostEnvelope& envelope) {
        return known.find(base::to_hex(envelope.digest)) != std::string_view::npos;
    });
    if (!complete || opened.records.empty()) {
        return base::fail(base::ErrorCode::conflict, input.opened,
                          "The folder does not hold every response of this export.",
                          "Run `pillarbox open` on the export again.");
    }
    return {};
}

}  // namespace

void add_opened_input(CLI::App& command, OpenedInput& input) {
    command.add_option("--opened", input.opened, "the folder `pillarbox open` wrote")->type_name("DIR")->required();
    command.add_option("--export", input.export_folder, "the folder `pillarbox-store export` wrote")
        ->type_name("DIR")
        ->required();
    command.add_option("--pack", input.pack, "the signed campaign pack")->type_name("FILE")->required();
    command.add_option("--committee-key", input.committee_key, "the committee's public signing key")
        ->type_name("BASE64")
        ->required();
    command.add_option("--until", input.until, "only responses given on this day or before")->type_name("DAY");
}

base::Result<OpenedResponses> read_opened(const OpenedInput& input, const base::Clock& clock) {
    OpenedResponses result{TRY(read_campaign(input)), {}, {}};
    if (!input.until.empty()) {
        result.until = TRY(parse_day_option(input.until, "--until"));
    }
    std::error_code ignored;
    if (!std::filesystem::exists(opening::journal_path(input.opened), ignored)) {
        return base::fail(base::ErrorCode::not_found, input.opened, "No responses were opened into this folder.",
                          "Name the folder of `pillarbox open --out`.");
    }
    const opening::ExportFolder folder = TRY(opening::read_export(input.export_folder));
    const opening::ExportReport report = opening::check_export(folder, {});
    opening::Journal journal = TRY(opening::Journal::open(opening::journal_path(input.opened)));
    opening::Progress progress("Reading", 0, opening::ProgressStyle::silent, clock);
    const opening::OpenSettings settings{result.campaign.id, opening::TestSubmissions::leave_out, 1};
    opening::Opened opened = TRY(opening::open_envelopes(report, settings, {}, journal, progress));
    TRY(check_complete(input, opened));
    result.records = std::move(opened.records);
    std::erase_if(result.records, [&](const exports::Record& record) {
        return result.until.has_value() && record.submission.day > *result.until;
    });
    return result;
}

}  // namespace pillarbox::cli
