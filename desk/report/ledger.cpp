// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/ledger.hpp"

#include <nlohmann/json.hpp>

namespace pillarbox::report {

using Json = nlohmann::ordered_json;

Ledger::Entry Ledger::at(std::string_view id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? Entry{} : found->second;
}

Earlier Ledger::earlier(const std::vector<std::string>& ids) const {
    Earlier layout;
    for (const std::string& id : ids) {
        const Entry entry = at(id);
        layout.counts.push_back(entry.count);
        layout.shown.push_back(entry.shown);
    }
    return layout;
}

std::string Ledger::json() const {
    std::string text = "{\"format\": \"pillarbox-release-1\", \"counts\": {";
    const char* between = "\n";
    for (const auto& [id, entry] : entries_) {
        text += between;
        text += Json(id).dump(-1, ' ', false, Json::error_handler_t::replace);
        text += ": [" + std::to_string(entry.count) + (entry.shown ? ", true]" : ", false]");
        between = ",\n";
    }
    return text + "\n}}\n";
}

base::Result<Ledger> Ledger::read(std::string_view json, std::string_view where) {
    const auto problem = [&] {
        return base::fail(base::ErrorCode::malformed, std::string(where), "This is no release record of a report.",
                          "Name the release.json that an earlier `pillarbox report` wrote.");
    };
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object() || parsed.value("format", Json()) != "pillarbox-release-1" ||
        !parsed.contains("counts") || !parsed["counts"].is_object()) {
        return problem();
    }
    Ledger ledger;
    for (const auto& [id, entry] : parsed["counts"].items()) {
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_number_integer() || !entry[1].is_boolean()) {
            return problem();
        }
        ledger.add(id, {entry[0].get<std::int64_t>(), entry[1].get<bool>()});
    }
    return ledger;
}

}  // namespace pillarbox::report
