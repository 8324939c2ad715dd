// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each rule finds the defect that is planted for it, and leaves a page alone that has none.
#include "tests/screens/page_checks.hpp"

#include <catch2/catch.hpp>

#include "accessibility/semantics/builder.hpp"

namespace pillarbox::tests {
namespace {

using semantics::Action;
using semantics::Node;
using semantics::Rect;
using semantics::Role;

const Rect window{0, 0, 1000, 1000};

struct Page {
    semantics::TreeBuilder builder;

    Page() { builder.begin({"test", "Test", "en", window, 4.0, semantics::Theme::light, 1.0}); }
    Node& text(const char* key, const Rect& rect) {
        Node& node = builder.add(key, Role::paragraph);
        node.name = key;
        node.rect = rect;
        node.clip = window;
        node.visual.text = rect;
        return node;
    }
    Node& target(const char* key, const Rect& rect) {
        Node& node = builder.add(key, Role::button);
        node.name = key;
        node.rect = rect;
        node.clip = window;
        node.flags.add(semantics::Flag::focusable);
        node.actions.add(Action::click);
        return node;
    }
    std::string violations() {
        std::string all;
        for (const Violation& violation : check_page(builder.finish(semantics::NodeId::none))) {
            all += violation.rule + ": " + violation.key + ": " + violation.detail + "\n";
        }
        return all;
    }
};

}  // namespace

TEST_CASE("a page whose parts stand apart has no violation") {
    Page page;
    page.text("heading", {100, 100, 800, 60});
    page.text("body", {100, 160, 800, 200});
    page.target("next", {100, 400, 200, 100});
    page.target("back", {301, 400, 200, 100});
    CHECK(page.violations() == "");
}

TEST_CASE("two targets that lie on one another are found") {
    Page page;
    page.target("next", {100, 400, 200, 100});
    page.target("back", {290, 400, 200, 100});
    CHECK(page.violations() == "overlap: next: as a target lies on back by 10 x 100 px\n");
}

TEST_CASE("two texts that lie on one another are found") {
    Page page;
    page.text("heading", {100, 100, 800, 60});
    page.text("body", {100, 150, 800, 200});
    CHECK(page.violations() == "overlap: heading: has text that lies on that of body by 800 x 10 px\n");
}

TEST_CASE("a text under a target is found and a button's own text is not") {
    Page page;
    page.target("next", {100, 400, 200, 100}).visual.text = Rect{120, 420, 160, 60};
    page.text("hint", {250, 430, 300, 40});
    CHECK(page.violations().find("overlap: next: as a target lies on the text of hint by 50 x 40 px") !=
          std::string::npos);
}

TEST_CASE("what is scrolled out of sight does not lie on the footer") {
    Page page;
    Node& body = page.text("body", {100, 850, 800, 200});
    body.clip = {0, 0, 1000, 900};
    body.actions.add(Action::scroll_into_view);
    page.target("next", {100, 900, 200, 100});
    CHECK(page.violations() == "");
}

TEST_CASE("text that is cut at the side is found") {
    Page page;
    page.text("body", {800, 100, 300, 60});
    CHECK(page.violations().find("K12 clipped text: body") != std::string::npos);
}

TEST_CASE("what lies under a dialog does not count") {
    Page page;
    page.text("body", {100, 100, 800, 600});
    Node& dialog = page.builder.open("dialog", Role::dialog);
    dialog.name = "dialog";
    dialog.rect = {200, 200, 600, 400};
    dialog.clip = window;
    page.builder.set_modal_root(dialog.id);
    page.text("question", {220, 220, 500, 60});
    page.builder.close();
    CHECK(page.violations() == "");
}

TEST_CASE("a body of a line or two between header and footer is found") {
    Page page;
    Node& main = page.builder.open("main", Role::main);
    main.rect = {0, 300, window.width, 0.25F * window.height};
    page.builder.close();
    CHECK(page.violations().find("no room to read: main: has 25 % of the window's height") != std::string::npos);
}

}  // namespace pillarbox::tests
