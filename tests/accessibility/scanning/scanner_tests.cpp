// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/scanning/scanner.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "accessibility/semantics/builder.hpp"

using namespace pillarbox;
using namespace pillarbox::scanning;
using namespace std::chrono_literals;
using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::NodeId;
using semantics::Role;

namespace {

constexpr ScanSettings one_switch{Mode::one_switch, 1000ms};
constexpr ScanSettings two_switches{Mode::two_switches, 1000ms};

// A page with header, groups of options, a keyboard of rows and a footer.
struct PageSpec {
    std::vector<int> groups{3};
    std::vector<int> key_rows{};
    int footer = 2;
    std::string page = "page";
    std::string missing{};  // a button that is not there any more
};

class PageMaker {
  public:
    explicit PageMaker(const PageSpec& spec) : spec_(spec) {}

    semantics::Tree make() {
        builder_.begin({.page_key = spec_.page});
        builder_.open("header", Role::header);
        press("help", Role::button);
        builder_.close();
        builder_.open("main", Role::main);
        for (std::size_t group = 0; group < spec_.groups.size(); ++group) {
            const auto name = "g" + std::to_string(group);
            builder_.open(name, Role::radio_group);
            for (int item = 0; item < spec_.groups[group]; ++item) {
                press(name + "/" + std::to_string(item), Role::radio);
            }
            builder_.close();
        }
        builder_.close();
        if (!spec_.key_rows.empty()) {
            keys();
        }
        builder_.open("footer", Role::footer);
        for (int item = 0; item < spec_.footer; ++item) {
            press("footer/" + std::to_string(item), Role::button);
        }
        builder_.close();
        return builder_.finish(NodeId::none);
    }

  private:
    void press(const std::string& key, Role role) {
        if (key != spec_.missing) {
            Node& node = builder_.add(key, role);
            node.name = key;
            node.flags.add(Flag::focusable);
            node.actions.add(Action::click);
        }
    }
    void keys() {
        builder_.open("keyboard", Role::keyboard);
        for (std::size_t row = 0; row < spec_.key_rows.size(); ++row) {
            for (int key = 0; key < spec_.key_rows[row]; ++key) {
                const auto name = "key" + std::to_string(row) + "/" + std::to_string(key);
                press(name, Role::key);
                builder_.find(builder_.id_of(name))->rect = {static_cast<float>(key) * 50,
                                                             static_cast<float>(row) * 60, 48, 58};
            }
        }
        builder_.close();
    }

    const PageSpec& spec_;
    semantics::TreeBuilder builder_;
};

semantics::Tree page(const PageSpec& spec) {
    return PageMaker(spec).make();
}

std::vector<std::string> lit_keys(const Scanner& scanner, const semantics::Tree& tree) {
    std::vector<std::string> keys;
    for (const NodeId id : scanner.lit()) {
        keys.push_back(semantics::find(tree, id)->key);
    }
    return keys;
}

// As a person does: waits, or moves, until the light is on it, and presses. The key of what was pressed.
std::string reach(Scanner& scanner, const semantics::Tree& tree, const ScanSettings& settings, NodeId target,
                  std::chrono::milliseconds& now) {
    for (int turn = 0; turn < 500; ++turn) {
        const auto lit = scanner.lit();
        const bool on_it = std::ranges::find(lit, target) != lit.end();
        now += on_it ? 10ms : 1000ms;
        const Press press = on_it ? Press::choose : settings.mode == Mode::one_switch ? Press::none : Press::next;
        if (const auto request = scanner.step(tree, settings, press, now).request) {
            return semantics::find(tree, request->node)->key;
        }
    }
    return "not reached";
}

}  // namespace

TEST_CASE("a short page is gone through thing by thing and a long one by groups and a keyboard by rows first") {
    CHECK(plan_of(page({.groups = {3}})).size() == 6);
    const auto long_page = page({.groups = {5, 2, 2, 9}});
    std::vector<std::size_t> sizes;
    for (const auto& group : plan_of(long_page)) {
        sizes.push_back(group.items.size());
    }
    CHECK(sizes == std::vector<std::size_t>{5, 4, 6, 3, 2, 1});
    const auto writing = page({.groups = {1}, .key_rows = {10, 9, 7}});
    const auto plan = plan_of(writing);
    REQUIRE(plan.size() == 6);
    CHECK(plan[0].items.size() == 10);
    CHECK(plan[2].items.size() == 7);
    CHECK(semantics::find(writing, plan[1].items.front())->key == "key1/0");
}

