// SPDX-License-Identifier: GPL-3.0-or-later
#include "control_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/form/question_type.hpp"

namespace pillarbox::tests {
namespace {

using form::Node;
using form::NodeType;

struct Kind {
    NodeType type;
    std::string_view bind;     // its type attribute
    std::string_view control;  // empty: none
    std::string_view media = {};
};

constexpr std::array kinds = {
    Kind{NodeType::group, "", "group"},
    Kind{NodeType::repeat, "", "repeat"},
    Kind{NodeType::text, "string", "input"},
    Kind{NodeType::integer, "int", "input"},
    Kind{NodeType::decimal, "decimal", "input"},
    Kind{NodeType::date, "date", "input"},
    Kind{NodeType::time, "time", "input"},
    Kind{NodeType::date_time, "dateTime", "input"},
    Kind{NodeType::select_one, "string", "select1"},
    Kind{NodeType::select_multiple, "string", "select"},
    Kind{NodeType::rank, "odk:rank", "rank"},
    Kind{NodeType::range, "int", "range"},
    Kind{NodeType::note, "string", "input"},
    Kind{NodeType::acknowledge, "string", "trigger"},
    Kind{NodeType::audio, "binary", "upload", "audio/*"},
    Kind{NodeType::image, "binary", "upload", "image/*"},
    Kind{NodeType::calculate, "string", ""},
    Kind{NodeType::hidden, "string", ""},
    Kind{NodeType::start, "dateTime", ""},
    Kind{NodeType::end, "dateTime", ""},
    Kind{NodeType::today, "date", ""},
    Kind{NodeType::geopoint, "geopoint", "input"},
    Kind{NodeType::geotrace, "geotrace", "input"},
    Kind{NodeType::geoshape, "geoshape", "input"},
    Kind{NodeType::barcode, "barcode", "input"},
    Kind{NodeType::video, "binary", "upload", "video/*"},
    Kind{NodeType::file, "binary", "upload", "application/*"},
    Kind{NodeType::start_geopoint, "geopoint", ""},
    Kind{NodeType::background_geopoint, "geopoint", ""},
    Kind{NodeType::background_audio, "binary", ""},
    Kind{NodeType::device_property, "string", ""},
    Kind{NodeType::audit, "binary", ""},
};

const Kind& kind_of(const Node& node) {
    return *std::ranges::find(kinds, node.type, &Kind::type);
}

// Where the parameter of a question stands in the reference's control, if it does.
std::string attribute_of(const Node& node, const std::string& parameter) {
    if (node.type == NodeType::range) {
        return parameter == "tick_interval"   ? "odk:tick-interval"
               : parameter == "placeholder"   ? "odk:placeholder"
               : parameter == "tick_labelset" ? ""
                                              : parameter;
    }
    if (parameter == "app") {
        return node.appearance.empty() || node.has_appearance("annotate") ? "intent" : "";
    }
    return parameter == "rows"                                                     ? "rows"
           : parameter == "capture-accuracy"                                       ? "accuracyThreshold"
           : parameter == "warning-accuracy"                                       ? "unacceptableAccuracyThreshold"
           : parameter == "incremental" && node.parameters.at(parameter) == "true" ? "incremental"
                                                                                   : "";
}

// The attributes that the control of the reference must have, apart from those that name it.
Attributes attributes_of(const Node& node) {
    Attributes attributes;
    std::string words;
    for (const std::string& word : node.appearance) {
        words += (words.empty() ? "" : " ") + word;
    }
    if (!words.empty()) {
        attributes.emplace("appearance", words);
    }
    for (const auto& [name, value] : node.parameters) {
        if (const std::string attribute = attribute_of(node, name); !attribute.empty()) {
            attributes.emplace(attribute, value);
        }
    }
    for (const auto& [name, value] : node.attributes) {
        constexpr std::string_view body = "body::";
        if (name.starts_with(body)) {
            attributes.emplace(name.substr(body.size()), value);
        }
    }
    if (const std::string_view media = kind_of(node).media; !media.empty()) {
        attributes.emplace("mediatype", media);
    }
    return attributes;
}

// "instance('x')/root/item[filter]" in its parts; also with randomize(..., seed) around it.
struct Itemset {
    std::string source;  // without the filter
    std::optional<std::string> filter;
    bool random = false;
    std::string seed;
};

Itemset parts_of(std::string text) {
    Itemset parts;
    constexpr std::string_view randomize = "randomize(";
    const std::size_t open = text.find('[');
    const std::size_t close = text.rfind(']');
    if (open != std::string::npos && close != std::string::npos) {
        parts.filter = text.substr(open + 1, close - open - 1);
        text.erase(open, close + 1 - open);
    }
    if (text.starts_with(randomize) && text.ends_with(')')) {
        parts.random = true;
        text = text.substr(randomize.size(), text.size() - randomize.size() - 1);
        if (const std::size_t comma = text.find(','); comma != std::string::npos) {
            parts.seed = plain(text.substr(comma + 1));
            text.erase(comma);
        }
    }
    parts.source = std::move(text);
    return parts;
}

class ControlComparison {
  public:
    ControlComparison(const form::Form& form, const Node& node, const ReferenceControl& control, Differences& found)
        : form_(form), node_(node), control_(control), path_(below_root(node.path)), found_(found) {}

