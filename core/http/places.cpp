// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every choice walks over all places: there are some hundred at most, and choices are made only when the server is
// full.
#include "core/http/places.hpp"

#include <tuple>
#include <utility>

namespace pillarbox::http {
namespace {

void call(const Places::MakeWay& make_way) {
    if (make_way) {
        make_way();
    }
}

}  // namespace

std::optional<Places::Id> Places::enter(Source source, Moment now, MakeWay make_way) {
    MakeWay displaced;
    {
        const std::scoped_lock lock(mutex_);
        if (places_.size() < limits_.connections_max) {
            places_.emplace(++last_id_, Place{source, now, std::move(make_way), Activity::waiting, {}, 0, 0});
            return last_id_;
        }
        displaced = displace_for(source, now);
    }
    call(displaced);
    return std::nullopt;
}

void Places::leave(Id id) {
    Place gone;  // its callback is destroyed without the lock
    const std::scoped_lock lock(mutex_);
    if (const auto found = places_.find(id); found != places_.end()) {
        set_body_size(found->second, 0);
        gone = std::move(found->second);
        places_.erase(found);
    }
}

void Places::wait_for_client(Id id) {
    const std::scoped_lock lock(mutex_);
    Place& place = places_.at(id);
    set_body_size(place, 0);
    place.path.clear();
    if (place.activity != Activity::leaving) {
        place.activity = Activity::waiting;
    }
}

void Places::read_body(Id id, std::string_view path) {
    MakeWay displaced;
    {
        const std::scoped_lock lock(mutex_);
        Place& place = places_.at(id);
        if (place.activity == Activity::leaving) {
            return;
        }
        place.activity = Activity::reading_body;
        place.path = path;
        place.body_id = ++last_body_id_;
        displaced = displace_body();
    }
    call(displaced);
}

void Places::body_grew(Id id, std::size_t size_bytes) {
    MakeWay displaced;
    {
        const std::scoped_lock lock(mutex_);
        Place& place = places_.at(id);
        if (place.activity == Activity::leaving) {
            return;
        }
        set_body_size(place, size_bytes);
        displaced = displace_bytes();
    }
    call(displaced);
}

void Places::answer(Id id) {
    const std::scoped_lock lock(mutex_);
    if (Place& place = places_.at(id); place.activity != Activity::leaving) {
        place.activity = Activity::answering;
    }
}

void Places::set_body_size(Place& place, std::size_t size_bytes) {
    all_bodies_size_bytes_ += size_bytes - place.body_size_bytes;
    place.body_size_bytes = size_bytes;
}

Places::MakeWay Places::displace(Place& place) {
    set_body_size(place, 0);
    place.activity = Activity::leaving;
    return std::move(place.make_way);
}

Places::MakeWay Places::displace_for(Source newcomer, Moment now) {
    std::map<Source, std::size_t> held;
    for (const auto& [id, place] : places_) {
        if (place.activity == Activity::leaving) {
            return {};  // its place is about to be free
        }
        ++held[place.source];
    }
    Place* chosen = nullptr;
    for (auto& [id, place] : places_) {  // from the oldest
        if (place.activity == Activity::waiting && (chosen == nullptr || held[place.source] > held[chosen->source])) {
            chosen = &place;
        }
    }
    if (chosen == nullptr) {
        return {};
    }
    const bool holds_more = held[chosen->source] > held[newcomer] + 1;
    return holds_more || now - chosen->since >= limits_.hurry_time ? displace(*chosen) : MakeWay();
}

Places::MakeWay Places::displace_body() {
    std::map<std::string_view, std::size_t> held;
    std::size_t bodies = 0;
    for (const auto& [id, place] : places_) {
        if (place.activity == Activity::reading_body) {
            ++held[place.path];
            ++bodies;
        }
    }
    if (bodies <= limits_.bodies_max) {
        return {};
    }
    Place* chosen = nullptr;
    for (auto& [id, place] : places_) {
        if (place.activity == Activity::reading_body &&
            (chosen == nullptr ||
             std::tuple(held[place.path], chosen->body_id) > std::tuple(held[chosen->path], place.body_id))) {
            chosen = &place;
        }
    }
    return displace(*chosen);
}

Places::MakeWay Places::displace_bytes() {
    if (all_bodies_size_bytes_ <= limits_.body_size_bytes_max) {
        return {};
    }
    std::map<std::string_view, std::size_t> held;
    for (const auto& [id, place] : places_) {
        held[place.path] += place.body_size_bytes;
    }
    Place* chosen = nullptr;
    for (auto& [id, place] : places_) {
        if (place.activity == Activity::reading_body &&
            (chosen == nullptr || std::tuple(held[place.path], place.body_size_bytes) >
                                      std::tuple(held[chosen->path], chosen->body_size_bytes))) {
            chosen = &place;
        }
    }
    return chosen == nullptr ? MakeWay() : displace(*chosen);
}

}  // namespace pillarbox::http
