// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every count of a report by its id, and whether it was shown: what a later report must know so that no difference
// tells on anyone. As a file (release.json) it holds the hidden counts too: it stays with the responses.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "desk/report/suppression.hpp"

namespace pillarbox::report {

class Ledger {
  public:
    struct Entry {
        std::int64_t count = 0;
        bool shown = true;  // as for what a report does not have: a 0 that everybody knows
    };

    void add(std::string id, Entry entry) { entries_[std::move(id)] = entry; }
    [[nodiscard]] Entry at(std::string_view id) const;
    [[nodiscard]] bool contains(std::string_view id) const { return entries_.contains(id); }
    // In the layout of these ids.
    [[nodiscard]] Earlier earlier(const std::vector<std::string>& ids) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    [[nodiscard]] std::string json() const;
    // malformed where it is none. `where` stands in the message.
    [[nodiscard]] static base::Result<Ledger> read(std::string_view json, std::string_view where);

  private:
    std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace pillarbox::report
