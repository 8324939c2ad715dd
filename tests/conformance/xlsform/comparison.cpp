// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "core/form/question_type.hpp"
#include "core/form/table.hpp"

namespace pillarbox::tests {
namespace {

using form::Node;
using form::NodeType;

struct Kind {
    NodeType type;
    std::string_view bind;     // its type attribute
    std::string_view control;  // empty: none
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
    Kind{NodeType::range, "", "range"},
    Kind{NodeType::note, "string", "input"},
    Kind{NodeType::acknowledge, "string", "trigger"},
    Kind{NodeType::audio, "binary", "upload"},
    Kind{NodeType::image, "binary", "upload"},
    Kind{NodeType::calculate, "string", ""},
    Kind{NodeType::hidden, "string", ""},
    Kind{NodeType::start, "dateTime", ""},
    Kind{NodeType::end, "dateTime", ""},
    Kind{NodeType::today, "date", ""},
};

// Attributes of a control that the comparison looks at, or that follow from its kind.
constexpr std::array<std::string_view, 12> known_attributes = {
    "ref",  "nodeset", "appearance", "mediatype",      "start", "end",
    "step", "rows",    "jr:count",   "jr:noAddRemove", "query", "bind"};

constexpr std::string_view image_folder = "jr://images/";

// "orx:max-pixels" -> "max-pixels", as the parameters column has it
std::string parameter_name(std::string_view attribute) {
    const std::size_t colon = attribute.find(':');
    std::string name(attribute.substr(colon == std::string_view::npos ? 0 : colon + 1));
    return name == "tick-interval" ? "tick_interval" : name;
}

std::string below_root(std::string_view path) {
    const std::size_t slash = path.find('/', 1);
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(slash));
}

std::string plain(std::string_view text) {
    std::string joined;
    for (const std::string& word : form::words_of(text)) {
        joined += (joined.empty() ? "" : " ") + word;
    }
    return joined;
}

// "${ name }" -> "${name}"
std::string plain_text(std::string_view text) {
    std::string result;
    while (true) {
        const std::size_t open = text.find("${");
        const std::size_t close = text.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            return plain(result + std::string(text));
        }
        result += std::string(text.substr(0, open)) + "${" + plain(text.substr(open + 2, close - open - 2)) + "}";
        text.remove_prefix(close + 1);
    }
}

class Comparison {
  public:
    Comparison(const form::Form& form, const ReferenceForm& reference) : form_(form), reference_(reference) {}

    std::vector<std::string> run() {
        same("the title", form_.title, reference_.title);
        same("the id", form_.id, reference_.id);
        same("the version", form_.version, reference_.version);
        for (const std::string& part : reference_.other_parts) {
            found_.push_back(fmt::format("the reference has a {}", part));
        }
        compare_nodes(form_.nodes);
        for (const auto& [path, value] : reference_.values) {
            if (!paths_.contains(path)) {
                found_.push_back(fmt::format("{} is missing", path));
            }
        }
        return std::move(found_);
    }

  private:
    void same(std::string_view what, std::string_view ours, std::string_view theirs) {
        if (ours != theirs) {
            found_.push_back(fmt::format("{}: \"{}\" where the reference has \"{}\"", what, ours, theirs));
        }
    }
    void same_presence(std::string_view what, std::optional<std::string> theirs, const void* ours) {
        if (theirs.has_value() != (ours != nullptr)) {
            found_.push_back(fmt::format("{}: {} where the reference has \"{}\"", what,
                                         ours == nullptr ? "none" : "one", theirs.value_or("none")));
        }
    }

    // The default language is "" in the reference's words for it and may have a code in ours.
    void same_texts(std::string_view what, const form::LocalizedText& ours, const Texts& theirs) {
        for (const auto& [language, text] : theirs) {
            const std::string& code = language.empty() ? form_.default_language : language;
            const bool filled_up = text == "-" && !ours.has(code);  // pyxform's mark of a missing translation
            if (!filled_up && !text.empty()) {
                same(fmt::format("{} ({})", what, code),
                     plain_text(ours.has(code) ? ours.in(code, code) : ours.in("")), text);
            }
        }
        for (const auto& [language, text] : ours.all()) {
            const bool theirs_too =
                theirs.contains(language) || (language == form_.default_language && theirs.contains(""));
            if (!theirs_too && !plain(text).empty()) {
                found_.push_back(fmt::format("{} ({}): the reference has none", what, language));
            }
        }
    }

