// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/places.hpp"

#include <catch2/catch.hpp>
#include <set>

using pillarbox::http::Places;
using std::chrono::milliseconds;

namespace {

constexpr Places::Source crowd = 1;
constexpr Places::Source guest = 2;
constexpr milliseconds hurry{100};

// Places for 4 connections, 2 bodies and 1000 bytes, and the ids of who was told to make way.
struct Room {
    Places places{{4, 2, 1'000, hurry}};
    std::set<Places::Id> told;
    Places::Id next = 0;

    std::optional<Places::Id> enter(Places::Source source, milliseconds now = {}) {
        const auto id = places.enter(source, now, [this, mine = next + 1] { told.insert(mine); });
        next = id.value_or(next);
        return id;
    }
    void fill(Places::Source source) {
        while (next < 4) {
            REQUIRE(enter(source).has_value());
        }
    }
};

}  // namespace

TEST_CASE("A newcomer of an address that holds less displaces the oldest of the crowd at once") {
    Room room;
    REQUIRE(room.enter(guest) == 1);
    room.fill(crowd);
    CHECK_FALSE(room.enter(guest).has_value());
    CHECK(room.told == std::set<Places::Id>{2});
    CHECK_FALSE(room.enter(guest).has_value());
    CHECK(room.told.size() == 1);  // one place is enough for one newcomer
    room.places.leave(2);
    CHECK(room.enter(guest) == 5);
}

TEST_CASE("A newcomer of the crowd waits until the oldest of them has had its time") {
    Room room;
    room.fill(crowd);
    CHECK_FALSE(room.enter(crowd, hurry - milliseconds(1)).has_value());
    CHECK(room.told.empty());
    CHECK_FALSE(room.enter(crowd, hurry).has_value());
    CHECK(room.told == std::set<Places::Id>{1});
}

TEST_CASE("A newcomer displaces nobody of an address that holds as little as its own") {
    Room room;
    for (Places::Source source = 1; source <= 4; ++source) {
        REQUIRE(room.enter(source).has_value());
    }
    CHECK_FALSE(room.enter(5).has_value());
    CHECK(room.told.empty());
    CHECK_FALSE(room.enter(5, hurry).has_value());
    CHECK(room.told == std::set<Places::Id>{1});
}

TEST_CASE("A connection that is answered or sends its body makes no way for newcomers") {
    Room room;
    room.fill(crowd);
    room.places.answer(1);
    room.places.read_body(2, "/a");
    CHECK_FALSE(room.enter(guest).has_value());
    CHECK(room.told == std::set<Places::Id>{3});
}

TEST_CASE("One body too many displaces the oldest of the path that has most") {
    Room room;
    room.fill(crowd);
    room.places.read_body(2, "/a");
    room.places.read_body(1, "/b");
    CHECK(room.told.empty());
    room.places.read_body(3, "/b");
    CHECK(room.told == std::set<Places::Id>{1});
    room.places.read_body(4, "/b");
    CHECK(room.told == std::set<Places::Id>{1, 3});
}

TEST_CASE("One byte too many displaces the longest body of the path that has most") {
    Room room;
    room.fill(crowd);
    room.places.read_body(1, "/a");
    room.places.read_body(2, "/b");
    room.places.body_grew(1, 600);
    room.places.body_grew(2, 400);
    CHECK(room.told.empty());
    room.places.body_grew(2, 401);
    CHECK(room.told == std::set<Places::Id>{1});
    room.places.body_grew(2, 1'000);  // what makes way is not counted any more
    CHECK(room.told.size() == 1);
    room.places.answer(2);
    room.places.read_body(3, "/c");
    room.places.body_grew(3, 1);  // the answered body stays counted and is not displaced
    CHECK(room.told == std::set<Places::Id>{1, 3});
    room.places.wait_for_client(2);
    room.places.read_body(4, "/d");
    room.places.body_grew(4, 1'000);
    CHECK(room.told == std::set<Places::Id>{1, 3});
}
