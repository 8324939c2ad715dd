// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Accessibility panel, and what each of its settings does to a page, through the semantic tree.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "accessibility/semantics/audit.hpp"
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/screens/shown.hpp"
#include "tests/kiosk/screens/tour.hpp"

namespace pillarbox::tests {
namespace {

using namespace flow;

constexpr Capabilities everything{.speech = true, .blank_screen = true, .scanning = true, .strike_filter = true};

Scenario somebody(const Capabilities& capabilities = everything) {
    return Scenario({.campaign = demo_campaign(), .today = inside_the_call, .capabilities = capabilities});
}

bool shows(const semantics::Tree& tree, std::string_view key) {
    return semantics::find_key(tree, key) != nullptr;
}

// What a tap on `key` of the open panel asks the flow for.
template <typename Setting>
std::optional<Setting> asked_by(const Scenario& person, std::string_view key) {
    Shown panel(person.view());
    panel.screen().request(key, semantics::Action::click);
    const auto asked = panel.did<Prefer>();
    if (asked.size() != 1 || !std::holds_alternative<Setting>(asked.front().chosen))
        return std::nullopt;
    return std::get<Setting>(asked.front().chosen);
}

// The highest place that a finger has to go to, as a share of the window from above.
double highest_action(const semantics::Tree& tree) {
    double highest = 1;
    for (const auto& node : tree.nodes) {
        const auto seen = node.rect.intersected(node.clip);
        if (node.actions.has(semantics::Action::click) && seen.width > 0 && seen.height > 0)
            highest = std::min(highest, static_cast<double>(seen.y / tree.window.height));
    }
    return highest;
}

// In any text of any node: describe() leaves out what is private.
bool says(const semantics::Tree& tree, std::string_view words) {
    return std::ranges::any_of(tree.nodes, [words](const semantics::Node& node) {
        return std::ranges::any_of(
            std::array{&node.name, &node.value, &node.description, &node.hint, &node.error, &node.placeholder,
                       &node.speech_override},
            [words](const std::string* text) { return text->find(words) != std::string::npos; });
    });
}

}  // namespace

TEST_CASE("every page has the Accessibility button at the same place") {
    std::optional<semantics::Rect> place;
    for (const auto& stop : tour("en")) {
        if (stop.name == "accessibility" || stop.name == "curtain")
            continue;
        INFO(stop.name);
        const Shown page(stop.view);
        const auto* button = semantics::find_key(page.tree(), "accessibility");
        REQUIRE(button != nullptr);
        CHECK(button->name == "Accessibility");
        place = place.value_or(button->rect);
        const bool ends_page_with_help = shows(page.tree(), "help");
        if (ends_page_with_help)
            CHECK(button->rect == *place);
    }
}

TEST_CASE("the Accessibility button opens the panel from the first page on") {
    Shown page(somebody().view());
    page.screen().tap("accessibility");
    CHECK(page.did<OpenAccessibility>().size() == 1);
}

TEST_CASE("each control of the panel asks for its setting") {
    auto person = somebody();
    person.does(Start{}).does(Prefer{Speech::on}).does(Prefer{Scanning::one_switch}).does(OpenAccessibility{});
    CHECK(asked_by<TextSize>(person, "text_size/largest") == TextSize::largest);
    CHECK(asked_by<Theme>(person, "theme/dark") == Theme::dark);
    CHECK(asked_by<Font>(person, "font/readable") == Font::readable);
    CHECK(asked_by<Speech>(person, "speech/on") == Speech::off);
    CHECK(asked_by<SpeechRate>(person, "speech_rate.more") == SpeechRate{3});
    CHECK(asked_by<Volume>(person, "volume.less") == Volume{4});
    CHECK(asked_by<Listening>(person, "listening/on") == Listening::answers_aloud);
    CHECK(asked_by<Reach>(person, "reach/on") == Reach::low);
    CHECK(asked_by<Scanning>(person, "scanning/two") == Scanning::two_switches);
    CHECK(asked_by<ScanPace>(person, "scan_pace.more") == ScanPace{3});
    CHECK(asked_by<StrikeFilter>(person, "strikes/half") == StrikeFilter::half_second);
    CHECK(asked_by<Motion>(person, "movement/on") == Motion::reduced);
    CHECK(asked_by<AnswerDisplay>(person, "answers/on") == AnswerDisplay::hidden);
    CHECK(asked_by<Picture>(person, "picture/on") == Picture::blank);
    Shown panel(person.view());
    panel.screen().request("all_back", semantics::Action::click);
    CHECK(panel.did<ForgetPreferences>().size() == 1);
    panel.screen().request("cover", semantics::Action::click);
    CHECK(panel.did<HideAnswers>().size() == 1);
}

TEST_CASE("the panel shows nothing that the kiosk can not do") {
    auto person = somebody({});
    person.does(OpenAccessibility{});
    const Shown panel(person.view());
    for (const char* key : {"hear", "speech", "speech_rate", "volume", "listening", "scanning", "scan_pace",
                            "strikes", "picture", "cover"}) {
        INFO(key);
        CHECK_FALSE(shows(panel.tree(), key));
    }
    for (const char* key : {"text_size", "theme", "font", "reach", "movement", "answers", "all_back"}) {
        INFO(key);
        CHECK(shows(panel.tree(), key));
    }
}

TEST_CASE("a setting acts on the panel itself at once") {
    auto person = somebody();
    person.does(OpenAccessibility{});
    Shown panel(person.view());
    const auto before = panel.screen().node("heading").rect;
    person.does(Prefer{Reach::low});
    panel.show(person.view());
    CHECK(panel.screen().node("heading").rect.y > before.y);
    person.does(Prefer{Font::readable});
    panel.show(person.view());
    CHECK(panel.screen().node("heading").visual.text->width != before.width);
    person.does(Prefer{Speech::on});
    panel.show(person.view());
    CHECK(shows(panel.tree(), "volume"));
    CHECK_FALSE(panel.screen().node("volume").flags.has(semantics::Flag::private_text));
}

TEST_CASE("panel and modes pass the audit in three languages and every text size") {
    for (const std::string language : {"en", "ar", "bn"}) {
        for (const auto& stop : tour_of_aids(language)) {
            Shown page(stop.view);
            for (const double text_scale : {1.0, 2.0}) {
                page.scale(text_scale);
                INFO(stop.name << " in " << language << " at " << text_scale);
                CHECK(semantics::describe(semantics::audit(page.tree())) == "");
            }
        }
    }
}

TEST_CASE("low reach leaves nothing to press in the upper part of the screen") {
    for (const auto& stop : tour_of_aids("en")) {
        if (stop.view.preferences.reach != Reach::low)
            continue;
        Shown page(stop.view);
        if (!stop.focus.empty())
            page.screen().request(stop.focus, semantics::Action::focus);
        for (const double text_scale : {1.0, 2.0}) {
            page.scale(text_scale);
            INFO(stop.name << " at " << text_scale);
            page.size(1080, 1920);
            CHECK(highest_action(page.tree()) >= 0.4);
            page.size(1920, 1080);
            CHECK(highest_action(page.tree()) >= 0.25);
        }
    }
}

TEST_CASE("low reach leaves room to read at every text size and Next comes into reach") {
    auto person = somebody();
    person.does(Prefer{Reach::low}).reaches_the_check_page();
    Shown page(person.view());
    for (const double text_scale : {1.0, 1.5, 2.0}) {
        page.scale(text_scale);
        INFO(text_scale);
        const auto& main = page.screen().node("main");
        CHECK(main.rect.height > 0.34 * 0.6 * 1920);
        page.screen().request("next", semantics::Action::scroll_into_view);
        page.screen().settle();
        const auto& next = page.screen().node("next");
        CHECK(next.clip.holds(next.rect, 1));
    }
}

TEST_CASE("without low reach there is something to press in the upper part of the screen") {
    auto person = somebody();
    person.reaches_the_check_page();
    CHECK(highest_action(Shown(person.view()).tree()) < 0.1);
}

TEST_CASE("hidden answers are neither drawn nor in the tree until somebody asks for them") {
    constexpr auto canary = "canary in a mine";
    auto person = somebody();
    person.reaches_the_check_page(canary);
    CHECK(says(Shown(person.view()).tree(), canary));
    person.does(Prefer{AnswerDisplay::hidden});
    Shown page(person.view());
    CHECK_FALSE(says(page.tree(), canary));
    CHECK_FALSE(says(page.tree(), "Without my name"));
    const auto& row = page.screen().node("/data/short/short_text");
    CHECK(row.flags.has(semantics::Flag::masked));
    CHECK(row.value.empty());
    page.screen().tap("reveal");
    CHECK(page.did<RevealAnswers>().size() == 1);
    person.does(RevealAnswers{});
    page.show(person.view());
    CHECK(says(page.tree(), canary));
    CHECK(page.screen().node("reveal").name == "Hide my answers");
}

TEST_CASE("a field of hidden answers takes what is typed and shows none of it") {
    auto person = somebody();
    person.does(Prefer{AnswerDisplay::hidden}).reaches_the_check_page("old words");
    person.does(Change{"/data/short/short_text"});
    Shown page(person.view());
    CHECK_FALSE(says(page.tree(), "old words"));
    page.screen().request("/data/short/short_text", semantics::Action::focus);
    page.screen().type(U"!");
    REQUIRE_FALSE(page.did<SetAnswer>().empty());
    CHECK(page.did<SetAnswer>().back().value.find('!') != std::string::npos);
    CHECK(page.screen().node("/data/short/short_text").value.empty());
}

}  // namespace pillarbox::tests
