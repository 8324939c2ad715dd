// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/askable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "core/form/question_type.hpp"

namespace pillarbox::campaign {
namespace {

using form::Node;

enum class Lack { none, recorder, sensor, record };

// What a kiosk lacks for a type.
Lack lack_for(form::NodeType type) {
    using enum form::NodeType;
    switch (type) {
        case audio:
        case image:
        case video:
        case file:
            return Lack::recorder;
        case geopoint:
        case geotrace:
        case geoshape:
        case barcode:
            return Lack::sensor;
        case start_geopoint:
        case background_geopoint:
        case background_audio:
        case device_property:
        case audit:
            return Lack::record;
        case group:
        case repeat:
        case text:
        case integer:
        case decimal:
        case date:
        case time:
        case date_time:
        case select_one:
        case select_multiple:
        case rank:
        case range:
        case note:
        case acknowledge:
        case calculate:
        case hidden:
        case start:
        case end:
        case today:
            return Lack::none;
    }
    return Lack::none;
}

// A campaign carries no files yet. A film is most often one in sign language, so its author is told what to do
// instead.
std::string_view lack_of_media(std::string_view kind) {
    if (kind == "video")
        return "The kiosk plays no films, so none in sign language either.";
    return kind == "audio" ? "The kiosk plays no recordings." : "The kiosk shows no pictures.";
}
std::string_view remedy_for_media(std::string_view kind) {
    if (kind == "video")
        return "Take the column out, add Easy Read, and say in the notices where the film can be watched.";
    return "Take the column out, and say it in words.";
}

// Appearances that a question can't do without: the rest say how it looks, and are followed where a kiosk has such a
// look. See docs/formats/form.md.
struct Wanted {
    std::string_view word;  // ends in ":" where more follows
    std::string_view what, remedy;
};
constexpr std::string_view other_calendar = "The kiosk asks for dates of the Gregorian calendar alone.";
constexpr std::string_view ask_as_text = "Take the appearance out, or ask for the date as text.";
constexpr std::string_view other_program = "The kiosk runs no other program.";
constexpr std::string_view take_out = "Take the appearance out.";
constexpr std::array wanted_appearances{
    Wanted{"bikram-sambat", other_calendar, ask_as_text},
    Wanted{"buddhist", other_calendar, ask_as_text},
    Wanted{"coptic", other_calendar, ask_as_text},
    Wanted{"ethiopian", other_calendar, ask_as_text},
    Wanted{"islamic", other_calendar, ask_as_text},
    Wanted{"myanmar", other_calendar, ask_as_text},
    Wanted{"persian", other_calendar, ask_as_text},
    Wanted{"bearing", "The kiosk has no compass.", "Ask for the direction in words."},
    Wanted{"image-map", "The kiosk shows no pictures to choose on.", "List the choices in words."},
    Wanted{"map", "The kiosk shows no maps.", "List the choices in words."},
    Wanted{"ex:", other_program, take_out},
    Wanted{"intent:", other_program, take_out},
    Wanted{"printer:", other_program, take_out},
    Wanted{"url", "The kiosk opens no web pages.", "Say in words what people need to know."},
};

bool is_wanted(std::string_view appearance, std::string_view word) {
    return word.ends_with(':') ? appearance.starts_with(word) : appearance == word;
}

class Check {
  public:
    explicit Check(std::string_view where) : where_(where) {}

    std::vector<base::Error> run(const form::Form& form) {
        check_nodes(form.nodes);
        if (form.audit) {
            check_node(*form.audit);
        }
        for (const form::Entity& entity : form.entities) {
            add("entities", entity.row, "list_name",
                fmt::format("A submission does not keep the entity {}.", entity.list_name),
                "Remove the sheet: make lists of the answers after they are opened.");
        }
        check_settings(form);
        return std::move(found_);
    }

  private:
    void add(std::string_view sheet, std::uint32_t row, std::string_view column, std::string what,
             std::string remedy) {
        std::string place = where_ + (where_.empty() ? "" : ", ") + "sheet " + std::string(sheet);
        place += row == 0 ? std::string() : ", row " + std::to_string(row);
        place += ", column " + std::string(column);
        found_.push_back({base::ErrorCode::unsupported, std::move(place), std::move(what), std::move(remedy)});
    }

    void check_nodes(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) {
            check_node(node);
            check_nodes(node.children);
        }
    }

    void check_node(const Node& node) {
        const auto refuse = [&](std::string_view column, std::string what, std::string remedy) {
            add("survey", node.row, column, std::move(what), std::move(remedy));
        };
        const std::string_view type = node.type == form::NodeType::device_property
                                          ? std::string_view(node.device_property)
                                          : form::name_of(node.type);
        switch (lack_for(node.type)) {
            case Lack::recorder:
                refuse("type",
                       fmt::format("The kiosk takes no recordings, pictures or files, so not the type {}.", type),
                       "Ask it in words, or take it out.");
                break;
            case Lack::sensor:
                refuse("type", fmt::format("The kiosk has nothing to answer the type {} with.", type),
                       "Ask for a place or a number in words, or take it out.");
                break;
            case Lack::record:
                refuse(
                    "type",
                    fmt::format("The kiosk records nothing about device, place or steps, so not the type {}.", type),
                    "Take the row out.");
                break;
            case Lack::none:
                break;
        }
        for (const std::string& word : node.appearance) {
            const auto* wanted = std::ranges::find_if(wanted_appearances,
                                                      [&](const Wanted& each) { return is_wanted(word, each.word); });
            if (wanted != wanted_appearances.end()) {
                refuse("appearance", std::string(wanted->what), std::string(wanted->remedy));
            }
        }
        if (node.choice_file) {
            refuse("type",
                   fmt::format("The choices are in the file {}, and a campaign carries no files.",
                               node.choice_file->name),
                   "List the choices in the choices sheet.");
        }
        if (!node.media.empty()) {
            const std::string& kind = node.media.begin()->first;
            refuse("media::" + kind, std::string(lack_of_media(kind)), std::string(remedy_for_media(kind)));
        }
        const auto randomize = node.parameters.find("randomize");
        if (randomize != node.parameters.end() && randomize->second == "true" && node.seed == nullptr) {
            refuse("parameters", "The kiosk has no order of choices for each person.",
                   "Give a seed, or keep the order.");
        }
    }

    // Settings that decide who can read the answers, or where they go: the campaign decides that.
    void check_settings(const form::Form& form) {
        for (const std::string_view name : {"public_key", "submission_url"}) {
            if (form.further_settings.contains(name)) {
                add("settings", 0, name, "Answers are sealed to the campaign's recipients and sent to its store.",
                    "Remove the setting.");
            }
        }
        for (const auto& [name, list] : form.choice_lists) {
            const auto choice =
                std::ranges::find_if(list.choices, [](const auto& each) { return !each.media.empty(); });
            if (choice != list.choices.end()) {
                const std::string& kind = choice->media.begin()->first;
                add("choices", 0, "media::" + kind,
                    fmt::format("{} Choice {} of {}.", lack_of_media(kind), choice->name, name),
                    std::string(remedy_for_media(kind)));
            }
        }
        for (const auto& [name, file] : form.external_files) {
            add("survey", 0, "type",
                fmt::format("The form reads the file {}, and a campaign carries no files.", file),
                "List the choices in the choices sheet.");
        }
    }

    std::string where_;
    std::vector<base::Error> found_;
};

}  // namespace

std::vector<base::Error> unaskable(const form::Form& form, std::string_view where) {
    return Check(where).run(form);
}

}  // namespace pillarbox::campaign
