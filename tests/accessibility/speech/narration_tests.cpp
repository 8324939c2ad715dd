// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/narration.hpp"

#include <catch2/catch.hpp>

#include "tests/accessibility/speech/example_page.hpp"

using namespace pillarbox;
using semantics::Checked;
using semantics::Live;
using semantics::Role;
using semantics::Tree;
using speech::Person;
using speech::Urgency;
using tests::ExamplePage;

namespace {

constexpr std::chrono::seconds second{1};

struct Listener {
    speech::Memory memory{};
    speech::Phrases phrases{};
    std::chrono::milliseconds now{0};

    std::vector<std::string> hears(const Tree& before, const Tree& after, Person person = Person::acted) {
        std::vector<std::string> lines;
        for (const auto& utterance : speech::narrate({before, after, person, now}, memory, phrases)) {
            lines.push_back(speech::open_text_of(utterance));
        }
        return lines;
    }
};

std::vector<std::string> lines(std::initializer_list<std::string> texts) {
    return texts;
}

}  // namespace

TEST_CASE("a new page says where one is, its heading, what there is to read, and how to go on") {
    CHECK(Listener{}.hears({}, ExamplePage{}.tree()) ==
          lines({"Step 2 of 9, Your link, Take your time. To move on, press Tab or the down arrow. To choose, press "
                 "Enter."}));
}

TEST_CASE("the same page in another language is said again") {
    ExamplePage polish;
    polish.lang = "pl";
    CHECK(Listener{}.hears(ExamplePage{}.tree(), polish.tree()).size() == 1);
}

TEST_CASE("the heading that takes the focus of a new page is not said twice") {
    const auto before = ExamplePage{.focus = "nothing"}.tree();
    CHECK(Listener{}.hears(before, ExamplePage{}.tree(), Person::idle).empty());
}

TEST_CASE("nothing is said where nothing changed") {
    CHECK(Listener{}.hears(ExamplePage{}.tree(), ExamplePage{}.tree()).empty());
}

TEST_CASE("the first thing of a group is said with what the group asks") {
    Listener listener;
    static_cast<void>(listener.hears({}, ExamplePage{}.tree()));
    CHECK(listener.hears(ExamplePage{}.tree(), ExamplePage{.focus = "link/999"}.tree()) ==
          lines({"What is your link? Choose any. I have used 999, tick box, not ticked"}));
    CHECK(listener.hears(ExamplePage{.focus = "link/999"}.tree(), ExamplePage{.focus = "link/carer"}.tree()) ==
          lines({"Carer, tick box, not ticked"}));
}

TEST_CASE("texts between two stops are read on the way forward and not on the way back") {
    Listener listener;
    CHECK(listener.hears(ExamplePage{.focus = "link/carer"}.tree(), ExamplePage{.focus = "words"}.tree()) ==
          lines({"Do not name other people. In your words, text box, nothing written yet"}));
    CHECK(listener.hears(ExamplePage{.focus = "words"}.tree(), ExamplePage{.focus = "link/carer"}.tree()) ==
          lines({"What is your link? Choose any. Carer, tick box, not ticked"}));
}

TEST_CASE("a box that is ticked says so") {
    ExamplePage before{.focus = "link/carer"};
    ExamplePage after = before;
    after.carer = Checked::on;
    CHECK(Listener{}.hears(before.tree(), after.tree()) == lines({"ticked"}));
    CHECK(Listener{}.hears(after.tree(), before.tree()) == lines({"not ticked"}));
}

TEST_CASE("letters are echoed where everybody may hear them") {
    struct Row {
        std::string before, after, said;
    };
    const Row row = GENERATE(values<Row>({{"", "a", "a"},
                                          {"a", "ab", "b"},
                                          {"ab", "a", "b, deleted"},
                                          {"a", "a ", "Space"},
                                          {"a", "a\n", "New line"},
                                          {"aa", "aaa", "a"},
                                          {"ক", "কি", "কি"},
                                          {"é", "éè", "è"},
                                          {"é", "", "é, deleted"}}));
    ExamplePage before{.focus = "words", .answer = row.before};
    before.answer_flags = semantics::BitSet<semantics::Flag>{}.add(semantics::Flag::focusable);
    ExamplePage after = before;
    after.answer = row.after;
    CHECK(Listener{}.hears(before.tree(), after.tree()) == lines({row.said}));
}

