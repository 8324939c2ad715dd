// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes a store's export of synthetic responses, with keys and pack to open it and the truth of what is in it.
// README.md says what for and with which defects. The same seed and count give the same bytes.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/check.hpp"
#include "core/base/exit_code.hpp"
#include "core/base/file.hpp"
#include "desk/keys/key_file.hpp"
#include "tests/responses/export_maker.hpp"
#include "tests/responses/respondent.hpp"

namespace {

using namespace pillarbox;
using namespace pillarbox::tests;
using Json = nlohmann::ordered_json;

constexpr std::uint64_t purpose_keys = 3, purpose_item = 4;
constexpr std::uint64_t first_extra = std::uint64_t{1} << 40U;  // numbers of responses that must never count
constexpr std::size_t kiosks = 24;
const std::string other_campaign = "another-call-2023";

struct Options {
    std::uint64_t seed = 1, count = 1000;
    std::filesystem::path out;
    std::string workbook = PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx";
};

// What the desk must find again, counted while it is made and not by the desk's code.
struct Truth {
    std::map<std::string, std::map<std::string, std::uint64_t>> answers;  // select questions, by path, then choice
    std::map<std::string, std::uint64_t> written, language, station, defects;
    std::uint64_t assisted = 0;
    Json canaries = Json::array(), rare_words = Json::object(), withdrawals = Json::array();

    void count(const form::Form& form, const SyntheticResponse& response, const std::string& at) {
        const submission::Submission& made = response.submission;
        ++language[made.language];
        ++station[at];
        assisted += made.assisted ? 1U : 0U;
        for (const form::Answer& answer : made.answers) {
            const form::Node* node = form.find(answer.path);
            PILLARBOX_CHECK(node != nullptr);
            if (node->type == form::NodeType::select_one || node->type == form::NodeType::select_multiple) {
                for (const std::string& choice : CLI::detail::split(answer.value, ' ')) {
                    ++answers[answer.path][choice];
                }
            } else {
                ++written[answer.path];
            }
        }
        if (!response.canary.empty()) {
            canaries.push_back({{"text", response.canary}, {"uuid", submission::format_uuid(made.uuid)}});
        }
        if (!response.rare_word.empty()) {
            const std::uint64_t before = rare_words.value(response.rare_word, std::uint64_t{0});
            rare_words[response.rare_word] = before + 1;
        }
    }

    [[nodiscard]] Json json(const Options& options) const {
        return {{"seed", options.seed}, {"responses", options.count}, {"assisted", assisted},
                {"language", language}, {"station", station},         {"answers", answers},
                {"written", written},   {"defects", defects},         {"rare_words", rare_words},
                {"canaries", canaries}, {"withdrawals", withdrawals}};
    }
};

struct Keys {
    envelope::Identity sealing;
    crypto::SigningKey signing;
};

Keys keys_of(std::uint64_t seed) {
    SeededRandom random = random_for(seed, purpose_keys, 0);
    return {envelope::Identity::generate(random), crypto::SigningKey::generate(random)};
}

base::Result<base::Bytes> make_pack(const Options& options, const Keys& keys) {
    const base::Bytes workbook = TRY(base::read_file(options.workbook, campaign::pack_size_bytes_max));
    const auto read = TRY(campaign::read_campaign_workbook(workbook, options.workbook));
    const base::Bytes pack = TRY(campaign::build_pack(
        workbook, options.workbook, 1, read.withdraw_until + std::chrono::days(300), {keys.sealing.recipient()}));
    return campaign::sign_pack(pack, keys.signing);
}

class Maker {
  public:
    Maker(const Options& options, const campaign::Campaign& campaign, const Keys& keys)
        : options_(options),
          campaign_(campaign),
          keys_(keys),
          respondents_(campaign, options.seed),
          exported_(options.out / "export", campaign.id, campaign.pack_digest, options.seed) {}

    base::Result<void> run() {
        for (std::size_t kiosk = 0; kiosk < kiosks; ++kiosk) {
            TRY(exported_.add_kiosk(fmt::format("{} {}", kiosk % 3 == 0 ? "Library" : "Hospital Hall", kiosk + 1)));
        }
        for (std::uint64_t index = 0; index < options_.count; ++index) {
            TRY(add_response(index));
        }
        TRY(exported_.finish());
        truth_.defects["batches"] = exported_.batches();
        return base::write_file(options_.out / "truth.json", base::view_of(truth_.json(options_).dump(1) + "\n"));
    }

  private:
    base::Result<void> add_response(std::uint64_t index) {
        SeededRandom random = random_for(options_.seed, purpose_item, index);
        const auto kiosk = static_cast<std::size_t>(std::min(random.below(kiosks), random.below(kiosks)));
        const SyntheticResponse response = respondents_.answer(index);
        const batch::Item item = TRY(sealed(response, random));
        truth_.count(*campaign_.form, response, exported_.station(kiosk));
        if (index % 500 == 250) {
            truth_.withdrawals.push_back({{"code", submission::format_withdrawal_code(response.code)},
                                          {"tag", base::to_hex(item.tag)},
                                          {"uuid", submission::format_uuid(response.submission.uuid)},
                                          {"canary", response.canary}});
        }
        TRY(exported_.add(kiosk, item));
        return add_defects(index, kiosk, response, item, random);
    }

