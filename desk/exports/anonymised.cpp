// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/anonymised.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "desk/exports/consent.hpp"
#include "desk/exports/tables.hpp"

namespace pillarbox::exports {
namespace {

constexpr std::string_view equality_group_name = "about_you";

// What people around someone may know of them, and what is given up first where too few share the combination.
enum class Trait { station, borough, language, week, link, respondent };
constexpr std::array giving_up_order = {Trait::station, Trait::borough, Trait::language,
                                        Trait::week,    Trait::link,    Trait::respondent};

bool is_closed(const form::Node& node) {
    switch (node.type) {
        case form::NodeType::select_one:
        case form::NodeType::select_multiple:
        case form::NodeType::rank:
        case form::NodeType::range:
        case form::NodeType::acknowledge:
            return node.name != "quote";
        case form::NodeType::group:
        case form::NodeType::repeat:
        case form::NodeType::text:
        case form::NodeType::integer:
        case form::NodeType::decimal:
        case form::NodeType::date:
        case form::NodeType::time:
        case form::NodeType::date_time:
        case form::NodeType::note:
        case form::NodeType::audio:
        case form::NodeType::image:
        case form::NodeType::calculate:
        case form::NodeType::hidden:
        case form::NodeType::start:
        case form::NodeType::end:
        case form::NodeType::today:
        case form::NodeType::geopoint:
        case form::NodeType::geotrace:
        case form::NodeType::geoshape:
        case form::NodeType::barcode:
        case form::NodeType::video:
        case form::NodeType::file:
        case form::NodeType::start_geopoint:
        case form::NodeType::background_geopoint:
        case form::NodeType::background_audio:
        case form::NodeType::device_property:
        case form::NodeType::audit:
            return false;
    }
    return false;
}

std::vector<form::Node> kept_nodes(const std::vector<form::Node>& nodes) {
    std::vector<form::Node> kept;
    for (const form::Node& node : nodes) {
        if (node.is_container()) {
            form::Node container = node;
            container.children = kept_nodes(node.children);
            if (!container.children.empty()) {
                kept.push_back(std::move(container));
            }
        } else if (is_closed(node) || is_evidence_text(node)) {
            kept.push_back(node);
        }
    }
    return kept;
}

form::Form kept_form(const form::Form& form) {
    form::Form kept = form;
    std::erase_if(kept.nodes, [](const form::Node& node) {
        return node.name == contact_group_name || node.name == equality_group_name;
    });
    kept.nodes = kept_nodes(kept.nodes);
    return kept;
}

base::Day monday_of(base::Day day) {
    return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

std::string_view name_in(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

// A name that a form's author gave to a question that asks for a trait.
std::string_view question_of(Trait trait) {
    switch (trait) {
        case Trait::borough:
            return "borough";
        case Trait::link:
            return "link";
        case Trait::respondent:
            return "respondent";
        case Trait::station:
        case Trait::language:
        case Trait::week:
            return {};
    }
    return {};
}

void give_up(Record& record, Trait trait) {
    switch (trait) {
        case Trait::station:
            record.station.clear();
            return;
        case Trait::language:
            record.submission.language.clear();
            return;
        case Trait::week:
            record.withheld.day = true;
            return;
        case Trait::respondent:
            record.withheld.assisted = true;
            break;
        case Trait::borough:
        case Trait::link:
            break;
    }
    std::erase_if(record.submission.answers,
                  [&](const form::Answer& answer) { return name_in(answer.path) == question_of(trait); });
}

// Everything that could be known, as one text: two responses are alike where it is the same.
std::string traits_of(const Record& record) {
    std::string traits = record.station + '\n' + record.submission.language + '\n';
    traits += record.withheld.day ? std::string() : base::format_day(record.submission.day);
    traits += record.withheld.assisted ? "\n?" : (record.submission.assisted ? "\nyes" : "\nno");
    for (const Trait trait : {Trait::borough, Trait::link, Trait::respondent}) {
        for (const form::Answer& answer : record.submission.answers) {
            if (name_in(answer.path) == question_of(trait)) {
                traits += '\n' + answer.path + '=' + answer.value;
            }
        }
    }
    return traits;
}

// Trait after trait is given up by those responses that are still alike to too few.
void give_up_what_tells(std::vector<Record>& records) {
    std::vector<Record*> open;
    for (Record& record : records) {
        open.push_back(&record);
    }
    std::size_t needed = alike_with_station_min;
    for (const Trait trait : giving_up_order) {
        std::map<std::string, std::vector<Record*>> alike;
        for (Record* record : open) {
            alike[traits_of(*record)].push_back(record);
        }
        open.clear();
        for (const auto& [traits, group] : alike) {
            if (group.size() < needed) {
                open.insert(open.end(), group.begin(), group.end());
            }
        }
        for (Record* record : open) {
            give_up(*record, trait);
        }
        needed = alike_min;
    }
}

// A number that says nothing, in the shape of a uuid, as the field's tools expect it.
submission::Uuid uuid_of_number(std::uint64_t number) {
    submission::Uuid uuid{};
    uuid[6] = 0x40;
    uuid[8] = 0x80;
    for (std::size_t at = 15; at > 8; --at) {
        uuid[at] = static_cast<std::uint8_t>(number);
        number >>= 8U;
    }
    return uuid;
}

Record without_what_identifies(const Record& record, const std::set<std::string, std::less<>>& closed,
                               const std::set<std::string, std::less<>>& texts) {
    Record safe = record;
    safe.submission.day = monday_of(record.submission.day);
    std::erase_if(safe.submission.answers, [&](const form::Answer& answer) {
        const std::string path = without_positions(answer.path);
        return !closed.contains(path) &&
               !(texts.contains(path) && may_quote(record, answer.value) && !tells_who(record, answer.value));
    });
    return safe;
}

void collect_paths(const std::vector<form::Node>& nodes, std::set<std::string, std::less<>>& closed,
                   std::set<std::string, std::less<>>& texts) {
    for (const form::Node& node : nodes) {
        if (node.is_container()) {
            collect_paths(node.children, closed, texts);
        } else {
            (is_evidence_text(node) ? texts : closed).insert(node.path);
        }
    }
}

}  // namespace

Anonymised anonymised(const form::Form& form, const std::vector<Record>& records) {
    Anonymised result{kept_form(form), {}};
    std::set<std::string, std::less<>> closed;
    std::set<std::string, std::less<>> texts;
    collect_paths(result.form.nodes, closed, texts);
    for (const Record& record : records) {
        if (record.submission.kind == submission::Kind::response) {
            result.records.push_back(without_what_identifies(record, closed, texts));
        }
    }
    give_up_what_tells(result.records);
    // By the real, random uuids: the order inside a week must not tell the days.
    std::ranges::sort(result.records, [](const Record& left, const Record& right) {
        const auto week_of = [](const Record& record) {
            return record.withheld.day ? base::Day{} : record.submission.day;
        };
        return std::pair(week_of(left), left.submission.uuid) < std::pair(week_of(right), right.submission.uuid);
    });
    std::uint64_t number = 0;
    for (Record& record : result.records) {
        record.submission.uuid = uuid_of_number(++number);
    }
    return result;
}

}  // namespace pillarbox::exports
