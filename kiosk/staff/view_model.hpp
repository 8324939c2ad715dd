// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a staff screen needs to draw itself: a heading, blocks to read, and what can be done. One shape for every page
// but the door, so that screens stay dumb.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/flow/text.hpp"
#include "kiosk/staff/session.hpp"

namespace pillarbox::staff {

enum class BlockKind {
    paragraph,  // `text`
    figure,     // `title` and what it is, in `text`
    good,       // `title`, and more in `text`
    attention,  // `title`, and what to do in `text`
    info,
    safety,
    code,      // to write down: `title` and `text`
    progress,  // `title` and `part`
    part,      // a heading for what follows, `title`
};
struct Block {
    BlockKind kind{};
    flow::Text title{}, text{};
    double part = 0;  // 0 to 1
};

enum class Weight { main, other, danger };
struct Action {
    std::string key;
    flow::Text label{}, hint{};
    Weight weight = Weight::other;
    Event event;
};

struct DoorView {
    DoorSeen::Pin pin{};
    std::uint64_t digits = 0;
    flow::Text problem;              // empty where there is none
    std::uint64_t wait_seconds = 0;  // until digits are taken; 0: now
};

struct StaffView {
    std::string page_key, language;
    flow::Text heading;
    std::string station;  // its name; empty at the door
    std::optional<DoorView> door;
    std::vector<Block> blocks;
    std::vector<Action> actions;
    enum class WayOut { leave, back, none } way_out = WayOut::leave;
};

[[nodiscard]] StaffView view_of(const StaffSession& session);

}  // namespace pillarbox::staff
