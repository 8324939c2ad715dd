// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/flow/walker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/day.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "kiosk/flow/flow.hpp"
#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/view_model.hpp"

namespace pillarbox::tests {

namespace {

using namespace flow;
using Attempt = std::vector<Event>;

constexpr std::size_t pages_max = 3000;        // a way that is longer goes round in circles
constexpr std::size_t repetitions_added = 20;  // in all: repeats in repeats grow fast

const std::vector<std::string> words{
    "Ada", "Ada Lovelace", "12345",     "0207946095",          "ada@example.org", "SE1 2AA", "A1", "yes",
    "1",   "2023",         "AB123456C", "https://example.org", "hello",           "x"};
const std::vector<std::string> numbers{"1",  "0",  "2",   "5",   "3",   "10",   "18",    "20",   "30",  "40", "50",
                                       "60", "80", "100", "150", "500", "1000", "10000", "51.5", "0.5", "-1", "-10"};

class Walker {
  public:
    Walker(const std::shared_ptr<const campaign::Campaign>& campaign, base::Day today)
        : today_(today), session_(begin({.campaign = campaign, .today = today})) {}

    base::Result<Walk> go() {
        does(Start{});
        does(Next{});
        does(Understand{});
        TRY(reach_check_page());
        does(Back{});  // and on again: nothing may be lost by that
        TRY(reach_check_page());
        does(Send{});
        if (sent_.empty()) {
            return stuck("Send leads back to this page.");
        }
        TRY(open_again());
        return std::move(walk_);
    }

  private:
    void does(const Event& event) {
        auto step = handle(std::move(session_), event);
        session_ = std::move(step.session);
        static_cast<void>(view_of(session_));
        for (auto& effect : step.effects) {
            if (auto* seal = std::get_if<SealAndKeep>(&effect)) {
                sent_.push_back(std::move(seal->submission));
            }
        }
    }

    std::unexpected<base::Error> stuck(std::string why) {
        return base::fail(base::ErrorCode::conflict, session_.page, std::move(why));
    }

    base::Result<void> reach_check_page() {
        while (session_.screen == Screen::form_page) {
            if (++walk_.pages > pages_max) {
                return stuck("The way has no end.");
            }
            answer_page();
            if (add_repetition()) {
                continue;
            }
            switch_language();
            const std::string page = session_.page;
            does(Next{});
            if (session_.screen == Screen::form_page && session_.page == page) {
                std::string kinds;
                for (const auto& problem : session_.answers->problems_in({})) {
                    kinds += fmt::format(" {} ({})", problem.path, static_cast<int>(problem.kind));
                }
                return stuck("Next stays on this page:" + kinds);
            }
        }
        return session_.screen == Screen::check ? base::Result<void>{} : stuck("There is no check page.");
    }

    // Answers decide what else the page asks, so the page is looked at anew after each.
    void answer_page() {
        for (bool answered = true; answered;) {
            answered = false;
            const auto view = view_of(session_);
            for (const auto& question : std::get<PageView>(view.body).questions) {
                if (question.kind != QuestionKind::notice && !question.read_only &&
                    done_.insert(question.path).second) {
                    answer(question);
                    answered = true;
                    break;
                }
            }
        }
    }

    void answer(const QuestionView& question) {
        walk_.questions.push_back(question.path);
        for (const auto& attempt : attempts(question)) {
            for (const auto& event : attempt) {
                does(event);
            }
            if (!session_.answers->answer(question.path).empty() &&
                session_.answers->problems_in(question.path).empty()) {
                return;
            }
            does(SetAnswer{question.path, {}});
        }
        walk_.unanswered.push_back(question.path);
    }