    void run(const std::set<ReferenceAction>& actions) {
        found_.same(path_ + " control", control_of(node_), control_.kind);
        found_.same_texts(path_ + " label", node_.label, control_.label, node_.path);
        found_.same_texts(path_ + " hint", node_.hint, control_.hint, node_.path);
        found_.same_texts(path_ + " guidance hint", node_.guidance_hint, control_.guidance_hint, node_.path);
        found_.same_media(path_ + " media", node_.media, control_.media);
        compare_attributes();
        compare_actions(actions);
        compare_choices();
    }

  private:
    void compare_attributes() {
        Attributes theirs = control_.attributes;
        for (const std::string_view named : {"ref", "nodeset", "query", "jr:count", "jr:noAddRemove", "bind"}) {
            theirs.erase(std::string(named));  // compared where they belong, or the names themselves
        }
        found_.same(path_ + " attributes", attributes_of(node_), theirs);
    }

    void compare_actions(const std::set<ReferenceAction>& ours) {
        for (const ReferenceAction& action : ours) {
            if (!control_.actions.contains(action)) {
                found_.add(
                    fmt::format("{}: the reference sets nothing at {} with {}", path_, action.ref, action.name));
            }
        }
        for (const ReferenceAction& action : control_.actions) {
            if (!ours.contains(action)) {
                found_.add(fmt::format("{}: only the reference has {} at {}", path_, action.name, action.ref));
            }
        }
    }

    [[nodiscard]] std::string source_of() const {
        const auto geometry = node_.parameters.find("reference-geometry");
        const auto labels = node_.parameters.find("tick_labelset");
        const std::string& file = node_.choice_file ? node_.choice_file->name : std::string();
        std::string list = node_.choice_file                    ? file.substr(0, file.rfind('.'))
                           : geometry != node_.parameters.end() ? geometry->second
                           : labels != node_.parameters.end()   ? labels->second
                                                                : node_.list_name;
        list = list.substr(0, list.find(' '));  // a name that core/form gave: "LIST or_other"
        return list.empty() ? std::string() : fmt::format("instance('{}')/root/item", list);
    }

