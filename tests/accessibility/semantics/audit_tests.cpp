// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every check of the audit is seen red: one defect planted in a good page, exactly one finding, of that check and at
// that node.
#include <functional>

#include "tests/accessibility/semantics/audit_fixture.hpp"

namespace pillarbox::semantics {
namespace {

using namespace std::chrono_literals;

struct Defect {
    const char* what;
    Check check;
    const char* at;
    std::function<void(Tree&)> plant;
};

const AuditSettings english_and_arabic{.spoken = std::vector<std::string>{"en", "ar"}};

void shrink(Node& node, float height) {
    node.rect.height = height;
    node.visual.text.reset();
}

const std::vector<Defect>& names_and_states() {
    static const std::vector<Defect> defects{
        {"a button without a name", Check::name_role_value, "back",
         [](Tree& tree) {
             node_of(tree, "back").name.clear();
             node_of(tree, "back").visual.label.clear();
         }},
        {"a picture without a name that is not decorative", Check::name_role_value, "note",
         [](Tree& tree) {
             node_of(tree, "note").role = Role::image;
             node_of(tree, "note").name.clear();
         }},
        {"a slider without a scale", Check::name_role_value, "age",
         [](Tree& tree) { node_of(tree, "age").range.reset(); }},
        {"a fifth of four", Check::name_role_value, "link/patient",
         [](Tree& tree) { node_of(tree, "link/patient").position = 5; }},
        {"a label that is nowhere", Check::name_role_value, "link",
         [](Tree& tree) { node_of(tree, "link").labelled_by = NodeId{7}; }},
        {"a node without a parent", Check::name_role_value, "note",
         [](Tree& tree) { node_of(tree, "note").parent = NodeId{7}; }},
        {"an answer that is wrong for no reason", Check::name_role_value, "link",
         [](Tree& tree) { node_of(tree, "link").flags.add(Flag::invalid); }},
        {"two nodes with one id", Check::unique_id, "note",
         [](Tree& tree) { node_of(tree, "note").id = node_of(tree, "heading").id; }},
        {"a button whose name is not what is written on it", Check::label_in_name, "next",
         [](Tree& tree) { node_of(tree, "next").name = "Continue"; }},
        {"a language without a voice", Check::language, "note",
         [](Tree& tree) { node_of(tree, "note").lang = "so"; }},
        {"a node without a language", Check::language, "note",
         [](Tree& tree) { node_of(tree, "note").lang.clear(); }},
        {"an option that does not say whether it is chosen", Check::toggle_state, "link/patient",
         [](Tree& tree) { node_of(tree, "link/patient").checked = Checked::none; }},
        {"an option that is chosen and shows it by nothing but colour", Check::toggle_state, "link/staff",
         [](Tree& tree) { node_of(tree, "link/staff").visual.mark = Checked::off; }},
        {"a key that is held down and does not show it", Check::toggle_state, "back",
         [](Tree& tree) { node_of(tree, "back").checked = Checked::on; }},
    };
    return defects;
}

const std::vector<Defect>& looks() {
    static const std::vector<Defect> defects{
        {"a capital too small for the large mode", Check::capital_height, "note",
         [](Tree& tree) { node_of(tree, "note").visual.capital_px = 28; }},
        {"text that reaches outside its box", Check::clipped_text, "note",
         [](Tree& tree) { node_of(tree, "note").visual.text->width = 950; }},
        {"a box that reaches outside the window", Check::clipped_text, "note",
         [](Tree& tree) {
             node_of(tree, "note").rect.x = 300;
             node_of(tree, "note").visual.text->x = 304;
         }},
        {"weak text", Check::contrast, "note", [](Tree& tree) { node_of(tree, "note").visual.foreground = grey; }},
        {"text that is too weak for high contrast alone", Check::contrast, "note",
         [](Tree& tree) {
             tree.theme = Theme::high_contrast;
             node_of(tree, "note").visual.foreground = Colour{0x70, 0x70, 0x70, 255};
         }},
        {"a weak edge", Check::contrast, "back", [](Tree& tree) { node_of(tree, "back").visual.border = grey; }},
        {"a weak focus ring", Check::contrast, "next",
         [](Tree& tree) { node_of(tree, "next").visual.focus_ring = grey; }},
        {"text on text", Check::overlap, "heading",
         [](Tree& tree) {
             node_of(tree, "heading").visual.text->height += 70;
             node_of(tree, "heading").rect.height += 70;
         }},
    };
    return defects;
}

const std::vector<Defect>& reach() {
    static const std::vector<Defect> defects{
        {"a target of 10 mm", Check::target_size, "back", [](Tree& tree) { shrink(node_of(tree, "back"), 40); }},
        {"a target of 5 mm", Check::target_size, "back", [](Tree& tree) { shrink(node_of(tree, "back"), 20); }},
        {"a button that keys can't reach", Check::focus_order, "back",
         [](Tree& tree) { node_of(tree, "back").flags = {}; }},
        {"a focus on nothing", Check::focus_order, "window", [](Tree& tree) { tree.focus = NodeId{7}; }},
        {"a focus without a ring while keys are in use", Check::focus_visible, "next",
         [](Tree& tree) {
             node_of(tree, "next").visual.focus_ring.reset();
             node_of(tree, "next").visual.ring.reset();
         }},
        {"a ring that the window cuts", Check::focus_visible, "next",
         [](Tree& tree) {
             node_of(tree, "next").visual.ring->x = 800;
             node_of(tree, "next").visual.ring->width = 300;
         }},
        {"a focus out of sight", Check::focus_visible, "next",
         [](Tree& tree) {
             node_of(tree, "next").clip = {0, 0, 1080, 1000};
             node_of(tree, "next").actions.add(Action::scroll_into_view);
         }},
        {"a later button over the ring", Check::focus_visible, "link/staff",
         [](Tree& tree) {
             tree.focus = node_of(tree, "link/staff").id;
             node_of(tree, "link/staff").visual.focus_ring = black;
             node_of(tree, "link/staff").visual.ring = Rect{51, 371, 918, 190};
         }},
        {"movement where less was asked for", Check::motion, "main",
         [](Tree& tree) {
             tree.motion = Motion::reduced;
             node_of(tree, "main").flags.add(Flag::animated);
         }},
    };
    return defects;
}

void expect_found(const std::vector<Defect>& defects) {
    for (const Defect& defect : defects) {
        Tree tree = GoodPage::make();
        defect.plant(tree);
        const auto findings = audit(tree, english_and_arabic);
        INFO(defect.what << "\n" << describe(findings));
        REQUIRE(findings.size() == 1);
        CHECK(name_of(findings.front().check) == name_of(defect.check));
        CHECK(findings.front().key == defect.at);
        CHECK_FALSE(findings.front().detail.empty());
    }
}

Tree with_colour_of_note(Colour ground) {
    Tree tree = GoodPage::make();
    node_of(tree, "note").visual.background = ground;
    return tree;
}

}  // namespace

TEST_CASE("the audit finds nothing on a good page") {
    CHECK(describe(audit(GoodPage::make(), english_and_arabic)) == "");
}

TEST_CASE("the audit finds each planted defect of names and states and no other") {
    expect_found(names_and_states());
}

TEST_CASE("the audit finds each planted defect of looks and no other") {
    expect_found(looks());
}

TEST_CASE("the audit finds each planted defect of reach and no other") {
    expect_found(reach());
}

TEST_CASE("findings carry their figures") {
    Tree tree = GoodPage::make();
    shrink(node_of(tree, "back"), 20);
    node_of(tree, "note").visual.foreground = grey;
    node_of(tree, "heading").visual.capital_px = 20;
    const std::string found = describe(audit(tree));
    CHECK(found.find("K18 target size: back: It is 5.0 mm: less than the 24 px (6.3 mm)") != std::string::npos);
    CHECK(found.find("K16 contrast: note: Text has 1.9:1, needs 3.0:1.") != std::string::npos);
    CHECK(found.find("K11 capital height: heading: A capital is 5.0 mm high, needs 7.3 mm.") != std::string::npos);
}

TEST_CASE("a language without a voice passes where the page says so in writing") {
    Tree tree = GoodPage::make();
    node_of(tree, "heading").lang = "so";
    CHECK(audit(tree, english_and_arabic).size() == 1);
    CHECK(audit(tree).empty());
    node_of(tree, "note").key = unspoken_note_key;
    CHECK(audit(tree, english_and_arabic).empty());
}

TEST_CASE("a regional language is spoken where its language is") {
    Tree tree = GoodPage::make();
    node_of(tree, "heading").lang = "ar-SY";
    CHECK(audit(tree, english_and_arabic).empty());
}

TEST_CASE("in low reach whatever can be pressed is found if it stands in the upper part") {
    Tree tree = GoodPage::make();
    tree.reach = Reach::low;
    std::vector<std::string> found;
    for (const Finding& finding : audit(tree)) {
        CHECK(finding.check == Check::low_reach);
        found.push_back(finding.key);
    }
    CHECK(found == std::vector<std::string>{"help", "link/staff", "link/patient", "age"});
}

TEST_CASE("a capital may be smaller where the text is not at its largest") {
    Tree tree = GoodPage::make();
    node_of(tree, "note").visual.capital_px = 28;
    tree.text_scale = 1.5;
    CHECK(audit(tree).empty());
}

TEST_CASE("what lies below the fold passes only where it can be scrolled to and never sideways") {
    Tree tree = GoodPage::make();
    Node& note = node_of(tree, "note");
    note.clip = {0, 0, 1080, 920};
    CHECK(audit(tree).size() == 1);
    note.actions.add(Action::scroll_into_view);
    CHECK(audit(tree).empty());
    note.clip = {0, 0, 900, 920};
    CHECK(audit(tree).size() == 1);
}

TEST_CASE("a key of the keyboard may be narrower than other targets where the display is narrow") {
    Tree tree = GoodPage::make();
    Node& key = node_of(tree, "back");
    tree.text_scale = 1;
    tree.px_per_mm = 8;  // 1080 px are 135 mm, and 90 px 11.3 mm
    key.role = Role::key;
    key.visual.text.reset();
    key.rect.width = 90;
    const auto of_key = [&tree] { return std::ranges::count(audit(tree), std::string("back"), &Finding::key); };
    CHECK(of_key() == 0);
    key.rect.width = 60;  // 7.5 mm, where a seventeenth of the row is 7.9
    CHECK(of_key() == 1);
}

TEST_CASE("what a layer lies on is no overlap and what lies within it is") {
    Tree tree = GoodPage::make();
    Node& group = node_of(tree, "link");
    group.role = Role::group;
    group.flags.add(Flag::expanded);
    node_of(tree, "link/staff").rect.y = 740;  // on the slider
    node_of(tree, "link/staff").visual.text.reset();
    CHECK(describe(audit(tree)) == "");
    node_of(tree, "link/staff").rect.y = 500;  // on the other option
    CHECK(describe(audit(tree)).find("overlap: link/staff") != std::string::npos);
    group.flags = {};
    node_of(tree, "link/staff").rect.y = 740;
    CHECK(describe(audit(tree)).find("overlap: link/staff: as a target lies on age") != std::string::npos);
}

TEST_CASE("the readings say how near the worst place came to its limit") {
    Tree tree = GoodPage::make();
    node_of(tree, "note").visual.foreground = Colour{0x60, 0x60, 0x60, 255};
    const AuditReport report = examine(tree);
    const auto reading_of = [&report](Measure measure) {
        const auto found = std::ranges::find(report.worst, measure, &Reading::measure);
        REQUIRE(found != report.worst.end());
        return *found;
    };
    CHECK(reading_of(Measure::text_contrast).key == "note");
    CHECK(reading_of(Measure::text_contrast).value == Approx(6.3).margin(0.05));
    CHECK(reading_of(Measure::target).value == Approx(20));  // the Help button, 80 px
    CHECK(reading_of(Measure::capital).value == Approx(43 / 4.0));
}

TEST_CASE("help and back and next are held to their names and places on every page") {
    const Tree first = GoodPage::make();
    const auto findings_with = [&first](const std::function<void(Tree&)>& change) {
        Tree second = GoodPage::make();
        second.nodes.front().name = "Check your answers";
        change(second);
        const std::vector<const Tree*> pages{&first, &second};
        return describe(audit_pages(pages, usual_controls()));
    };
    CHECK(findings_with([](Tree&) {}) == "");
    CHECK(findings_with([](Tree& tree) { node_of(tree, "help").name = "Assistance"; }) ==
          "K26 consistency: help: On \"Check your answers\" it is called \"Assistance\", and \"Help\" on \"About "
          "you\".\n");
    CHECK(findings_with([](Tree& tree) { node_of(tree, "back").rect.x = 400; }) ==
          "K26 consistency: back: On \"Check your answers\" it stands at 400, 1760 px, and at 60, 1760 px on \"About "
          "you\".\n");
    CHECK(findings_with([](Tree& tree) { node_of(tree, "next").role = Role::link; }) ==
          "K26 consistency: next: On \"Check your answers\" it is a link, and a button on \"About you\".\n");
    // Next says what it does there, and is as wide as its words: it keeps its right corner.
    CHECK(findings_with([](Tree& tree) {
              node_of(tree, "next").name = "Send my answers";
              node_of(tree, "next").rect = {520, 1700, 500, 180};
          }) == "");
}

TEST_CASE("what flashes more than three times in a second is found") {
    const Tree dark = with_colour_of_note(black);
    const Tree light = with_colour_of_note(white);
    const auto flashes_every = [&](std::chrono::milliseconds half) {
        std::vector<Moment> moments;
        for (int count = 0; count < 40; ++count) {
            moments.push_back({count * half, count % 2 == 0 ? &dark : &light});
        }
        return audit_motion(moments);
    };
    CHECK(flashes_every(500ms).empty());
    CHECK(flashes_every(167ms).empty());  // just under three
    const auto found = flashes_every(100ms);
    REQUIRE(found.size() == 1);
    CHECK(found.front().key == "note");
    CHECK(found.front().detail == "It flashes 5 times in a second, 3 are allowed.");
}

TEST_CASE("a fade in one direction is no flash") {
    std::vector<Tree> trees;
    for (std::uint8_t level = 0; level < 250; level = static_cast<std::uint8_t>(level + 25)) {
        trees.push_back(with_colour_of_note({level, level, level, 255}));
    }
    std::vector<Moment> moments;
    for (const Tree& tree : trees) {
        moments.push_back({std::chrono::milliseconds{16} * static_cast<int>(moments.size()), &tree});
    }
    CHECK(audit_motion(moments).empty());
}

TEST_CASE("every check and every measure has a name of its own") {
    std::vector<std::string_view> names;
    for (std::size_t at = 0; at < check_count; ++at) {
        names.push_back(name_of(static_cast<Check>(at)));
    }
    for (std::size_t at = 0; at < measure_count; ++at) {
        names.push_back(name_of(static_cast<Measure>(at)));
    }
    CHECK(std::ranges::find(names, "") == names.end());
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

}  // namespace pillarbox::semantics
