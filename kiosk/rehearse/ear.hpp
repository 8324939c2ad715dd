// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a rehearsal hears: every utterance as everybody near the kiosk may hear it, so never a private answer. It
// listens to what is given to the voice, with or without a sound server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pillarbox::rehearse {

class Ear {
  public:
    void hear(std::string_view utterance);
    void forget_moment() { moment_ = lines_.size(); }  // a key or touch comes: what follows is its answer

    // Within one utterance since then.
    [[nodiscard]] bool heard(std::string_view text) const;
    // The same, with what it is behind its name: "Next, button".
    [[nodiscard]] bool heard_thing(std::string_view name, std::string_view role_word) const;
    [[nodiscard]] bool ever_heard(std::string_view text) const;
    [[nodiscard]] std::string describe() const;  // the moment, a line each

    static constexpr std::size_t lines_max = 10'000;  // then it hears nothing more

  private:
    std::vector<std::string> lines_;
    std::size_t moment_ = 0;
};

}  // namespace pillarbox::rehearse