    void compare_itemset() {
        const auto query = control_.attributes.find("query");
        const Itemset theirs = parts_of(query == control_.attributes.end() ? control_.itemset : query->second);
        const auto geometry = node_.parameters.find("reference-geometry");
        const bool of_repeat = geometry != node_.parameters.end() && geometry->second.starts_with("${");
        const bool in_control = theirs.source.empty() && !control_.choices.empty();  // items, not an itemset
        if (of_repeat) {
            compare_repeat(theirs, geometry->second);
            return;
        }
        if (!in_control) {
            found_.same(path_ + " choices", source_of(), theirs.source);
        }
        found_.same_expression(path_ + " choice filter", node_.choice_filter, theirs.filter, path_,
                               PlainName::column);
        const auto randomize = node_.parameters.find("randomize");
        const bool random = randomize != node_.parameters.end() && randomize->second == "true";
        found_.same(path_ + " random order", random ? "yes" : "no", theirs.random ? "yes" : "no");
        found_.same_expression(path_ + " seed", node_.seed,
                               theirs.seed.empty() ? std::nullopt : std::optional(theirs.seed), path_);
        compare_columns();
    }

    // Without a filter of its own, a map in the repeat leaves out repetitions without a geometry.
    void compare_repeat(const Itemset& theirs, const std::string& reference) {
        const std::string name = plain(reference.substr(2, reference.size() - 3));
        found_.same(path_ + " repeat", name, theirs.source.substr(theirs.source.rfind('/') + 1));
        const std::string repeat = below_root(theirs.source);
        const std::optional<std::string> filter = theirs.filter == "./geometry != ''" ? std::nullopt : theirs.filter;
        found_.same_expression(path_ + " choice filter", node_.choice_filter, filter, repeat);
        found_.same(path_ + " geometry", "geometry geometry", control_.value_ref + " " + control_.label_ref);
    }

    void compare_columns() {
        if (control_.value_ref.empty()) {
            return;
        }
        const bool file = node_.choice_file.has_value();
        found_.same(path_ + " value", file ? node_.choice_file->value_column : "name", control_.value_ref);
        const std::string label = control_.label_ref == "jr:itext(itextId)" ? "label" : control_.label_ref;
        found_.same(path_ + " label", file ? node_.choice_file->label_column : "label", label);
    }

    void compare_choices() {
        if (!node_.is_container()) {
            compare_itemset();
        }
        const auto labels = node_.parameters.find("tick_labelset");
        const auto found =
            form_.choice_lists.find(labels == node_.parameters.end() ? node_.list_name : labels->second);
        const bool beside = node_.from_external_choices;  // the reference has those in a file
        const std::size_t count = found == form_.choice_lists.end() || beside ? 0 : found->second.choices.size();
        if (count != control_.choices.size()) {
            found_.add(
                fmt::format("{}: {} choices where the reference has {}", path_, count, control_.choices.size()));
            return;
        }
        for (std::size_t index = 0; index < count; ++index) {
            const form::Choice& choice = found->second.choices[index];
            const ReferenceChoice& theirs = control_.choices[index];
            found_.same(path_ + " choice", choice.name, theirs.name);
            found_.same_texts(fmt::format("{} choice {}", path_, choice.name), choice.label, theirs.label);
            found_.same_media(fmt::format("{} choice {}", path_, choice.name), choice.media, theirs.media);
        }
    }

    const form::Form& form_;
    const Node& node_;
    const ReferenceControl& control_;
    std::string path_;
    Differences& found_;
};

}  // namespace

void compare_control(const form::Form& form, const Node& node, const ReferenceControl& control,
                     const std::set<ReferenceAction>& actions, Differences& found) {
    ControlComparison(form, node, control, found).run(actions);
}

std::string bind_type_of(const Node& node) {
    const bool fractions =
        node.type == NodeType::range && std::ranges::any_of(node.parameters, [](const auto& entry) {
            return entry.second.find('.') != std::string::npos;
        });
    return std::string(fractions ? "decimal" : kind_of(node).bind);
}

std::string_view control_of(const Node& node) {
    return node.from_external_choices ? "input" : kind_of(node).control;
}

}  // namespace pillarbox::tests
