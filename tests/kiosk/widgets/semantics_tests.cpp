// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each widget says of itself beside its name: to what it belongs, what it can do, where it stands.
#include <catch2/catch.hpp>

#include "harness.hpp"
#include "kiosk/widgets/choices.hpp"
#include "kiosk/widgets/dialog.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/page.hpp"
#include "kiosk/widgets/select.hpp"
#include "kiosk/widgets/stepper.hpp"
#include "kiosk/widgets/texts.hpp"

using namespace pillarbox;
using namespace pillarbox::widgets;
using semantics::Action;
using semantics::Checked;
using semantics::Flag;
using semantics::Node;
using semantics::NodeId;
using tests::Screen;

namespace {

Screen::Draw page_with(std::function<void(Ui&)> draw) {
    return [draw = std::move(draw)](Ui& ui) {
        begin_page(ui, {.brand = "Pillarbox"});
        heading(ui, "heading", "Your journey");
        draw(ui);
        static_cast<void>(end_page(ui));
    };
}

const Node& named_by(const Screen& screen, NodeId id) {
    const Node* node = semantics::find(screen.tree(), id);
    REQUIRE(node != nullptr);
    return *node;
}

ChoicesSpec ways(ChoiceKind kind) {
    return {.key = "way",
            .kind = kind,
            .label = "How did you come?",
            .hint = "Choose one",
            .error = "Choose how you came.",
            .options = {{.key = "bus", .label = "By bus", .choice = Choice::chosen},
                        {.key = "foot", .label = "On foot"}}};
}

}  // namespace

TEST_CASE("a group of choices says its label and hint and error and each option its place and state") {
    Screen screen(page_with([](Ui& ui) { static_cast<void>(choices(ui, ways(ChoiceKind::one))); }));
    screen.settle();
    const Node& group = screen.node("way");
    CHECK(named_by(screen, group.labelled_by).name == "How did you come?");
    CHECK(named_by(screen, group.described_by).name == "Choose one");
    CHECK(named_by(screen, group.error_of).name.find("Choose how you came.") != std::string::npos);
    CHECK(group.flags.has(Flag::invalid));
    CHECK(group.set_size == 2);
    const Node& foot = screen.node("way/foot");
    CHECK(foot.position == 2);
    CHECK(foot.set_size == 2);
    CHECK(foot.checked == Checked::off);
    CHECK(screen.node("way/bus").checked == Checked::on);
    CHECK(screen.node("way/bus").visual.mark == Checked::on);
}

TEST_CASE("a question that is the page's heading is labelled by it") {
    ChoicesSpec spec = ways(ChoiceKind::several);
    spec.label.clear();
    spec.name = "Your journey";
    Screen screen(page_with([spec](Ui& ui) { static_cast<void>(choices(ui, spec)); }));
    screen.settle();
    CHECK(named_by(screen, screen.node("way").labelled_by).key == "heading");
    CHECK(screen.node("heading").level == 1);
}

TEST_CASE("a select says that it is open and what it opened") {
    Screen screen(page_with([](Ui& ui) {
        static_cast<void>(
            select(ui, {.key = "borough",
                        .label = "Your borough",
                        .placeholder = "Choose one",
                        .options = {{.key = "a", .label = "Lambeth"}, {.key = "b", .label = "Camden"}}}));
    }));
    screen.settle();
    CHECK_FALSE(screen.node("borough").flags.has(Flag::expanded));
    CHECK(screen.node("borough").controls == NodeId::none);
    screen.tap("borough");
    CHECK(screen.node("borough").flags.has(Flag::expanded));
    const Node& list = named_by(screen, screen.node("borough").controls);
    CHECK(list.role == semantics::Role::dialog);
    CHECK(list.flags.has(Flag::modal));
    CHECK(named_by(screen, list.labelled_by).name == "Your borough");
    CHECK(screen.node("borough.options/b").position == 2);
}

TEST_CASE("a slider says its scale and can be asked for more and less and a value") {
    Screen screen(page_with([](Ui& ui) {
        static_cast<void>(stepper(ui, {.key = "warm",
                                       .label = "How warm?",
                                       .last = 10,
                                       .step = 4,
                                       .value = "4",
                                       .low = "cold",
                                       .high = "hot",
                                       .range = {4, 0, 10, 1}}));
    }));
    screen.settle();
    const Node& slider = screen.node("warm");
    REQUIRE(slider.range.has_value());
    CHECK(*slider.range == semantics::Range{4, 0, 10, 1});
    CHECK(slider.actions.has(Action::increment));
    CHECK(slider.actions.has(Action::decrement));
    CHECK(slider.actions.has(Action::set_value));
    // Whoever presses plus hears the new value; on the slider itself it is the slider that says it.
    CHECK(screen.node("warm.value").live == semantics::Live::polite);
    screen.request("warm", Action::focus);
    CHECK(screen.node("warm.value").live == semantics::Live::off);
}

TEST_CASE("a field says caret and selection and the keyboard says whose it is") {
    text::TextEditor editor({text::Lines::single, 100}, "en", text::Direction::left_to_right);
    editor.set_text("Ada \u0986");
    Screen screen(page_with([&editor](Ui& ui) {
        static_cast<void>(text_field(ui, {.key = "name", .label = "Your name", .hint = "As you like"}, editor));
    }));
    screen.settle();
    screen.tap("name");
    const Node& field = screen.node("name");
    CHECK(field.caret.has_value());
    CHECK(field.selection.has_value());
    CHECK(field.actions.has(Action::set_text));
    CHECK(field.flags.has(Flag::private_text));
    CHECK(named_by(screen, field.described_by).name == "As you like");
    CHECK(screen.node("keyboard").controls == field.id);
}

TEST_CASE("a dialog is named and described by its words and is animated only while it fades") {
    Screen screen(page_with([](Ui& ui) {
        static_cast<void>(dialog(ui, {.key = "stop",
                                      .title = "Stop and erase?",
                                      .text = "Your answers go.",
                                      .buttons = {{.key = "yes", .label = "Erase"}}}));
    }));
    screen.settle();
    const Node& node = screen.node("stop");
    CHECK(screen.tree().modal_root == node.id);
    CHECK(named_by(screen, node.labelled_by).name == "Stop and erase?");
    CHECK(named_by(screen, node.described_by).name == "Your answers go.");
    CHECK(node.live == semantics::Live::assertive);
    CHECK_FALSE(node.flags.has(Flag::animated));
}
