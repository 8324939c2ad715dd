// SPDX-License-Identifier: GPL-3.0-or-later
//
// What assistive technology, scanning and tests ask of a node. Requests come in on any thread and are taken by the
// drawing thread at the start of a frame, exactly like touches.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "accessibility/semantics/node.hpp"

namespace pillarbox::semantics {

struct Request {
    NodeId node = NodeId::none;
    Action action = Action::click;
    std::string text{};  // for set_text
    double value = 0;    // for set_value
};

// Nobody asks for so much between two frames: a peer that floods is not let fill the memory.
inline constexpr std::size_t waiting_requests_max = 256;

enum class Pushed { taken, too_many };

class RequestQueue {
  public:
    // `wake` is called after each push, on the pushing thread; it must only post an event.
    explicit RequestQueue(std::function<void()> wake = {}) : wake_(std::move(wake)) {}
    Pushed push(Request request);
    [[nodiscard]] std::vector<Request> take();

  private:
    std::mutex mutex_;
    std::vector<Request> waiting_;
    std::function<void()> wake_;
};

}  // namespace pillarbox::semantics
