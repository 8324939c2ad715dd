// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an archive needs to know of a bag besides its files: Dublin Core (in the XML of OAI-PMH), and what was done to
// its content as PREMIS 3 events. Days, never times. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"

namespace pillarbox::archive {

struct Event {
    std::string type;     // of the PREMIS vocabulary: "ingestion", "decryption", "deletion"...
    std::string detail;   // a sentence
    std::string outcome;  // "success", "warning"
};

[[nodiscard]] std::string premis_events(const std::vector<Event>& events, base::Day day, std::string_view object);

// The same events with one more, on a later day. malformed where `xml` is not of premis_events.
[[nodiscard]] base::Result<std::string> with_event(std::string_view xml, const Event& event, base::Day day);

struct Description {
    std::string identifier;  // the bag's group: "las-strategy-2023-28-closed-responses"
    std::string type;        // a sentence on what the package holds
    std::string rights;      // who may see it
};
[[nodiscard]] std::string dublin_core(const campaign::Campaign& campaign, const Description& description);

// The notices as they were shown in one language: name and text of each, in the order of their names.
[[nodiscard]] std::string notices_in(const campaign::Campaign& campaign, std::string_view language);

}  // namespace pillarbox::archive