    base::Result<batch::Item> sealed(const SyntheticResponse& response, SeededRandom& random) {
        const crypto::SecretBytes encoded = TRY(submission::encode(response.submission));
        batch::Item item;
        item.tag = submission::withdrawal_tag(response.code);
        item.envelope = TRY(envelope::seal(encoded.view(), {keys_.sealing.recipient()}, random));
        return item;
    }

    base::Result<void> add_sealed(std::size_t kiosk, const SyntheticResponse& response, SeededRandom& random) {
        batch::Item item = TRY(sealed(response, random));
        return exported_.add(kiosk, std::move(item));
    }

    base::Result<void> add_defects(std::uint64_t index, std::size_t kiosk, SyntheticResponse response,
                                   const batch::Item& item, SeededRandom& random) {
        const auto hits = [&](std::uint64_t one_in) { return random.below(one_in) == 0; };
        if (hits(200)) {  // from the same station, so that there is one truth about where it came from
            ++truth_.defects["same_envelope_again"];
            TRY(exported_.add(kiosk, item));
        }
        if (hits(300)) {
            ++truth_.defects["same_response_sealed_again"];
            TRY(add_sealed(kiosk, response, random));
        }
        if (hits(1000)) {  // in its day only: which of the two is kept must not matter to the truth
            ++truth_.defects["same_uuid_other_content"];
            response.submission.day = response.submission.day == campaign_.opens ? campaign_.closes : campaign_.opens;
            TRY(add_sealed(kiosk, response, random));
        }
        return add_what_never_counts(index, kiosk, random);
    }

    base::Result<void> add_what_never_counts(std::uint64_t index, std::size_t kiosk, SeededRandom& random) {
        const std::uint64_t drawn = random.below(6000);
        if (drawn >= 35) {
            return {};
        }
        SyntheticResponse extra = respondents_.answer(first_extra + index * 1000 + 500);  // one without a canary
        if (drawn < 15) {
            ++truth_.defects["tests"];
            extra.submission.kind = submission::Kind::test;
            batch::Item item = TRY(sealed(extra, random));
            item.tag = batch::test_tag();
            return exported_.add(kiosk, std::move(item));
        }
        if (drawn < 30) {
            ++truth_.defects["damaged"];
            batch::Item item = TRY(damaged(extra, random));
            return exported_.add(kiosk, std::move(item));
        }
        extra.submission.campaign_id = other_campaign;
        if (drawn < 33) {
            ++truth_.defects["other_campaign_inside"];
            return add_sealed(kiosk, extra, random);
        }
        ++truth_.defects["other_campaign_batches"];
        const batch::Item item = TRY(sealed(extra, random));
        return exported_.add_foreign_batch(kiosk, other_campaign, {item});
    }

    base::Result<batch::Item> damaged(const SyntheticResponse& response, SeededRandom& random) {
        batch::Item item = TRY(sealed(response, random));
        switch (random.below(4)) {
            case 0:  // one bit
                item.envelope[static_cast<std::size_t>(random.below(item.envelope.size()))] ^= 1U;
                break;
            case 1:  // its end is missing
                item.envelope.resize(item.envelope.size() / 2);
                break;
            case 2:  // for somebody else
                item.envelope = TRY(envelope::seal(base::view_of("nothing"),
                                                   {envelope::Identity::generate(random).recipient()}, random));
                break;
            case 3:  // no envelope at all
                random.fill(item.envelope);
                break;
        }
        return item;
    }

    const Options& options_;
    const campaign::Campaign& campaign_;
    const Keys& keys_;
    Respondents respondents_;
    ExportMaker exported_;
    Truth truth_;
};

base::Result<void> make(const Options& options) {
    std::error_code ignored;
    if (std::filesystem::exists(options.out, ignored)) {
        return base::fail(base::ErrorCode::already_exists, options.out.string(),
                          "There is something of this name already.", "Name a new folder.");
    }
    const Keys keys = keys_of(options.seed);
    const base::Bytes pack = TRY(make_pack(options, keys));
    campaign::Acceptance acceptance;
    acceptance.committee_key = keys.signing.verify_key();
    const campaign::Campaign campaign = TRY(campaign::verify_pack(pack, options.workbook, acceptance));
    TRY(base::make_folder(options.out));
    TRY(base::write_file(options.out / "campaign.pack", pack));
    TRY(keys::write_sealing_key(options.out / "sealing.key", keys.sealing, campaign.opens));
    TRY(keys::write_signing_key(options.out / "signing.key", keys.signing, campaign.opens));
    const std::string committee_key = base::to_base64(keys.signing.verify_key().bytes);
    TRY(base::write_file(options.out / "committee-key.txt", base::view_of(committee_key + "\n")));
    TRY(Maker(options, campaign, keys).run());
    fmt::print("{}: {} responses, seed {}\n", options.out.string(), options.count, options.seed);
    return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
    Options options;
    CLI::App app("Makes a store's export of synthetic responses.");
    app.add_option("--seed", options.seed, "the same seed and count give the same bytes");
    app.add_option("--count", options.count, "of responses that count; defects come on top");
    app.add_option("--workbook", options.workbook, "the form; the demo campaign's where left out");
    app.add_option("OUT", options.out, "a new folder")->required();
    CLI11_PARSE(app, argument_count, arguments);
    const auto made = make(options);
    return made.has_value() ? 0 : base::report("make_responses", made.error());
}
