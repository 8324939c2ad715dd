// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks that a machine can do on every screen, language, theme and text size: the "A" rows of the accessibility
// checklist in docs/accessibility.md (EN 301 549, WCAG 2.2 AA). Pure: a tree in, findings out; no findings means that
// the screen passes. What needs several pages or moments has a function of its own.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::semantics {

enum class Check {
    name_role_value,  // K02: non-empty names; a parent for every node; references that exist
    unique_id,        // K02
    label_in_name,    // K03: whoever says what is written on a button means that button
    language,         // K08: every language on the page can be heard, or the page says in writing that it can't
    capital_height,   // K11: at the largest text a capital is as high as can be read from 600 mm
    clipped_text,     // K12: laid-out text stays inside its node, the node inside its clip or a scrolling body
    contrast,         // K16: text 4.5:1 (large 3:1), borders and focus ring 3:1; high contrast 7:1
    target_size,      // K18: 44 CSS px in both directions, measured in mm; a key of the keyboard, its share
    focus_order,      // K19: each focusable node in the tab order once
    focus_visible,    // K20: a ring where keys are in use, inside its clip, with nothing over it
    motion,           // K23: nothing moves where less movement was asked for; nothing flashes
    consistency,      // K26: help, back, next: the same key, name and place on every page
    toggle_state,     // K29: what can be on or off says so, and shows it by a shape
    low_reach,        // K31: in low reach all that can be pressed stands in the lower part
    overlap,  // no two targets, no two texts, no text and target of different nodes on one another, but for an open
              // layer
};
inline constexpr std::size_t check_count = static_cast<std::size_t>(Check::overlap) + 1;
[[nodiscard]] std::string_view name_of(Check check);  // "K18 target size"

struct Finding {
    Check check;
    NodeId node = NodeId::none;
    std::string key;     // of the node
    std::string detail;  // one sentence with the measured number; never a private value
};

// What is measured on the way, so that a report can say how near the worst place came to its limit.
enum class Measure {
    text_contrast,
    text_contrast_high,
    edge_contrast,
    ring_contrast,
    target,
    key,
    capital,
    text_room
};
inline constexpr std::size_t measure_count = static_cast<std::size_t>(Measure::text_room) + 1;
[[nodiscard]] std::string_view name_of(Measure measure);

struct Reading {
    Measure measure{};
    double value = 0;
    double least = 0;  // below it there is a finding
    std::string key;   // of the node where it was measured
    // How much of the limit is left: of two readings the one with the smaller margin is worse.
    [[nodiscard]] double margin() const { return least > 0 ? value / least : value; }
};

// 44 CSS px of 1/96 inch, and the 24 px of WCAG 2.5.8 below which nobody may go.
inline constexpr double target_mm_min = 11.64;
inline constexpr double target_mm_hard = 6.35;
// EN 301 549 5.1.4: a capital H under 0.7 degrees, at the 600 mm from which a kiosk is read.
inline constexpr double capital_mm_min = 7.3;
inline constexpr double large_mode_scale = 2.0;
// A letter on a key can be no larger than its key, and a row of keys no wider than the display: of the key's shorter
// side, where that is less than what can be read from 600 mm.
inline constexpr double letter_in_key_share = 0.3;
// In low reach nothing that can be pressed stands in the upper part of the window: of one that lies on its side, and
// so is not high, a quarter.
inline constexpr float low_reach_upright_share = 0.4F;
inline constexpr float low_reach_lying_share = 0.25F;
// WCAG 2.3.1.
inline constexpr int flashes_in_second_max = 3;

struct AuditSettings {
    // The languages that have a voice or recorded clips; none: not checked.
    std::optional<std::vector<std::string>> spoken{};
};
// The key of the note by which a page says that its language can't be heard.
inline constexpr std::string_view unspoken_note_key = "no_voice";

struct AuditReport {
    std::vector<Finding> findings;
    std::vector<Reading> worst;  // at most one for each measure
};
[[nodiscard]] AuditReport examine(const Tree& tree, const AuditSettings& settings = {});
[[nodiscard]] std::vector<Finding> audit(const Tree& tree, const AuditSettings& settings = {});

// K26 over pages of one window, language and text size. A control stands in the same place where one of its corners
// does, because its words may be longer on one page than on another; or in the same column, where long words of its
// neighbours may give it a row of its own.
struct Control {
    enum class Name { same, of_its_page };
    enum class Place { corner, column };
    std::string_view key;
    Name name = Name::same;
    Place place = Place::corner;
};
// Help, language, back and stop are called the same everywhere; next says what it does there ("Send my answers").
[[nodiscard]] std::span<const Control> usual_controls();
[[nodiscard]] std::vector<Finding> audit_pages(std::span<const Tree* const> pages, std::span<const Control> controls);

// K23 over the frames of a page: no node may change between light and dark more often than three times a second.
struct Moment {
    std::chrono::milliseconds time{0};
    const Tree* tree = nullptr;
};
[[nodiscard]] std::vector<Finding> audit_motion(std::span<const Moment> moments);

[[nodiscard]] std::string describe(const std::vector<Finding>& findings);  // one a line

}  // namespace pillarbox::semantics
