// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <thread>

#include "desk/cli/commands.hpp"
#include "desk/cli/export_check.hpp"
#include "desk/cli/options.hpp"
#include "desk/cli/print.hpp"
#include "desk/cli/workspace_access.hpp"
#include "desk/exports/answer_table.hpp"
#include "desk/exports/display_width.hpp"
#include "desk/keys/key_file.hpp"
#include "desk/workspace/cut_offs.hpp"
#include "desk/workspace/index.hpp"
#include "desk/workspace/intake.hpp"
#include "desk/workspace/responses.hpp"

namespace pillarbox::cli {
namespace {

constexpr unsigned jobs_max = 256;

struct InitOptions {
    std::string folder, pack, committee_key;
};

CommandResult init(const InitOptions& options, const Context& context) {
    const crypto::VerifyKey committee = TRY(keys::parse_verify_key(options.committee_key, "--committee-key"));
    const base::Bytes pack = TRY(read_pack_file(options.pack));
    TRY(workspace::Workspace::create(options.folder, pack, committee, context.random));
    say("made        {}, sealed to the campaign's recipients\n", options.folder);
    return base::ExitCode::success;
}

struct TakeInOptions {
    WorkspaceAccess access;
    std::string export_folder, store_key;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
    Problems problems = Problems::refuse;
};

void print_taken_in(const workspace::TakenIn& taken) {
    say("responses   {} new\nenvelopes   {}, of which {} were known\n", taken.responses, taken.envelopes,
        taken.known);
    say("tests       {} left out\nwithdrawn   {} left out\n", taken.tests, taken.withdrawn);
    say("duplicates  {} counted once{}\n", taken.duplicates,
        taken.contradictions == 0 ? std::string()
                                  : fmt::format(", {} of them with other content", taken.contradictions));
    say("damaged     {}{}\n", taken.lost, taken.lost == 0 ? "" : ", listed by `pillarbox workspace status`");
    if (taken.other_campaigns > 0) {
        say("skipped     {} batches of other campaigns\n", taken.other_campaigns);
    }
}

CommandResult take_in(const TakeInOptions& options, const Context& context) {
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    TRY(check_identities(opened.identities, opened.workspace.campaign(), options.access.identities.front()));
    const opening::ExportReport report =
        TRY(check_batches(options.export_folder, options.store_key, options.problems));
    workspace::TakenIn taken;
    {
        opening::Progress progress("Taking in", envelopes_in(report), opening::progress_style_of(stderr),
                                   context.clock);
        taken = TRY(workspace::take_in(opened.workspace, report, opened.identities, options.jobs,
                                       context.clock.today(), progress));
    }
    {
        opening::Progress progress("Indexing", taken.responses, opening::progress_style_of(stderr), context.clock);
        TRY(workspace::bring_index_up_to_date(opened.workspace, &progress));
    }
    print_taken_in(taken);
    if (taken.lost > 0) {
        return base::ExitCode::damaged;
    }
    return report.holds() ? base::ExitCode::success : base::ExitCode::trust;
}

CommandResult status(const WorkspaceAccess& access) {
    OpenedWorkspace opened = TRY(open_workspace(access));
    const workspace::Totals totals = TRY(workspace::totals(opened.workspace));
    say("campaign    {}\nresponses   {}\n", opened.workspace.campaign().id, totals.responses);
    for (const auto& [name, count] : totals.by_status) {
        say("            {} {}\n", count, name);
    }
    say("withdrawn   {} codes\ndamaged     {}\n", totals.withdrawn, totals.lost);
    for (const workspace::LostEnvelope& lost : TRY(workspace::lost_envelopes(opened.workspace))) {
        say("            {}: {} ({})\n", exports::harmless_line(lost.station), exports::harmless_line(lost.place),
            exports::harmless_line(lost.reason));
    }
    return base::ExitCode::success;
}

struct SearchOptions {
    WorkspaceAccess access;
    std::vector<std::string> words, answers, officers;
    std::string from, until, status, consent, finding;
    workspace::Filter filter;
    std::uint64_t count_max = 50;
};

base::Result<exports::Consent> parse_consent(const std::string& name) {
    if (name == "by_name") {
        return exports::Consent::by_name;
    }
    if (name == "without_name") {
        return exports::Consent::without_name;
    }
    if (name == "none") {
        return exports::Consent::none;
    }
    return base::fail(base::ErrorCode::usage, "--consent", "It is one of by_name, without_name and none.");
}

std::string_view name_of(exports::Consent consent) {
    switch (consent) {
        case exports::Consent::none:
            return "none";
        case exports::Consent::without_name:
            return "without_name";
        case exports::Consent::by_name:
            return "by_name";
    }
    return "none";
}

base::Result<std::vector<std::pair<std::string, std::string>>> pairs_of(const std::vector<std::string>& answers,
                                                                        const std::string& option) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& answer : answers) {
        const std::size_t equals = answer.find('=');
        if (equals == std::string::npos) {
            return base::fail(base::ErrorCode::usage, option, "It is QUESTION=ANSWER.");
        }
        pairs.emplace_back(answer.substr(0, equals), answer.substr(equals + 1));
    }
    return pairs;
}

