// SPDX-License-Identifier: GPL-3.0-or-later
//
// A workspace over the demo campaign, fed by an export that is made in process.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/form/workbook.hpp"
#include "core/sqlite/sealed_layout.hpp"
#include "desk/opening/chain_check.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/intake.hpp"
#include "desk/workspace/responses.hpp"
#include "desk/workspace/workspace.hpp"
#include "tests/desk/opening/example_export.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

inline const std::filesystem::path workspace_workbook =
    std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets/campaigns/las-strategy-2023-28/form.xlsx";

class WorkspaceFixture {
  public:
    WorkspaceFixture() {
        std::filesystem::create_directories(example.folder());
        const base::Bytes workbook = base::read_file(workspace_workbook, std::size_t{16} << 20U).value();
        const auto unsigned_pack = campaign::build_pack(
            workbook, "form.xlsx", 1, base::parse_day("2023-12-31").value(), {example.identity().recipient()});
        REQUIRE(unsigned_pack.has_value());
        pack = campaign::sign_pack(*unsigned_pack, committee).value();
        REQUIRE(workspace::Workspace::create(folder, pack, committee.verify_key(), random).has_value());
    }

    [[nodiscard]] workspace::Workspace open() const {
        auto opened = workspace::Workspace::open(folder, identities_of(example));
        REQUIRE(opened.has_value());
        return std::move(*opened);
    }

    // Adds a response in a batch of its own, and gives its withdrawal code.
    submission::WithdrawalCode add(std::vector<form::Answer> answers, const std::string& day = "2023-01-20",
                                   const std::string& language = "en") {
        auto submission = example.submission_of(std::move(answers), day);
        submission.language = language;
        batch::Item item = example.sealed(submission);
        const auto code = submission::random_withdrawal_code(random);
        item.tag = submission::withdrawal_tag(code);
        example.add_batch(*kiosk, {item});
        return code;
    }

    workspace::TakenIn take_in(workspace::Workspace& into, unsigned jobs = 2) {
        const auto report = opening::check_export(opening::read_export(example.write()).value(), std::nullopt);
        INFO(opening::describe(report));
        REQUIRE(report.holds());
        opening::Progress progress("Taking in", 0, opening::ProgressStyle::silent, clock);
        auto taken = workspace::take_in(into, report, identities_of(example), jobs, ada.day, progress);
        if (!taken.has_value()) {
            FAIL(taken.error().describe());
        }
        return *taken;
    }

    // The decrypted bytes of the database and of its log, as they are now.
    [[nodiscard]] std::string decrypted() const {
        const auto key = workspace::read_workspace_key(folder, identities_of(example)).value();
        std::filesystem::path log = workspace::database_path(folder);
        std::string all(base::text_of(
            sqlite::read_sealed_file(workspace::database_path(folder), sqlite::SealedFile::database, key).value()));
        log += "-wal";
        if (std::filesystem::exists(log)) {
            all += base::text_of(sqlite::read_sealed_file(log, sqlite::SealedFile::log, key).value());
        }
        return all;
    }

    [[nodiscard]] bool any_file_holds(std::string_view text) const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            const auto bytes = base::read_file(entry.path(), std::size_t{1} << 30U);
            if (base::text_of(bytes.value()).find(text) != std::string_view::npos) {
                return true;
            }
        }
        return false;
    }

    TemporaryFolder temporary;
    std::filesystem::path folder = temporary / "workspace";
    crypto::SystemRandom random;
    base::SystemClock clock;
    crypto::SigningKey committee = crypto::SigningKey::generate(random);
    ExampleExport example{temporary / "export", "las-strategy-2023-28"};
    ExampleKiosk* kiosk = &example.add_kiosk("Brixton Library");
    base::Bytes pack;
    workspace::Editor ada{"Ada", base::parse_day("2023-01-28").value()};
    workspace::Editor ben{"Ben", base::parse_day("2023-01-29").value()};
};

inline std::vector<workspace::ResponseId> ids_of(const workspace::Listing& listing) {
    std::vector<workspace::ResponseId> ids;
    for (const workspace::Listed& one : listing.responses) {
        ids.push_back(one.id);
    }
    return ids;
}

}  // namespace pillarbox::tests
