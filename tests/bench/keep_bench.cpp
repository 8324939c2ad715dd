// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the "Send" tap to durable: the kiosk's own way (encode, seal, outbox), against appending the same bytes to a
// file and fdatasync. Both on the disk of the folder that --folder names.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <string>

#include "core/base/check.hpp"
#include "kiosk/app/kept_station.hpp"
#include "tests/bench/paired.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace pillarbox;

// As long as a usual response: a dozen choices and two texts.
submission::Submission usual_response() {
    submission::Submission submission;
    submission.campaign_id = "las-strategy-2023-28";
    submission.form_version = "1";
    submission.uuid[6] = 0x40;  // version 4
    submission.uuid[8] = 0x80;
    submission.day = tests::demo_day;
    submission.language = "en";
    for (int question = 0; question < 14; ++question) {
        const std::size_t length = question % 7 == 0 ? 300 : 12;
        submission.answers.push_back(
            {"/data/questions/question_" + std::to_string(question), std::string(length, 'x')});
    }
    return submission;
}

class RawFile {
  public:
    explicit RawFile(const std::filesystem::path& path)
        : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
        PILLARBOX_CHECK(descriptor_ >= 0);
    }
    ~RawFile() { ::close(descriptor_); }
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;

    void append(base::ByteView bytes) const {
        PILLARBOX_CHECK(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
        PILLARBOX_CHECK(::fdatasync(descriptor_) == 0);
    }

  private:
    int descriptor_;
};

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures keeping a response against appending its bytes to a file."};
    int pairs = 300;
    const tests::TemporaryFolder scratch;
    std::filesystem::path folder = scratch.path();
    command.add_option("--pairs", pairs, "How often ours and the peer take turns");
    command.add_option("--folder", folder, "An empty folder on the disk to measure (else a temporary one)");
    CLI11_PARSE(command, argument_count, arguments);
    crypto::SystemRandom random;
    const auto demo = tests::make_demo_station(folder / "station");
    auto station = app::KeptStation::open(demo.folder, tests::demo_day, random).value();
    const auto response = usual_response();
    const auto plaintext = submission::encode(response).value();
    const auto same_bytes = envelope::seal(plaintext.view(), station.campaign()->recipients, random).value();
    const RawFile raw(folder / "raw");
    bench::compare(
        {"keep", bench::Time::wall, pairs},
        [&] { PILLARBOX_CHECK(station.keep(response, station.draw_ticket()).has_value()); },
        [&] { raw.append(same_bytes); });
    return 0;
}
