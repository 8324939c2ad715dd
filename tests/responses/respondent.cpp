// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/responses/respondent.hpp"

#include <algorithm>
#include <array>

#include "core/base/check.hpp"

namespace pillarbox::tests {
namespace {

constexpr std::uint64_t purpose_response = 1;
constexpr std::uint64_t canary_every = 200;
constexpr std::uint64_t rare_word_every = 250;

// Half of the weight lies on the first choice, half of the rest on the second: down to cells of a few people.
std::size_t draw_unevenly(std::size_t count, SeededRandom& random) {
    std::size_t index = 0;
    while (index + 1 < count && random.below(6) != 0) {
        index += 1 + static_cast<std::size_t>(random.below(2));
    }
    return std::min(index, count - 1);
}

}  // namespace

SeededRandom random_for(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index) {
    // splitmix64: neighbouring numbers give unlike seeds.
    std::uint64_t mixed = seed * 0x9E3779B97F4A7C15ULL + (purpose << 56U) + index;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return SeededRandom(mixed ^ (mixed >> 31U));
}

// One person in front of the form.
class Respondents::Sitting {
  public:
    Sitting(form::Instance instance, SeededRandom& random)
        : instance_(std::move(instance)), random_(random), voice_(draw_voice(random)) {}

    void answer_all(const std::vector<form::Node>& nodes) {
        for (const form::Node& node : nodes) {
            if (node.is_container()) {
                answer_all(node.children);
            } else if (instance_.is_relevant(node.path)) {
                answer_one(node);
            }
        }
    }

    // A text that stands at the end of the first answer in the person's own words; false where there is none.
    bool add_to_text(std::string_view addition) {
        if (text_path_.empty()) {
            return false;
        }
        set(text_path_, instance_.answer(text_path_) + " " + std::string(addition));
        return true;
    }

    [[nodiscard]] const form::Instance& instance() const { return instance_; }
    [[nodiscard]] const Voice& voice() const { return voice_; }

  private:
    void set(const std::string& path, const std::string& value) {
        PILLARBOX_CHECK(instance_.set_answer(path, value).has_value());
        if (!instance_.problems_in(path).empty() && !instance_.is_required(path)) {
            PILLARBOX_CHECK(instance_.set_answer(path, "").has_value());
        }
    }

    void answer_one(const form::Node& node) {
        if (node.name == "under_18") {
            set(node.path, random_.in_percent(7) ? "yes" : "no");
        } else if (node.name == "path") {
            set(node.path, random_.in_percent(25) ? "short" : "full");
        } else if (node.type == form::NodeType::select_one) {
            choose_one(node);
        } else if (node.type == form::NodeType::select_multiple) {
            choose_some(node);
        } else if (node.type == form::NodeType::text) {
            write(node);
        }
    }

    void choose_one(const form::Node& node) {
        if (node.name == "main_language" && random_.in_percent(80)) {
            set(node.path, std::string(voice_.main_language));
            return;
        }
        const auto choices = instance_.choices_of(node.path);
        if (choices.empty() || (!instance_.is_required(node.path) && random_.in_percent(12))) {
            return;
        }
        const bool even = choices.size() <= 6;
        const std::size_t drawn =
            even ? static_cast<std::size_t>(random_.below(choices.size())) : draw_unevenly(choices.size(), random_);
        set(node.path, choices[drawn]->name);
    }

    void choose_some(const form::Node& node) {
        std::string chosen;
        for (const form::Choice* choice : instance_.choices_of(node.path)) {
            if (random_.in_percent(22)) {
                chosen += (chosen.empty() ? "" : " ") + choice->name;
            }
        }
        set(node.path, chosen);
    }

    void write(const form::Node& node) {
        const std::string name(voice_.names[static_cast<std::size_t>(random_.below(voice_.names.size()))]);
        if (node.name == "organisation_name") {
            set(node.path, "Example Group " + std::to_string(1 + random_.below(400)));
        } else if (node.name == "contact_name") {
            set(node.path, random_.in_percent(30) ? name : "");
        } else if (node.name == "email_or_phone") {
            set(node.path,
                random_.in_percent(25) ? "person" + std::to_string(random_.below(1'000'000)) + "@example.org" : "");
        } else if (node.name == "quote_name") {
            set(node.path, name);
        } else if (!random_.in_percent(35)) {
            set(node.path, in_own_words());
            text_path_ = text_path_.empty() ? node.path : text_path_;
        }
    }

    std::string in_own_words() {
        const std::uint64_t kind = random_.below(1000);
        std::string text = write_answer(voice_, random_);
        if (kind < 30) {
            return std::string(draw_campaign_letter(random_));
        }
        if (kind < 70) {
            return text + " " + std::string(draw_noticeable(random_));
        }
        if (kind < 76) {
            return std::string(draw_hostile_text(random_));
        }
        for (std::uint64_t more = kind < 79 ? 30 : 0; more > 0; --more) {  // a very long one
            text += "\n\n" + write_answer(voice_, random_);
        }
        return text;
    }

    form::Instance instance_;
    SeededRandom& random_;
    const Voice& voice_;
    std::string text_path_;
};

Respondents::Respondents(const campaign::Campaign& campaign, std::uint64_t seed)
    : campaign_(campaign),
      seed_(seed),
      blank_(form::Instance::start(campaign.form, {campaign.opens, campaign.form->default_language}).value()) {}

SyntheticResponse Respondents::answer(std::uint64_t index) const {
    SeededRandom random = random_for(seed_, purpose_response, index);
    SyntheticResponse response;
    Sitting sitting(blank_, random);
    sitting.answer_all(campaign_.form->nodes);
    if (index % canary_every == 0) {
        std::array<std::uint8_t, 8> bytes{};
        random.fill(bytes);
        const std::string canary = "CANARY" + base::to_hex(bytes);
        response.canary = sitting.add_to_text(canary) ? canary : "";
    }
    if (index % rare_word_every == 1) {
        const std::string word(draw_rare_word(random));
        response.rare_word = sitting.add_to_text(word + ".") ? word : "";
    }
    PILLARBOX_CHECK(sitting.instance().problems_in("").empty());
    submission::Submission& made = response.submission;
    made.campaign_id = campaign_.id;
    made.form_version = campaign_.form->version;
    made.uuid = submission::random_uuid(random);
    const auto days = static_cast<std::uint64_t>((campaign_.closes - campaign_.opens).count()) + 1;
    made.day = campaign_.opens + std::chrono::days(static_cast<int>(random.below(days)));
    made.language = std::string(sitting.voice().language);
    made.assisted = random.in_percent(8);
    made.answers = sitting.instance().answers();
    response.code = submission::random_withdrawal_code(random);
    return response;
}

}  // namespace pillarbox::tests