base::Result<workspace::Filter> filter_of(const SearchOptions& options) {
    workspace::Filter filter = options.filter;
    for (const std::string& word : options.words) {
        filter.words += (filter.words.empty() ? "" : " ") + word;
    }
    filter.answers = TRY(pairs_of(options.answers, "--answer"));
    filter.officers = TRY(pairs_of(options.officers, "--officers"));
    if (!options.from.empty()) {
        filter.from = TRY(parse_day_option(options.from, "--from"));
    }
    if (!options.until.empty()) {
        filter.until = TRY(parse_day_option(options.until, "--until"));
    }
    if (!options.status.empty()) {
        filter.status = TRY(workspace::parse_status(options.status));
    }
    if (!options.consent.empty()) {
        filter.consent = TRY(parse_consent(options.consent));
    }
    if (!options.finding.empty()) {
        filter.finding = TRY(workspace::parse_finding_kind(options.finding));
    }
    return filter;
}

CommandResult search(const SearchOptions& options) {
    const workspace::Filter filter = TRY(filter_of(options));
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    const workspace::Listing listing = TRY(workspace::list(opened.workspace, filter, 0, options.count_max));
    say("{} responses{}\n", listing.total,
        listing.total > listing.responses.size() ? fmt::format(", the first {}:", listing.responses.size()) : "");
    for (const workspace::Listed& one : listing.responses) {
        say("{:>7}  {}  {:<8}  {:<12}  {:<9}  {}\n", one.id, one.day, exports::harmless_line(one.language),
            name_of(one.consent), workspace::name_of(one.status), exports::harmless_line(one.station));
    }
    return base::ExitCode::success;
}

struct ShowOptions {
    WorkspaceAccess access;
    workspace::ResponseId response = 0;
    std::string language;
};

CommandResult show(const ShowOptions& options) {
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    const exports::Record record = TRY(workspace::read_response(opened.workspace, options.response));
    say("{}", exports::answer_table(opened.workspace.form(), record, {options.language, exports::no_wrapping}));
    return base::ExitCode::success;
}

CommandResult trail(const WorkspaceAccess& access) {
    OpenedWorkspace opened = TRY(open_workspace(access));
    for (const workspace::TrailLine& line : TRY(workspace::audit_trail(opened.workspace))) {
        say("{:>7}  {}  {}  {}{}\n", line.event, line.day, exports::harmless_line(line.who),
            exports::harmless_line(line.what),
            line.response == 0 ? std::string() : fmt::format(" (response {})", line.response));
    }
    return base::ExitCode::success;
}

struct CutOffCommandOptions {
    WorkspaceAccess access;
    EditorOptions editor;
    std::string name, day;
};

CommandResult set_cut_off(const CutOffCommandOptions& options, const Context& context) {
    const workspace::Editor editor = TRY(editor_of(options.editor, context));
    const base::Day day = TRY(parse_day_option(options.day, "DAY"));
    OpenedWorkspace opened = TRY(open_workspace(options.access));
    TRY(workspace::set_cut_off(opened.workspace, editor, {options.name, day}));
    for (const workspace::CutOff& cut_off : TRY(workspace::cut_offs(opened.workspace))) {
        say("{:<12}  {}\n", cut_off.name, base::format_day(cut_off.day));
    }
    return base::ExitCode::success;
}

void add_init(CLI::App& group, Context& context) {
    CLI::App* command = group.add_subcommand("init", "Make a workspace for a campaign, sealed to its recipients.");
    const auto options = std::make_shared<InitOptions>();
    command->add_option("--workspace", options->folder, "the folder to make")->type_name("DIR")->required();
    command->add_option("--pack", options->pack, "the signed campaign pack")->type_name("FILE")->required();
    command->add_option("--committee-key", options->committee_key, "the committee's public signing key")
        ->type_name("BASE64")
        ->required();
    command->footer(
        "Example:\n  pillarbox workspace init --workspace desk --pack campaign.pack --committee-key "
        "\"$COMMITTEE_KEY\"");
    on_run(*command, context, [options, &context] { return init(*options, context); });
}

