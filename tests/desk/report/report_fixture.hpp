// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small campaign with the evidence form, and responses to it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "desk/report/evidence.hpp"
#include "tests/desk/exports/evidence_people.hpp"

namespace pillarbox::tests {

inline campaign::Campaign evidence_campaign() {
    campaign::Campaign campaign;
    campaign.id = "call";
    campaign.opens = base::parse_day("2023-01-01").value();
    campaign.closes = base::parse_day("2023-01-27").value();
    campaign.form = std::make_shared<const form::Form>(evidence_form());
    campaign.texts["title"].set("en", "A call & <its> title");
    campaign.texts["committee"].set("en", "Committee");
    campaign.texts["purpose"].set("en", "To learn");
    return campaign;
}

struct ReportFixture {
    campaign::Campaign campaign = evidence_campaign();
    std::vector<exports::Record> records;
    exports::RecordList list{records};

    // So many who say the same: `first` tells their uuids apart.
    void add(std::size_t count, const std::string& rating, const std::string& borough, std::uint8_t first) {
        for (std::size_t index = 0; index < count; ++index) {
            records.push_back(record_of({{"/data/rating", rating}, {"/data/borough", borough}},
                                        static_cast<std::uint8_t>(first + index)));
        }
    }

    [[nodiscard]] report::Evidence evidence() {
        report::Evidence evidence;
        evidence.campaign = &campaign;
        evidence.records = &list;
        return evidence;
    }
};

}  // namespace pillarbox::tests
