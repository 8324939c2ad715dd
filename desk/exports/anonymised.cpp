// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/anonymised.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/base/check.hpp"
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

constexpr GivenUp bit_of(Trait trait) {
    return static_cast<GivenUp>(1U << static_cast<unsigned>(trait));
}

bool gives_up(GivenUp given_up, Trait trait) {
    return (given_up & bit_of(trait)) != 0;
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

// Texts as numbers: the same text, the same number, and 0 for the empty one.
class Numbers {
  public:
    std::uint32_t of(const std::string& text) {
        return numbers_.emplace(text, static_cast<std::uint32_t>(numbers_.size())).first->second;
    }

  private:
    std::unordered_map<std::string, std::uint32_t> numbers_{{std::string(), 0}};
};

// What could be known of who gave a response, as numbers.
struct Person {
    submission::Uuid uuid{};
    std::uint32_t index = 0;
    std::uint32_t station = 0, language = 0, borough = 0, link = 0, respondent = 0;
    base::Day week{};
    bool assisted = false;
    GivenUp given_up = 0;
};

// Two are alike where this is the same.
std::array<std::int64_t, 7> known_of(const Person& person) {
    constexpr std::int64_t nothing = -1, day_never = std::numeric_limits<std::int64_t>::min();
    const auto unless_given_up = [&](Trait trait, std::int64_t value, std::int64_t otherwise) {
        return gives_up(person.given_up, trait) ? otherwise : value;
    };
    return {unless_given_up(Trait::station, person.station, 0),
            unless_given_up(Trait::language, person.language, 0),
            unless_given_up(Trait::week, person.week.time_since_epoch().count(), day_never),
            unless_given_up(Trait::respondent, person.assisted ? 1 : 0, nothing),
            unless_given_up(Trait::borough, person.borough, 0),
            unless_given_up(Trait::link, person.link, 0),
            unless_given_up(Trait::respondent, person.respondent, 0)};
}

// Trait after trait is given up by those responses that are still alike to too few.
void give_up_what_tells(std::vector<Person>& people) {
    std::vector<Person*> open;
    for (Person& person : people) {
        open.push_back(&person);
    }
    std::size_t needed = alike_with_station_min;
    for (const Trait trait : giving_up_order) {
        std::ranges::sort(open, {}, [](const Person* person) { return known_of(*person); });
        std::vector<Person*> still_open;
        for (auto group = open.begin(); group != open.end();) {
            const auto known = known_of(**group);
            const auto end =
                std::find_if(group, open.end(), [&](const Person* other) { return known_of(*other) != known; });
            if (static_cast<std::size_t>(end - group) < needed) {
                still_open.insert(still_open.end(), group, end);
            }
            group = end;
        }
        open = std::move(still_open);
        for (Person* person : open) {
            person->given_up |= bit_of(trait);
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

Anonymised::Anonymised(const form::Form& form, RecordSource& records) : form_(kept_form(form)), records_(&records) {
    collect_paths(form_.nodes, closed_, texts_);
}

bool Anonymised::is_kept(const Record& record, const form::Answer& answer) const {
    const bool in_repeat = answer.path.contains('[');
    const std::string plain = in_repeat ? without_positions(answer.path) : std::string();
    const std::string_view path = in_repeat ? plain : answer.path;
    return closed_.contains(path) ||
           (texts_.contains(path) && may_quote(record, answer.value) && !tells_who(record, answer.value));
}

base::Result<Anonymised> Anonymised::of(const form::Form& form, RecordSource& records) {
    Anonymised result(form, records);
    PILLARBOX_CHECK(records.size() <= std::numeric_limits<std::uint32_t>::max());
    std::vector<Person> people;
    Numbers numbers;
    for (std::size_t index = 0; index < records.size(); ++index) {
        const Record record = TRY(records.at(index));
        if (record.submission.kind != submission::Kind::response) {
            continue;
        }
        const auto answers_to = [&](Trait trait) {
            std::string answers;
            for (const form::Answer& answer : record.submission.answers) {
                if (name_in(answer.path) == question_of(trait) && result.is_kept(record, answer)) {
                    answers += '\n' + answer.path + '=' + answer.value;
                }
            }
            return numbers.of(answers);
        };
        people.push_back({.uuid = record.submission.uuid,
                          .index = static_cast<std::uint32_t>(index),
                          .station = numbers.of(record.station),
                          .language = numbers.of(record.submission.language),
                          .borough = answers_to(Trait::borough),
                          .link = answers_to(Trait::link),
                          .respondent = answers_to(Trait::respondent),
                          .week = monday_of(record.submission.day),
                          .assisted = record.submission.assisted});
    }
    give_up_what_tells(people);
    // By the real, random uuids: the order inside a week must not tell the days.
    std::ranges::sort(people, {}, [](const Person& person) {
        return std::pair(gives_up(person.given_up, Trait::week) ? base::Day{} : person.week, person.uuid);
    });
    for (const Person& person : people) {
        result.kept_.push_back({person.index, person.given_up});
    }
    return result;
}

base::Result<Record> Anonymised::at(std::size_t index) {
    Record record = TRY(records_->at(kept_.at(index).index));
    std::vector<std::size_t> kept;  // first: consent is read from answers that go
    for (std::size_t place = 0; place < record.submission.answers.size(); ++place) {
        if (is_kept(record, record.submission.answers[place])) {
            kept.push_back(place);
        }
    }
    std::vector<form::Answer> answers;
    for (const std::size_t place : kept) {
        answers.push_back(std::move(record.submission.answers[place]));
    }
    record.submission.answers = std::move(answers);
    record.submission.day = monday_of(record.submission.day);
    record.submission.uuid = uuid_of_number(index + 1);
    for (const Trait trait : giving_up_order) {
        if (gives_up(kept_[index].given_up, trait)) {
            give_up(record, trait);
        }
    }
    return record;
}

}  // namespace pillarbox::exports
