// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screens/page_checks.hpp"

#include <algorithm>
#include <cmath>

namespace pillarbox::tests {
namespace {

using semantics::Node;
using semantics::Rect;
using semantics::Role;
using semantics::Tree;

std::string size_of(const Rect& rect) {
    return std::to_string(std::lround(rect.width)) + " x " + std::to_string(std::lround(rect.height)) + " px";
}

// Whoever types must see the line they type in.
void check_field(const Tree& tree, std::vector<Violation>& found) {
    const Node* focused = semantics::find(tree, tree.focus);
    if (focused == nullptr || focused->role != Role::text_field || semantics::find_key(tree, "keyboard") == nullptr) {
        return;
    }
    const Rect seen = focused->rect.intersected(focused->clip);
    const float least = std::min(focused->rect.height, 1.5F * std::max(focused->visual.font_px, 24.0F));
    if (seen.height < least) {
        found.push_back({"field hidden", focused->key, "only " + size_of(seen) + " of it can be seen"});
    }
}

// Header and footer may not leave a line or two: whoever needs large letters reads the most.
void check_room(const Tree& tree, std::vector<Violation>& found) {
    constexpr float share_min = 0.32F;
    constexpr float share_min_low = 0.18F;  // in low reach the upper part of the window stays empty
    const Node* main = semantics::find_key(tree, "main");
    if (main == nullptr || semantics::find_key(tree, "keyboard") != nullptr) {
        return;
    }
    const float share = main->rect.height / tree.window.height;
    if (share < (tree.reach == semantics::Reach::low ? share_min_low : share_min)) {
        found.push_back({"no room to read", main->key,
                         "has " + std::to_string(std::lround(share * 100)) + " % of the window's height"});
    }
}

}  // namespace

CheckedPage examine_page(const Tree& tree, const semantics::AuditSettings& settings) {
    if (tree.nodes.empty()) {
        return {{{"empty", "", "The page has no node."}}, {}};
    }
    auto report = semantics::examine(tree, settings);
    CheckedPage page{{}, std::move(report.worst)};
    for (const auto& finding : report.findings) {
        page.violations.push_back({std::string(semantics::name_of(finding.check)), finding.key, finding.detail});
    }
    check_field(tree, page.violations);
    check_room(tree, page.violations);
    return page;
}

std::vector<Violation> check_page(const Tree& tree) {
    return examine_page(tree).violations;
}

}  // namespace pillarbox::tests