TEST_CASE("letters of a private answer are not told to everybody") {
    const ExamplePage before{.focus = "words", .answer = "a"};
    const ExamplePage after{.focus = "words", .answer = "ab"};
    const ExamplePage fewer{.focus = "words", .answer = ""};
    CHECK(Listener{}.hears(before.tree(), after.tree()) == lines({"hidden letter"}));
    CHECK(Listener{}.hears(before.tree(), fewer.tree()) == lines({"hidden letter, deleted"}));
    Listener listener;
    const auto own = speech::narrate({before.tree(), after.tree()}, listener.memory, listener.phrases);
    CHECK(speech::runs_of(own.front(), speech::Audience::one_person).front().text == "b");
}

TEST_CASE("an error that appears is said at once, with the name of what is wrong") {
    const ExamplePage before{.focus = "link/carer"};
    ExamplePage after = before;
    after.option_error = "Choose up to two.";
    Listener listener;
    const auto heard = speech::narrate({before.tree(), after.tree()}, listener.memory, listener.phrases);
    REQUIRE(heard.size() == 1);
    CHECK(heard.front().urgency == Urgency::assertive);
    CHECK(speech::open_text_of(heard.front()) == "Error: Choose up to two. What is your link?");
}

TEST_CASE("an error summary is said at once with its errors, and not again as it takes the focus") {
    ExamplePage after{.focus = "errors"};
    after.above = [](semantics::TreeBuilder& builder) {
        auto& alert = builder.open("errors", Role::alert);
        alert.name = "There is a problem";
        alert.live = Live::assertive;
        tests::add_focusable(builder, "errors/1", Role::button, "Answer this question to continue.");
        builder.close();
    };
    const ExamplePage before{.focus = "next"};
    CHECK(Listener{}.hears(before.tree(), after.tree()) ==
          lines({"There is a problem, Answer this question to continue."}));
}

TEST_CASE("a dialog says its question and what has the focus, and its countdown seldom") {
    const auto with_dialog = [](std::string left) {
        ExamplePage page{.focus = "stay"};
        page.below = [left](semantics::TreeBuilder& builder) {
            auto& dialog = builder.open("idle", Role::dialog);
            dialog.name = "Are you still there?";
            dialog.live = Live::assertive;
            builder.set_modal_root(dialog.id);
            tests::add_text(builder, "idle.title", Role::heading, "Are you still there?");
            auto& status = builder.add("idle.countdown", Role::status);
            status.name = left;
            status.live = Live::polite;
            tests::add_focusable(builder, "stay", Role::button, "Yes");
            builder.close();
        };
        return page.tree();
    };
    Listener listener;
    CHECK(listener.hears(ExamplePage{}.tree(), with_dialog("20 seconds left"), Person::idle) ==
          lines({"Are you still there? 20 seconds left, Yes, button"}));
    CHECK(listener.hears(with_dialog("20 seconds left"), with_dialog("19 seconds left"), Person::idle) ==
          lines({"19 seconds left"}));
    listener.now += second;
    CHECK(listener.hears(with_dialog("19 seconds left"), with_dialog("18 seconds left"), Person::idle).empty());
    listener.now += speech::status_interval;
    CHECK(listener.hears(with_dialog("9 seconds left"), with_dialog("8 seconds left"), Person::idle) ==
          lines({"8 seconds left"}));
    CHECK(listener.hears(with_dialog("8 seconds left"), ExamplePage{.focus = "next"}.tree()) ==
          lines({"Next, button"}));
}

TEST_CASE("a note that an answer brings up is told without moving the focus") {
    ExamplePage before{.focus = "link/carer"};
    ExamplePage after = before;
    after.carer = Checked::on;
    after.above = [](semantics::TreeBuilder& builder) {
        tests::add_text(builder, "guardian", Role::note, "You can also speak to your guardian.");
    };
    CHECK(Listener{}.hears(before.tree(), after.tree()) == lines({"ticked", "You can also speak to your guardian."}));
}

TEST_CASE("the whole page is read in its order, each text once") {
    CHECK(speech::open_text_of(speech::whole_page(ExamplePage{}.tree(), {})) ==
          "Your link, Take your time. What is your link? Choose any. I have used 999, tick box, not ticked, Carer, "
          "tick box, not ticked, Do not name other people. In your words, text box, nothing written yet, Next, "
          "button, End of the page.");
}

TEST_CASE("what has the focus is said again and spelled") {
    CHECK(speech::open_text_of(speech::current_item(ExamplePage{.focus = "next"}.tree(), {})) == "Next, button");
    const auto spelled = speech::spelled_item(ExamplePage{.focus = "next"}.tree(), {});
    CHECK(speech::open_text_of(spelled) == "N, e, x, t");
    const auto own = speech::spelled_item(ExamplePage{.focus = "words", .answer = "Ada"}.tree(), {});
    CHECK(speech::open_text_of(own).find("A, d") == std::string::npos);
    CHECK(speech::runs_of(own, speech::Audience::one_person).front().text == "A\nd\na");
}