TEST_CASE("with one switch the light goes on by itself at the person's pace and a press chooses what is lit") {
    const auto tree = page({.groups = {4, 4}});
    Scanner scanner;
    CHECK_FALSE(scanner.due());
    CHECK_FALSE(scanner.step(tree, one_switch, Press::none, 0ms).request);
    CHECK(lit_keys(scanner, tree) == std::vector<std::string>{"g0/0", "g0/1", "g0/2", "g0/3"});
    CHECK(scanner.due() == 1000ms);
    static_cast<void>(scanner.step(tree, one_switch, Press::none, 999ms));
    CHECK(lit_keys(scanner, tree).front() == "g0/0");
    static_cast<void>(scanner.step(tree, one_switch, Press::none, 1000ms));
    CHECK(lit_keys(scanner, tree).front() == "g1/0");
    CHECK_FALSE(scanner.step(tree, one_switch, Press::choose, 1100ms).request);
    CHECK(lit_keys(scanner, tree) == std::vector<std::string>{"g1/0"});
    static_cast<void>(scanner.step(tree, one_switch, Press::none, 2100ms));
    const auto request = scanner.step(tree, one_switch, Press::choose, 2200ms).request;
    REQUIRE(request);
    CHECK(request->action == Action::click);
    CHECK(semantics::find(tree, request->node)->key == "g1/1");
}

TEST_CASE("a press counts for what was lit when it came however late the frame") {
    const auto tree = page({.groups = {3}});
    Scanner scanner;
    static_cast<void>(scanner.step(tree, one_switch, Press::none, 0ms));
    const auto request = scanner.step(tree, one_switch, Press::choose, 60'000ms).request;
    REQUIRE(request);
    CHECK(semantics::find(tree, request->node)->key == "g0/0");
}

TEST_CASE("with two switches nothing moves by itself and no timer runs") {
    const auto tree = page({.groups = {3}});
    Scanner scanner;
    static_cast<void>(scanner.step(tree, two_switches, Press::none, 0ms));
    static_cast<void>(scanner.step(tree, two_switches, Press::none, 3'600'000ms));
    CHECK(lit_keys(scanner, tree).front() == "g0/0");
    CHECK_FALSE(scanner.due());
    static_cast<void>(scanner.step(tree, two_switches, Press::next, 3'600'001ms));
    CHECK(lit_keys(scanner, tree).front() == "g0/1");
}

TEST_CASE("the light comes to rest after three rounds and the next press only sets it going") {
    const auto tree = page({.groups = {3}});
    Scanner scanner;
    auto now = 0ms;
    for (int second = 0; second < 100; ++second) {
        static_cast<void>(scanner.step(tree, one_switch, Press::none, now += 1000ms));
    }
    CHECK_FALSE(scanner.due());
    CHECK(lit_keys(scanner, tree).front() == "g0/0");
    CHECK_FALSE(scanner.step(tree, one_switch, Press::choose, now += 10ms).request);
    CHECK(scanner.due() == now + 1000ms);
}

TEST_CASE("a group that was chosen by mistake is left at its end") {
    const auto tree = page({.groups = {4, 4}});
    Scanner scanner;
    static_cast<void>(scanner.step(tree, two_switches, Press::none, 0ms));
    static_cast<void>(scanner.step(tree, two_switches, Press::choose, 0ms));
    for (int press = 0; press < 4; ++press) {
        CHECK(scanner.lit().size() == 1);
        static_cast<void>(scanner.step(tree, two_switches, Press::next, 0ms));
    }
    CHECK(scanner.lit().size() == 4);
}

TEST_CASE("the light starts anew on a new page and stays where it was when only something else changes") {
    Scanner scanner;
    const auto first = page({.groups = {3}});
    static_cast<void>(scanner.step(first, two_switches, Press::next, 0ms));
    static_cast<void>(scanner.step(first, two_switches, Press::next, 0ms));
    static_cast<void>(scanner.step(first, two_switches, Press::next, 0ms));
    CHECK(lit_keys(scanner, first).front() == "g0/2");
    const auto fewer = page({.groups = {3}, .missing = "g0/0"});
    static_cast<void>(scanner.step(fewer, two_switches, Press::none, 0ms));
    CHECK(lit_keys(scanner, fewer).front() == "g0/2");
    const auto second = page({.groups = {3}, .page = "second"});
    static_cast<void>(scanner.step(second, two_switches, Press::none, 0ms));
    CHECK(lit_keys(scanner, second).front() == "g0/0");
    static_cast<void>(scanner.step({}, two_switches, Press::choose, 0ms));
    CHECK(scanner.lit().empty());
}

TEST_CASE("whatever the page one switch and two reach everything that can be pressed") {
    const bool holds = rc::check("everything is reached", [] {
        PageSpec spec;
        spec.groups = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9));
        spec.key_rows = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 12));
        spec.groups.resize(std::min<std::size_t>(spec.groups.size(), 6));
        spec.key_rows.resize(std::min<std::size_t>(spec.key_rows.size(), 5));
        spec.footer = *rc::gen::inRange(0, 4);
        const auto tree = page(spec);
        for (const auto& settings : {one_switch, two_switches}) {
            Scanner scanner;
            auto now = 0ms;
            static_cast<void>(scanner.step(tree, settings, Press::none, now));
            for (const Node& node : tree.nodes) {
                if (node.actions.has(Action::click)) {
                    RC_ASSERT(reach(scanner, tree, settings, node.id, now) == node.key);
                }
            }
        }
    });
    CHECK(holds);
}