    void compare_nodes(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) {
            const std::string path = below_root(node.path);
            paths_.insert(path);
            const auto value = reference_.values.find(path);
            if (value == reference_.values.end()) {
                found_.push_back(fmt::format("{} is not in the reference", path));
                continue;
            }
            std::string_view default_value = value->second;
            if (default_value.starts_with(image_folder) && node.type == NodeType::image) {
                default_value.remove_prefix(image_folder.size());
            }
            same(path + " default", plain(node.default_value), default_value);
            compare_bind(node, path);
            compare_control(node, path);
            compare_nodes(node.children);
        }
    }

    void compare_bind(const Node& node, const std::string& path) {
        const auto found = reference_.binds.find(path);
        const Attributes attributes = found == reference_.binds.end() ? Attributes{} : found->second;
        const auto attribute = [&](std::string_view name) -> std::optional<std::string> {
            const auto entry = attributes.find(name);
            const bool is_no =
                (name == "required" || name == "readonly") && entry != attributes.end() && entry->second == "false()";
            return entry == attributes.end() || is_no ? std::nullopt : std::optional(entry->second);
        };
        const std::string_view type = std::ranges::find(kinds, node.type, &Kind::type)->bind;
        if (node.type != NodeType::range) {
            same(path + " type", type, attribute("type").value_or(""));
        }
        same_presence(path + " relevant", attribute("relevant"), node.relevant.get());
        same_presence(path + " constraint", attribute("constraint"), node.constraint.get());
        same_presence(path + " required", attribute("required"), node.required.get());
        same_presence(path + " calculate", attribute("calculate"), node.calculation.get());
        if (node.type != NodeType::note) {
            same_presence(path + " readonly", attribute("readonly"), node.read_only.get());
        }
        const auto load = reference_.first_load.find(path);
        same_presence(path + " dynamic default",
                      load == reference_.first_load.end() ? std::nullopt : std::optional(load->second),
                      node.dynamic_default.get());
        for (const auto& [name, text] : attributes) {
            constexpr std::array<std::string_view, 11> read = {
                "type",           "relevant",         "constraint",     "required",   "calculate",       "readonly",
                "saveIncomplete", "jr:constraintMsg", "jr:requiredMsg", "jr:preload", "jr:preloadParams"};
            const auto parameter = node.parameters.find(parameter_name(name));
            if (parameter != node.parameters.end()) {
                same(path + " " + name, parameter->second, text);
            } else if (std::ranges::find(read, name) == read.end()) {
                found_.push_back(fmt::format("{}: the reference's bind has {}={}", path, name, text));
            }
        }
        same_message(path + " constraint message", node.constraint_message, attribute("jr:constraintMsg"));
        same_message(path + " required message", node.required_message, attribute("jr:requiredMsg"));
    }

    // Translated messages are itext references; their texts are held by the reader's own tests.
    void same_message(const std::string& what, const form::LocalizedText& ours, std::optional<std::string> theirs) {
        if (theirs && theirs->starts_with("jr:itext(")) {
            same_presence(what, theirs, ours.empty() ? nullptr : &ours);
        } else {
            same(what, plain_text(ours.in(form_.default_language)), theirs.value_or(""));
        }
    }

    void compare_control(const Node& node, const std::string& path) {
        const auto found = reference_.controls.find(path);
        const std::string_view kind = std::ranges::find(kinds, node.type, &Kind::type)->control;
        // A group that says nothing may be left out of the body.
        if (found == reference_.controls.end()) {
            if (!kind.empty() && !node.is_container() && !(node.calculation != nullptr && node.label.empty())) {
                found_.push_back(fmt::format("{}: the reference does not ask it", path));
            }
            return;
        }
        const ReferenceControl& control = found->second;
        same(path + " control", kind, control.kind);
        same_texts(path + " label", node.label, control.label);
        same_texts(path + " hint", node.hint, control.hint);
        same_texts(path + " guidance hint", node.guidance_hint, control.guidance_hint);
        const auto appearance = control.attributes.find("appearance");
        std::string words;
        for (const std::string& word : node.appearance) {
            words += (words.empty() ? "" : " ") + word;
        }
        same(path + " appearance", words, appearance == control.attributes.end() ? "" : appearance->second);
        for (const auto& [name, text] : control.attributes) {
            const auto ours = node.parameters.find(parameter_name(name));
            if (ours != node.parameters.end()) {
                same(path + " " + name, ours->second, text);
            } else if (std::ranges::find(known_attributes, name) == known_attributes.end()) {
                found_.push_back(fmt::format("{}: the reference's control has {}={}", path, name, text));
            }
        }
        for (const std::string& action : control.actions) {
            found_.push_back(fmt::format("{}: the reference has a {} in it", path, action));
        }
        if (form::is_select(node.type)) {
            compare_choices(node, path, control);
        }
    }

    void compare_choices(const Node& node, const std::string& path, const ReferenceControl& control) {
        const bool filtered = control.itemset.find('[') != std::string::npos;
        same_presence(path + " choice filter", filtered ? std::optional(control.itemset) : std::nullopt,
                      node.choice_filter.get());
        const form::ChoiceList* list = form_.choices_of(node);
        const std::size_t count = list == nullptr ? 0 : list->choices.size();
        if (count != control.choices.size()) {
            found_.push_back(
                fmt::format("{}: {} choices where the reference has {}", path, count, control.choices.size()));
            return;
        }
        for (std::size_t index = 0; index < count; ++index) {
            const form::Choice& choice = list->choices[index];
            same(path + " choice", choice.name, control.choices[index].name);
            same_texts(fmt::format("{} choice {}", path, choice.name), choice.label, control.choices[index].label);
        }
    }

    const form::Form& form_;
    const ReferenceForm& reference_;
    std::set<std::string, std::less<>> paths_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> differences(const form::Form& form, const ReferenceForm& reference) {
    return Comparison(form, reference).run();
}

}  // namespace pillarbox::tests
