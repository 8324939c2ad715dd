// SPDX-License-Identifier: GPL-3.0-or-later
//
// K23 and K26: what shows only over several frames or pages.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "accessibility/semantics/audit_parts.hpp"

namespace pillarbox::semantics {
namespace {

constexpr float same_place_px = 2.0F;
constexpr double flash_luminance = 0.1;  // WCAG 2.3.1: a change by a tenth of the full luminance
constexpr std::chrono::milliseconds one_second{1000};

bool near(float first, float second) {
    return std::abs(first - second) <= same_place_px;
}

// Where large text would leave a line or two between header and footer, the footer ends the page, as far down as that
// is long: there the column counts.
bool scrolls(const Tree& page, const Node& node) {
    return node.clip.height < page.window.height && node.actions.has(Action::scroll_into_view);
}

bool same_place(const Rect& first, const Rect& second, Control::Place place) {
    const bool side = near(first.x, second.x) || near(first.right(), second.right());
    const bool level = near(first.y, second.y) || near(first.bottom(), second.bottom());
    return side && (level || place == Control::Place::column);
}

std::string place_of(const Rect& rect) {
    return std::to_string(std::lround(rect.x)) + ", " + std::to_string(std::lround(rect.y)) + " px";
}

std::string title_of(const Tree& tree) {
    return tree.nodes.empty() ? std::string() : tree.nodes.front().name;
}

void check_control(std::span<const Tree* const> pages, const Control& control, std::vector<Finding>& findings) {
    const Tree* first_page = nullptr;
    const Node* first = nullptr;
    for (const Tree* page : pages) {
        const Node* node = find_key(*page, control.key);
        if (node == nullptr) {
            continue;
        }
        if (first == nullptr) {
            first_page = page;
            first = node;
            continue;
        }
        const auto report = [&](std::string detail) {
            findings.push_back(
                {Check::consistency, node->id, node->key,
                 "On \"" + title_of(*page) + "\" it " + detail + " on \"" + title_of(*first_page) + "\"."});
        };
        if (node->role != first->role) {
            report("is a " + std::string(name_of(node->role)) + ", and a " + std::string(name_of(first->role)));
        }
        if (control.name == Control::Name::same && node->name != first->name) {
            report("is called \"" + node->name + "\", and \"" + first->name + "\"");
        }
        const bool one_scrolls = scrolls(*page, *node) || scrolls(*first_page, *first);
        if (!same_place(node->rect, first->rect, one_scrolls ? Control::Place::column : control.place)) {
            report("stands at " + place_of(node->rect) + ", and at " + place_of(first->rect));
        }
    }
}

// The light of a node, for flashes: its ground, else its letters; absent, nothing.
std::optional<double> light_of(const Node& node) {
    const auto& colour = node.visual.background ? node.visual.background : node.visual.foreground;
    return colour ? std::optional(relative_luminance(*colour)) : std::nullopt;
}

struct Swing {
    std::optional<double> light;
    int direction = 0;
    std::vector<std::chrono::milliseconds> turns;  // when it turned from lighter to darker or back
};

void follow(Swing& swing, double light, std::chrono::milliseconds time) {
    if (!swing.light) {
        swing.light = light;
        return;
    }
    const double change = light - *swing.light;
    if (std::abs(change) < flash_luminance) {
        return;
    }
    const int direction = change > 0 ? 1 : -1;
    if (direction != swing.direction) {
        swing.turns.push_back(time);
    }
    swing.direction = direction;
    swing.light = light;
}

// A flash is there and back again: two turns.
std::size_t flashes_in_a_second(const std::vector<std::chrono::milliseconds>& turns) {
    std::size_t most = 0;
    std::size_t from = 0;
    for (std::size_t to = 0; to < turns.size(); ++to) {
        while (turns[to] - turns[from] >= one_second) {
            ++from;
        }
        most = std::max(most, to - from + 1);
    }
    return most / 2;
}

}  // namespace

void check_stillness(AuditPage& page) {
    if (page.tree().motion == Motion::full) {
        return;
    }
    for (const Node& node : page.tree().nodes) {
        if (node.flags.has(Flag::animated)) {
            page.report(Check::motion, node, "It moves, although less movement was asked for.");
        }
    }
}

std::span<const Control> usual_controls() {
    using enum Control::Name;
    using enum Control::Place;
    static constexpr std::array controls{Control{"help"}, Control{"language"}, Control{"back"},
                                         Control{"stop", same, column}, Control{"next", of_its_page, column}};
    return controls;
}

std::vector<Finding> audit_pages(std::span<const Tree* const> pages, std::span<const Control> controls) {
    std::vector<Finding> findings;
    for (const Control& control : controls) {
        check_control(pages, control, findings);
    }
    return findings;
}

std::vector<Finding> audit_motion(std::span<const Moment> moments) {
    std::map<NodeId, Swing> swings;
    std::map<NodeId, std::string> keys;
    for (const Moment& moment : moments) {
        for (const Node& node : moment.tree->nodes) {
            if (const auto light = light_of(node)) {
                follow(swings[node.id], *light, moment.time);
                keys.emplace(node.id, node.key);
            }
        }
    }
    std::vector<Finding> findings;
    for (const auto& [id, swing] : swings) {
        const std::size_t flashes = flashes_in_a_second(swing.turns);
        if (flashes > static_cast<std::size_t>(flashes_in_second_max)) {
            findings.push_back({Check::motion, id, keys[id],
                                "It flashes " + std::to_string(flashes) + " times in a second, " +
                                    std::to_string(flashes_in_second_max) + " are allowed."});
        }
    }
    return findings;
}

}  // namespace pillarbox::semantics
