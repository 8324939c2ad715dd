// SPDX-License-Identifier: GPL-3.0-or-later
//
// The demo campaign at the desk: keys, a signed pack of the real workbook, sealed answers in an export, and the
// program.
#pragma once

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include "core/form/instance.hpp"
#include "core/form/workbook.hpp"
#include "core/station/station.hpp"
#include "desk/keys/key_file.hpp"
#include "tests/desk/opening/example_export.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

inline const std::filesystem::path demo_workbook =
    std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets/campaigns/las-strategy-2023-28/form.xlsx";

struct Ran {
    int status = -1;  // 128 + signal where it was killed
    std::string out, err;
};

inline std::string text_in(const std::filesystem::path& path) {
    return std::string(base::text_of(base::read_file(path, std::size_t{64} << 20U).value()));
}

inline std::string token_for(const std::string& station) {
    crypto::SystemRandom random;
    station::EnrolmentToken token;
    token.store.name = store_name;
    token.store.url = "https://127.0.0.1:8443";
    token.store.key = crypto::SigningKey::generate(random).verify_key();
    token.station_name = station;
    random.fill(token.secret);
    return station::format_token(token);
}

class DeskFixture {
  public:
    DeskFixture() {
        std::filesystem::create_directories(example.folder());
        const base::Day day = base::parse_day("2023-01-20").value();
        REQUIRE(keys::write_sealing_key(path("sealing.key"), example.identity(), day).has_value());
        REQUIRE(keys::write_signing_key(path("signing.key"), committee, day).has_value());
    }

    // `arguments` as in a shell; runs in the fixture's folder, so that files need no path.
    Ran run(const std::string& arguments) const {
        const std::string command = "cd '" + temporary.path().string() +
                                    "' && '" PILLARBOX_BINARY_DIR "/pillarbox' " + arguments +
                                    " >out.txt 2>err.txt </dev/null";
        const int status = std::system(command.c_str());
        Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : 128, text_in(path("out.txt")), text_in(path("err.txt"))};
        UNSCOPED_INFO("pillarbox " << arguments << "\n-> " << ran.status << "\n" << ran.out << ran.err);
        return ran;
    }

    void build_pack(int version = 1, const std::string& name = "campaign.pack") const {
        build_pack(version, example.identity().recipient(), name);
    }
    void build_pack(int version, const envelope::Recipient& recipient,
                    const std::string& name = "campaign.pack") const {
        REQUIRE(run("campaign build '" + demo_workbook.string() + "' --recipient " +
                    envelope::format_recipient(recipient) + " --version " + std::to_string(version) +
                    " --expires 2023-12-31 --out unsigned.pack --force")
                    .status == 0);
        REQUIRE(run("campaign sign unsigned.pack --key signing.key --out " + name).status == 0);
    }

    [[nodiscard]] std::string committee_key() const { return base::to_base64(committee.verify_key().bytes); }

    [[nodiscard]] std::string open_arguments(const std::string& out = "opened") const {
        return "open --export export --pack campaign.pack --committee-key " + committee_key() +
               " --identity sealing.key --out " + out;
    }

    // Goes through the form as a kiosk does, so that the answers are ones it would let pass.
    submission::Submission answered(const std::vector<form::Answer>& answers) {
        const auto form = std::make_shared<const form::Form>(
            form::read_workbook(base::read_file(demo_workbook, std::size_t{16} << 20U).value(), "form.xlsx").value());
        auto instance = form::Instance::start(form, {base::parse_day("2023-01-20").value()}).value();
        for (const form::Answer& answer : answers) {
            REQUIRE(instance.set_answer(answer.path, answer.value).has_value());
        }
        auto submission = example.submission_of(instance.answers());
        submission.form_version = form->version;
        return submission;
    }

    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return temporary / name; }

    TemporaryFolder temporary;
    crypto::SystemRandom random;
    crypto::SigningKey committee = crypto::SigningKey::generate(random);
    ExampleExport example{temporary / "export", "las-strategy-2023-28"};
};

}  // namespace pillarbox::tests