void add_take_in(CLI::App& group, Context& context) {
    CLI::App* command = group.add_subcommand("take-in", "Verify an export and take its responses in.");
    const auto options = std::make_shared<TakeInOptions>();
    add_workspace_access(*command, options->access);
    command->add_option("--export", options->export_folder, "the folder `pillarbox-store export` wrote")
        ->type_name("DIR")
        ->required();
    command->add_option("--store-key", options->store_key, "the store's public key, known from elsewhere")
        ->type_name("BASE64");
    command->add_option("--jobs", options->jobs, "threads; as many as there are cores where left out")
        ->type_name("N")
        ->check(CLI::Range(1U, jobs_max));
    command->add_flag_callback(
        "--despite-problems", [options] { options->problems = Problems::go_on; },
        "take in the sound batches of an export that does not verify (exit code 5 all the same)");
    command->footer(
        "Run again at any time: what was taken in is not taken in twice. Exit code 7 where envelopes were "
        "damaged.\n\n"
        "Example:\n  pillarbox workspace take-in --workspace desk --identity sealing.key --export export");
    on_run(*command, context, [options, &context] { return take_in(*options, context); });
}

void add_search(CLI::App& group, Context& context) {
    CLI::App* command = group.add_subcommand("search", "List responses by words and by what they answered.");
    const auto options = std::make_shared<SearchOptions>();
    add_workspace_access(*command, options->access);
    command->add_option("WORDS", options->words, "all of them; \"in quotes\": in this order");
    command->add_option("--answer", options->answers, "question and choice; may be repeated")
        ->type_name("QUESTION=CHOICE");
    command->add_option("--officers", options->officers, "an officers' question and its answer; may be repeated")
        ->type_name("QUESTION=ANSWER");
    workspace::Filter& filter = options->filter;
    command->add_option("--respondent", filter.respondent, "myself, organisation, helping")->type_name("WORD");
    command->add_option("--borough", filter.borough, "by its name in the form")->type_name("WORD");
    command->add_option("--station", filter.station, "where it was given")->type_name("NAME");
    command->add_option("--language", filter.language, "in which it was given")->type_name("CODE");
    command->add_option("--tag", filter.tag, "a code of the codebook")->type_name("CODE");
    command->add_option("--from", options->from, "first day of capture")->type_name("DAY");
    command->add_option("--until", options->until, "last day of capture: the cut-off")->type_name("DAY");
    command->add_option("--status", options->status, "unread, read, attention, done, set_aside")->type_name("WORD");
    command->add_option("--consent", options->consent, "by_name, without_name, none")->type_name("WORD");
    command
        ->add_option("--finding", options->finding,
                     "person, phone, email, allegation, court, safeguarding, that nobody has looked at yet")
        ->type_name("WORD");
    command->add_option("--count", options->count_max, "how many to list at most; 50 where left out")
        ->type_name("N")
        ->check(CLI::Range(1U, 1'000'000U));
    command->footer(
        "Prints no answers: `pillarbox workspace show` does.\n\nExample:\n"
        "  pillarbox workspace search --workspace desk --identity sealing.key ambulance --until 2023-01-24");
    on_run(*command, context, [options] { return search(*options); });
}

void add_show(CLI::App& group, Context& context) {
    CLI::App* command = group.add_subcommand("show", "Print one response as a table.");
    const auto options = std::make_shared<ShowOptions>();
    add_workspace_access(*command, options->access);
    command->add_option("NUMBER", options->response, "of the response, as `search` lists it")->required();
    command->add_option("--language", options->language, "of the labels; the form's default where left out")
        ->type_name("CODE");
    on_run(*command, context, [options] { return show(*options); });
}

void add_cut_off_command(CLI::App& group, Context& context) {
    CLI::App* command = group.add_subcommand("cut-off", "Name a day up to which reports count, and list all.");
    const auto options = std::make_shared<CutOffCommandOptions>();
    command->add_option("NAME", options->name, "of a-z, 0-9, _ and -")->required();
    command->add_option("DAY", options->day, "the last day of capture that counts")->required();
    add_workspace_access(*command, options->access);
    add_editor(*command, options->editor);
    command->footer(
        "Example:\n  pillarbox workspace cut-off meeting 2023-01-20 --workspace desk --identity sealing.key \\\n"
        "      --as \"Ada Example\"");
    on_run(*command, context, [options, &context] { return set_cut_off(*options, context); });
}

}  // namespace

void add_workspace_commands(CLI::App& app, Context& context) {
    CLI::App* group = app.add_subcommand("workspace", "The officer's sealed workspace: take in, find, look up.");
    group->require_subcommand(1);
    add_init(*group, context);
    add_take_in(*group, context);
    add_search(*group, context);
    add_show(*group, context);
    add_cut_off_command(*group, context);
    const auto access = std::make_shared<WorkspaceAccess>();
    CLI::App* counts = group->add_subcommand("status", "Count what is in the workspace, and list damaged envelopes.");
    add_workspace_access(*counts, *access);
    on_run(*counts, context, [access] { return status(*access); });
    CLI::App* audit = group->add_subcommand("trail", "Print who did what on which day; never what anybody wrote.");
    add_workspace_access(*audit, *access);
    on_run(*audit, context, [access] { return trail(*access); });
}

}  // namespace pillarbox::cli
