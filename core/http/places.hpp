// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who makes way when the server is full (docs/decisions/0008). Bookkeeping alone: no sockets, no clock of its own.
//
// One rule: who holds most makes way. A newcomer displaces a connection of the address that holds most of them, the
// oldest that waits for its client; a body displaces one of the path that holds most bodies, or most bytes. So a
// crowd from one address, or a crowd at one kiosk's path, is in its own way first. Within one address nobody is
// displaced before `hurry_time`, so that a newcomer's newcomers can't end it before it has said a word.
//
// Invariants: connections never exceed connections_max; a connection that is being answered is not displaced; a
// source is remembered as long as one of its connections lives, and told to nobody. Threading: any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace pillarbox::http {

class Places {
  public:
    struct Limits {
        std::size_t connections_max = 0;
        std::size_t bodies_max = 0;           // being read at once
        std::size_t body_size_bytes_max = 0;  // of all bodies together, as far as they have been read
        std::chrono::milliseconds hurry_time{0};
    };
    using Id = std::uint64_t;                  // ascending: an older connection has a lower one
    using Source = std::uint64_t;              // an address, or the part of it that one party has
    using MakeWay = std::function<void()>;     // closes the connection, soon; called without locks, from any thread
    using Moment = std::chrono::milliseconds;  // since some start

    explicit Places(const Limits& limits) : limits_(limits) {}

    // nullopt: full. Somebody may have been asked to make way: ask again in a moment.
    [[nodiscard]] std::optional<Id> enter(Source source, Moment now, MakeWay make_way);
    void leave(Id id);

    void wait_for_client(Id id);  // as after enter(): for a request, or to take its answer; may be displaced
    void read_body(Id id, std::string_view path);
    void body_grew(Id id, std::size_t size_bytes);  // to this, all in all
    void answer(Id id);  // whatever was read of a body stays counted until the client is waited for again

  private:
    enum class Activity { waiting, reading_body, answering, leaving };
    struct Place {
        Source source = 0;
        Moment since{0};
        MakeWay make_way;
        Activity activity = Activity::waiting;
        std::string path;           // of the body
        std::uint64_t body_id = 0;  // ascending: an older body has a lower one
        std::size_t body_size_bytes = 0;
    };
    using Table = std::map<Id, Place>;

    // All under mutex_. What they return is to be called once it is released.
    [[nodiscard]] MakeWay displace_for(Source newcomer, Moment now);
    [[nodiscard]] MakeWay displace_body();
    [[nodiscard]] MakeWay displace_bytes();
    [[nodiscard]] MakeWay displace(Place& place);
    void set_body_size(Place& place, std::size_t size_bytes);

    Limits limits_;
    std::mutex mutex_;
    Table places_;
    Id last_id_ = 0;
    std::uint64_t last_body_id_ = 0;
    std::size_t all_bodies_size_bytes_ = 0;
};

}  // namespace pillarbox::http
