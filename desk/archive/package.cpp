// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/package.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/file.hpp"
#include "core/batch/note.hpp"
#include "desk/archive/bag_series.hpp"
#include "desk/archive/description.hpp"
#include "desk/archive/durable.hpp"
#include "desk/archive/opening_run.hpp"
#include "desk/archive/spool.hpp"
#include "desk/exports/csv.hpp"
#include "desk/exports/json.hpp"
#include "desk/exports/tables.hpp"
#include "desk/opening/large_files.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t lines_size_bytes_max = std::size_t{4} << 20U;  // of one file of responses
constexpr std::size_t list_size_bytes_max = std::size_t{16} << 20U;

PayloadFile file_of(std::string path, std::string_view text) {
    return {std::move(path), base::bytes_of(text)};
}

// What exports keep apart from the answers; empty where the person gave none of it.
std::string contact_line_of(const form::Form& form, const exports::Record& record) {
    nlohmann::ordered_json contact = nlohmann::ordered_json::object();
    for (const form::Node& group : form.nodes) {
        if (group.type != form::NodeType::group || group.name != exports::contact_group_name) {
            continue;
        }
        for (const form::Answer& answer : record.submission.answers) {
            if (answer.path.starts_with(group.path + "/")) {
                contact[answer.path.substr(group.path.size() + 1)] = answer.value;
            }
        }
    }
    if (contact.empty()) {
        return {};
    }
    return nlohmann::ordered_json{{"__id", exports::key_of(record)}, {"contact", contact}}.dump(
               -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
           "\n";
}

// Lines of one day at a time in files of a bounded size, each with its list of tags beside it: by these a withdrawn
// response is found again later.
class LineFiles {
  public:
    LineFiles(BagSeries& series, std::string folder) : series_(series), folder_(std::move(folder)) {}

    base::Result<void> add(const SpooledRecord& spooled, const std::string& line) {
        const std::string day = base::format_day(spooled.record.submission.day);
        if (day != day_ || lines_.size() + line.size() > lines_size_bytes_max) {
            TRY(flush());
            number_ = day == day_ ? number_ : 0;
            day_ = day;
        }
        append(lines_, line);
        append(tags_, base::to_hex(spooled.tag) + "," + exports::key_of(spooled.record) + "\n");
        return {};
    }

    base::Result<void> flush() {
        if (lines_.empty()) {
            return {};
        }
        const std::string stem = fmt::format("{}/{}-{:03}", folder_, day_, ++number_);
        std::vector<PayloadFile> unit;
        unit.push_back({stem + ".jsonl", std::exchange(lines_, {})});
        unit.push_back({stem + ".tags.csv", std::exchange(tags_, base::bytes_of(tags_header))});
        return series_.add(unit);
    }

  private:
    static constexpr std::string_view tags_header = "tag,id\n";

    static void append(base::Bytes& bytes, std::string_view text) {
        const base::ByteView view = base::view_of(text);
        bytes.insert(bytes.end(), view.begin(), view.end());
    }

    BagSeries& series_;
    std::string folder_, day_;
    base::Bytes lines_, tags_ = base::bytes_of(tags_header);
    unsigned number_ = 0;
};

class Packages {
  public:
    Packages(const fs::path& folder, const PackageSettings& settings)
        : settings_(settings),
          campaign_(settings.packs.back().campaign),
          folder_(folder),
          envelopes_(series("closed-envelopes")),
          responses_(series("closed-responses")),
          contacts_(series("closed-contacts")),
          open_(series("open")) {}

    base::Result<PackageReport> run(const opening::ExportFolder& exported, const opening::ExportReport& checked,
                                    const std::vector<envelope::Identity>& identities, opening::Progress& progress) {
        TRY(write_anonymised());
        TRY(add_lists(exported));
        TRY(add_documents(responses_));
        Spool spool = TRY(Spool::create(folder_ / ".spool"));
        const OpeningPlan plan{campaign_.id, identities, settings_.withdrawn, settings_.jobs};
        const TakeBatch take_batch = [this](const opening::LogReport& log, const opening::CheckedBatch& batch,
                                            base::ByteView bytes) { return add_batch(log, batch, bytes); };
        counts_ = TRY(open_into(spool, checked, plan, take_batch, progress));
        TRY(add_responses(spool));
        TRY(add_open());
        return finish();
    }

  private:
    [[nodiscard]] BagSeries series(std::string_view kind) const {
        return {folder_, fmt::format("{}-{}", campaign_.id, kind), settings_.bag_size_bytes_max};
    }

    base::Result<void> add_lists(const opening::ExportFolder& exported) {
        std::vector<PayloadFile> unit;
        for (const char* name : {"store.json", "kiosks.json"}) {
            base::Bytes bytes = TRY(base::read_file(exported.folder / name, list_size_bytes_max));
            unit.push_back({std::string("export/") + name, std::move(bytes)});
        }
        TRY(envelopes_.add(unit));
        for (const opening::KioskLog& log : exported.logs) {
            const fs::path receipt = log.folder / "receipt.txt";
            std::error_code ignored;
            if (fs::exists(receipt, ignored)) {
                base::Bytes bytes = TRY(base::read_file(receipt, batch::note_size_bytes_max));
                TRY(envelopes_.add({{"export/" + base::to_hex(log.log_id) + "/receipt.txt", std::move(bytes)}}));
            }
        }
        return {};
    }

    // Under the file's own name: a kiosk that was cloned has two batches of one number. With the large envelopes that
    // it names, in the same bag.
    base::Result<void> add_batch(const opening::LogReport& log, const opening::CheckedBatch& batch,
                                 base::ByteView bytes) {
        const std::string name = batch.file.filename().string();
        if (!stays_inside(name)) {
            return base::fail(base::ErrorCode::malformed, batch.file.string(), "The file's name is not UTF-8.",
                              "Export from the store again.");
        }
        const std::string folder = "export/" + base::to_hex(log.log.log_id);
        std::vector<PayloadFile> unit;
        unit.push_back({folder + "/" + name, base::Bytes(bytes.begin(), bytes.end())});
        const auto parsed = TRY(batch::parse_batch(bytes, opening::desk_limits(), batch::Withdrawn::taken));
        for (const batch::Item& item : parsed.items) {
            if (item.large.has_value()) {
                const fs::path file = opening::large_file(batch.file.parent_path(), *item.large);
                base::Bytes envelope = TRY(base::read_file(file, opening::desk_limits().envelope_size_bytes_max));
                unit.push_back({folder + "/" + file.filename().string(), std::move(envelope)});
            }
        }
        return envelopes_.add(unit);
    }

    base::Result<void> add_documents(BagSeries& series) const {
        std::vector<PayloadFile> unit;
        for (const PackVersion& version : settings_.packs) {
            const campaign::Campaign& campaign = version.campaign;
            const std::string folder =
                fmt::format("questionnaire/pack-{}-form-{}", campaign.version, safe_name(campaign.form->version));
            unit.push_back({folder + "/form.xlsx", campaign.workbook});
            unit.push_back({folder + "/campaign.pack", version.pack});
            unit.push_back(file_of(folder + "/codebook.csv", exports::codebook_csv(*campaign.form)));
            for (const std::string& language : campaign.form->languages) {
                unit.push_back(
                    file_of(folder + "/notices/" + safe_name(language) + ".txt", notices_in(campaign, language)));
            }
        }
        return series.add(unit);
    }

    // Ids and versions are an author's: whatever is no plain letter becomes '_' in a file's name.
    static std::string safe_name(std::string name) {
        std::ranges::replace_if(
            name,
            [](char letter) {
                return !((letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                         (letter >= 'A' && letter <= 'Z') || letter == '-');
            },
            '_');
        return name.empty() ? "none" : name;
    }

    base::Result<void> add_responses(Spool& spool) {
        LineFiles answers(responses_, "responses");
        LineFiles contacts(contacts_, "contacts");
        const exports::ResponseLine response_line(
            *campaign_.form);  // as `pillarbox open` writes it into responses.json
        const auto take = [&](const SpooledRecord& spooled) -> base::Result<void> {
            const exports::AnswerIndex index(spooled.record.submission);
            TRY(answers.add(spooled, response_line.of(spooled.record, index) + "\n"));
            const std::string contact = contact_line_of(*campaign_.form, spooled.record);
            return contact.empty() ? base::Result<void>{} : contacts.add(spooled, contact);
        };
        TRY(spool.read(take));
        TRY(answers.flush());
        TRY(contacts.flush());
        std::string damaged = "log,batch,position,reason\n";
        for (const std::string& line : counts_.damaged) {
            damaged += line + "\n";
        }
        return responses_.add({file_of("damaged.csv", damaged)});
    }

    base::Result<void> add_open() {
        TRY(add_documents(open_));
        TRY(add_anonymised());
        if (settings_.released.empty()) {
            return {};
        }
        std::vector<std::string> names;
        std::error_code problem;
        for (fs::recursive_directory_iterator entry(settings_.released, problem), end; !problem && entry != end;
             entry.increment(problem)) {
            const fs::file_status status = entry->symlink_status(problem);
            const std::string name = entry->path().lexically_relative(settings_.released).generic_string();
            if (fs::is_directory(status)) {
                continue;
            }
            if (!fs::is_regular_file(status) || !stays_inside(name)) {
                return base::fail(base::ErrorCode::malformed, entry->path().string(),
                                  "This can't go into a bag: it is no plain file, or its name is not UTF-8.",
                                  "Take it out of the folder, or give it another name.");
            }
            names.push_back(name);
        }
        if (problem) {
            return std::unexpected(base::error_of_errno(problem.value(), settings_.released, "read"));
        }
        std::ranges::sort(names);
        for (const std::string& name : names) {
            TRY(open_.add_file("released/" + name, settings_.released / name));
        }
        return {};
    }

    // First of all: what the workspace says is then as old as what it says was withdrawn. By way of a folder that
    // goes again, as the bag of a file is chosen by its size.
    base::Result<void> write_anonymised() {
        if (settings_.write_anonymised) {
            TRY(base::make_folder(anonymised_folder()));
            anonymised_ = TRY(settings_.write_anonymised(anonymised_folder()));
        }
        return {};
    }

    base::Result<void> add_anonymised() {
        for (const std::string& name : anonymised_) {
            TRY(open_.add_file("released/anonymised/" + name, anonymised_folder() / name));
        }
        std::error_code problem;
        fs::remove_all(anonymised_folder(), problem);
        return problem ? std::unexpected(base::error_of_errno(problem.value(), anonymised_folder(), "removed"))
                       : base::Result<void>{};
    }

    [[nodiscard]] fs::path anonymised_folder() const { return folder_ / ".anonymised"; }

    [[nodiscard]] std::vector<Event> events() const {
        std::vector<Event> all{{"ingestion",
                                "The store's export was taken in; signatures, chains and receipts were verified.",
                                "success"}};
        const auto add = [&all](std::string type, std::uint64_t count, std::string_view what) {
            if (count > 0) {
                all.push_back({std::move(type), fmt::format("{} {}", count, what), "success"});
            }
        };
        add("decryption", counts_.responses, "responses were opened.");
        add("deaccession", counts_.duplicates, "duplicates were left out.");
        add("deaccession", counts_.tests, "test submissions were left out.");
        add("deaccession", counts_.other_campaigns, "batches of other campaigns: their digests only were kept.");
        add("deletion", counts_.withdrawn, "withdrawn envelopes: their digests only were kept.");
        if (!counts_.damaged.empty()) {
            all.push_back(
                {"validation", fmt::format("{} envelopes gave no response.", counts_.damaged.size()), "warning"});
        }
        all.push_back({"message digest calculation", "SHA-512 of every file was put into the manifests.", "success"});
        all.push_back({"information package creation", "The bag was made (BagIt 1.0).", "success"});
        return all;
    }

    struct Kind {
        BagSeries& series;
        std::string_view class_name, type, rights;
    };

    base::Result<PackageReport> finish() {
        const Kind kinds[] = {
            {envelopes_, "envelopes", "Sealed responses to a call for evidence, as the store received them",
             "Closed: personal data, sealed to the committee's keys"},
            {responses_, "responses", "Opened responses to a call for evidence, without contact details",
             "Closed: personal data"},
            {contacts_, "contacts", "Contact details of respondents who asked to be contacted",
             "Closed: personal data"},
            {open_, "open", "Questionnaire and notices of a call for evidence, and what the committee released of it",
             "Open"}};
        PackageReport report{{},
                             counts_.responses,
                             counts_.duplicates,
                             counts_.tests,
                             counts_.damaged.size(),
                             counts_.withdrawn,
                             counts_.other_campaigns};
        for (const Kind& kind : kinds) {
            const auto names = TRY(kind.series.finish(tag_files(kind), info(kind)));
            report.bags.insert(report.bags.end(), names.begin(), names.end());
        }
        return report;
    }

    [[nodiscard]] std::vector<PayloadFile> tag_files(const Kind& kind) const {
        return {
            file_of("metadata/events.xml", premis_events(events(), settings_.day, kind.series.stem())),
            file_of("metadata/dublin-core.xml",
                    dublin_core(campaign_, {kind.series.stem(), std::string(kind.type), std::string(kind.rights)}))};
    }

    [[nodiscard]] Tags info(const Kind& kind) const {
        const std::string& language = campaign_.form->default_language;
        Tags tags{{"Source-Organization", campaign_.text("committee", language)},
                  {"External-Description", fmt::format("{}: {}", campaign_.text("title", language), kind.type)},
                  {"Bagging-Date", base::format_day(settings_.day)},
                  {"Bag-Software-Agent", std::string("Pillarbox ") + PILLARBOX_VERSION},
                  {"Pillarbox-Campaign", campaign_.id},
                  {"Pillarbox-Retention-Class", std::string(kind.class_name)}};
        if (const auto rule = settings_.retention.find(kind.class_name); rule != settings_.retention.end()) {
            tags.emplace_back("Pillarbox-Keep-Until", format_keep_until(rule->second));
            tags.emplace_back("Pillarbox-Keep-Reason", rule->second.reason);
        }
        return tags;
    }

    const PackageSettings& settings_;
    const campaign::Campaign& campaign_;
    fs::path folder_;
    BagSeries envelopes_, responses_, contacts_, open_;
    std::vector<std::string> anonymised_;  // names of files
    OpeningCounts counts_;
};

}  // namespace

base::Result<PackageReport> make_packages(const fs::path& folder_of_bags, const opening::ExportFolder& folder,
                                          const opening::ExportReport& checked,
                                          const std::vector<envelope::Identity>& identities,
                                          const PackageSettings& settings, opening::Progress& progress) {
    // "bags/" means "bags"
    const fs::path out = folder_of_bags.has_filename() ? folder_of_bags : folder_of_bags.parent_path();
    std::error_code problem;
    if (fs::exists(fs::symlink_status(out, problem))) {
        return base::fail(base::ErrorCode::already_exists, out.string(), "There is something of this name already.",
                          "Name a new folder: bags are never overwritten.");
    }
    fs::path unfinished = out;
    unfinished += ".unfinished";
    fs::remove_all(unfinished, problem);  // of a run that was cut short
    TRY(base::make_folder(unfinished));
    if (::chmod(unfinished.c_str(), S_IRWXU) != 0) {
        return std::unexpected(base::error_of_errno(errno, unfinished, "made private"));
    }
    auto report = Packages(unfinished, settings).run(folder, checked, identities, progress);
    if (!report.has_value()) {
        fs::remove_all(unfinished, problem);
        return report;
    }
    TRY(rename_durably(unfinished, out));
    return report;
}

}  // namespace pillarbox::archive