    [[nodiscard]] std::vector<Attempt> attempts(const QuestionView& question) const {
        const auto& path = question.path;
        std::vector<Attempt> all;
        switch (question.kind) {
            case QuestionKind::one_choice:
            case QuestionKind::rating:
            case QuestionKind::acknowledge:
            case QuestionKind::many_choices:
                return ticks(question);
            case QuestionKind::choice_list:
                for (const auto& choice : question.choices) {
                    all.push_back({SetAnswer{path, choice.name}});
                }
                return all;
            case QuestionKind::line:
            case QuestionKind::paragraph:
                for (const auto& text : words) {
                    all.push_back({SetAnswer{path, text}});
                }
                return all;
            case QuestionKind::number:
                for (const auto& number : numbers) {
                    all.push_back({SetAnswer{path, number}});
                }
                return all;
            case QuestionKind::range:
                for (const std::size_t step : {question.range.last / 2, std::size_t{0}, question.range.last}) {
                    all.push_back({SetStep{path, step}});
                }
                return all;
            case QuestionKind::ranking:
                return {{MoveChoice{path, question.choices.back().name, Move::up}},
                        {MoveChoice{path, {}, Move::confirm}}};
            case QuestionKind::date:
                return dates(question);
            case QuestionKind::notice:
                break;
        }
        return all;
    }

    // One choice, then more and more of them: some forms ask for at least two or three.
    static std::vector<Attempt> ticks(const QuestionView& question) {
        std::vector<Attempt> all;
        for (const auto& choice : question.choices) {
            all.push_back({ToggleChoice{question.path, choice.name}});
        }
        Attempt several;
        for (const auto& choice : question.choices) {
            several.emplace_back(ToggleChoice{question.path, choice.name});
            all.push_back(several);
        }
        return all;
    }

    [[nodiscard]] std::vector<Attempt> dates(const QuestionView& question) const {
        std::vector<Attempt> all;
        for (const int days : {0, -1, -30, 1, 30, -400, -8000, -15000, 400}) {
            const std::chrono::year_month_day date(today_ + std::chrono::days(days));
            const auto typed = [&](DatePart part) {
                switch (part) {
                    case DatePart::day:
                        return std::to_string(static_cast<unsigned>(date.day()));
                    case DatePart::month:
                        return std::to_string(static_cast<unsigned>(date.month()));
                    case DatePart::year:
                        return std::to_string(static_cast<int>(date.year()));
                    case DatePart::hour:
                        return std::string("14");
                    case DatePart::minute:
                        return std::string("5");
                }
                return std::string();
            };
            Attempt attempt;
            for (const auto& part : question.parts) {
                attempt.emplace_back(SetDatePart{question.path, part.part, typed(part.part)});
            }
            all.push_back(std::move(attempt));
        }
        return all;
    }

    // One more in every list, so that there are two of everything.
    bool add_repetition() {
        const auto view = view_of(session_);
        const auto& list = std::get<PageView>(view.body).list;
        if (!list || !list->can_add || added_.size() >= repetitions_added || !added_.insert(list->path).second) {
            return false;
        }
        does(AddRepetition{list->path});
        return true;
    }

    void switch_language() {
        const auto& languages = session_.setup.campaign->form->languages;
        if (languages.size() > 1) {
            does(OpenLanguages{});
            does(ChooseLanguage{languages[walk_.pages % languages.size()]});
        }
    }

    // Through the real envelope, and compared with what the session held.
    base::Result<void> open_again() {
        crypto::SystemRandom random;
        submission::Submission& sent = sent_.back();
        sent.uuid = submission::random_uuid(random);
        std::vector<envelope::Identity> identities;
        identities.push_back(envelope::Identity::generate(random));
        const auto plain = TRY(submission::encode(sent));
        const auto sealed = TRY(envelope::seal(plain.view(), {identities.front().recipient()}, random));
        const auto opened = TRY(envelope::open(sealed, identities, submission::size_bytes_max));
        walk_.opened = TRY(submission::decode(opened.view()));
        const auto same = [](const form::Answer& one, const form::Answer& other) {
            return one.path == other.path && one.value == other.value;
        };
        if (!std::ranges::equal(walk_.opened.answers, sent.answers, same)) {
            return stuck("What was opened is not what was sent.");
        }
        return {};
    }

    base::Day today_;
    Session session_;
    std::vector<submission::Submission> sent_;
    std::set<std::string> done_;
    std::set<std::string> added_;
    Walk walk_;
};

}  // namespace

base::Result<Walk> walk(const std::shared_ptr<const campaign::Campaign>& campaign, base::Day today) {
    return Walker(campaign, today).go();
}

}  // namespace pillarbox::tests
