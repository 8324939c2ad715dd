// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "control_comparison.hpp"
#include "core/form/names.hpp"
#include "core/form/table.hpp"
#include "differences.hpp"

namespace pillarbox::tests {
namespace {

using form::Node;
using form::NodeType;

std::string without(std::string_view text, std::string_view prefix) {
    return std::string(text.starts_with(prefix) ? text.substr(prefix.size()) : text);
}

class Comparison {
  public:
    Comparison(const form::Form& form, const ReferenceForm& reference)
        : form_(form), reference_(reference), found_(form) {}

    std::vector<std::string> run() {
        found_.same("the title", form_.title, reference_.title);
        found_.same("the id", form_.id, reference_.id);
        found_.same("the version", form_.version, reference_.version);
        compare_settings();
        compare_files();
        for (const std::string& part : reference_.other_parts) {
            found_.add(fmt::format("the reference has a {}", part));
        }
        collect_actions(form_.nodes);
        compare_nodes(form_.nodes);
        compare_audit();
        compare_entities();
        for (const auto& [path, value] : reference_.values) {
            if (!paths_.contains(path)) {
                found_.add(fmt::format("{} is missing", path));
            }
        }
        compare_opening();
        return std::move(found_).take();
    }

  private:
    [[nodiscard]] std::string setting(std::string_view name) const {
        const auto found = form_.further_settings.find(name);
        return found == form_.further_settings.end() ? std::string() : found->second;
    }

    void compare_settings() {
        Attributes root;
        for (const auto& [name, value] : form_.further_settings) {
            if (name.starts_with("attribute::")) {
                root.emplace(without(name, "attribute::"), value);
            }
        }
        Attributes submission;
        const auto add = [&](Attributes& attributes, std::string attribute, std::string_view name) {
            if (std::string value = setting(name); !value.empty()) {
                attributes.emplace(std::move(attribute), std::move(value));
            }
        };
        add(root, "xmlns", "instance_xmlns");
        add(root, "odk:prefix", "prefix");
        add(root, "odk:delimiter", "delimiter");
        found_.same("the root's attributes", root, reference_.attributes);
        add(submission, "orx:auto-send", "auto_send");
        add(submission, "orx:auto-delete", "auto_delete");
        add(submission, "action", "submission_url");
        add(submission, "base64RsaPublicKey", "public_key");
        if (submission.contains("action") || submission.contains("base64RsaPublicKey")) {
            submission.emplace("method", "post");
        }
        if (form::is_yes(setting("client_editable"))) {
            submission.emplace("odk:client-editable", "true");
        }
        found_.same("the submission", submission, reference_.submission);
        found_.same("instanceID", form::is_yes(setting("omit_instanceid")) ? "none" : "one",
                    reference_.meta.contains("instanceID") ? "one" : "none");
        compare_instance_name();
    }

    void compare_instance_name() {
        const auto bind = reference_.binds.find("/meta/instanceName");
        const auto found = bind == reference_.binds.end() ? Attributes() : bind->second;
        const auto calculate = found.find("calculate");
        const auto ours = form::Expression::parse(form_.instance_name);
        found_.same("instance_name",
                    form_.instance_name.empty() ? "none"
                    : ours                      ? "one"
                                                : "not parsed",
                    calculate == found.end() ? "none" : "one");
    }

    void compare_files() {
        Attributes ours;
        for (const auto& [id, file] : form_.external_files) {
            ours.emplace(id, (file.ends_with(".csv") ? "jr://file-csv/" : "jr://file/") + file);
        }
        found_.same("files", ours, Attributes(reference_.sources.begin(), reference_.sources.end()));
    }

    // What each question's control must set in others when it is answered.
    void collect_actions(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) {
            for (const std::string& trigger : node.triggers) {
                const bool place = node.type == NodeType::background_geopoint;
                ReferenceAction action{place ? "odk:setgeopoint" : "setvalue", below_root(node.path), {}};
                action.attributes.emplace("event", "xforms-value-changed");
                if (node.triggered_value != nullptr) {
                    action.attributes.emplace("value", words_of_expression(node.triggered_value->syntax(),
                                                                           below_root(node.path), PlainName::node));
                }
                actions_[below_root(trigger)].insert(std::move(action));
            }
            collect_actions(node.children);
        }
    }

    void compare_nodes(const std::vector<Node>& nodes) {
        for (const Node& node : nodes) {
            const std::string path = below_root(node.path);
            paths_.insert(path);
            const auto value = reference_.values.find(path);
            if (value == reference_.values.end()) {
                found_.add(fmt::format("{} is not in the reference", path));
                continue;
            }
            const std::string default_value =
                node.type == NodeType::image ? without(value->second, "jr://images/") : value->second;
            found_.same(path + " default", plain(node.default_value), default_value);
            Attributes attributes;
            for (const auto& [name, text] : node.attributes) {
                if (name.starts_with("instance::")) {
                    attributes.emplace(without(name, "instance::"), text);
                }
            }
            found_.same(path + " attributes", attributes, reference_.element_attributes.at(path));
            compare_bind(node, path);
            compare_node_control(node, path);
            compare_nodes(node.children);
        }
    }

    [[nodiscard]] Attributes bind_of(const std::string& path) const {
        const auto found = reference_.binds.find(path);
        return found == reference_.binds.end() ? Attributes{} : found->second;
    }

    void compare_bind(const Node& node, const std::string& path) {
        Attributes attributes = bind_of(path);
        const auto take = [&](std::string_view name) -> std::optional<std::string> {
            const auto entry = attributes.find(name);
            if (entry == attributes.end()) {
                return std::nullopt;
            }
            std::string text = std::move(entry->second);
            attributes.erase(entry);
            return (name == "required" || name == "readonly") && text == "false()" ? std::nullopt
                                                                                   : std::optional(text);
        };
        // A trigger may go without a bind, and then without a type.
        const bool untyped = attributes.empty() && node.type == NodeType::acknowledge;
        found_.same(path + " type", untyped ? "" : bind_type_of(node), take("type").value_or(""));
        found_.same_expression(path + " relevant", node.relevant, take("relevant"), path);
        found_.same_expression(path + " constraint", node.constraint, take("constraint"), path);
        found_.same_expression(path + " required", node.required, take("required"), path);
        found_.same_expression(path + " calculate", node.calculation, take("calculate"), path);
        if (const auto read_only = take("readonly"); node.type != NodeType::note) {
            found_.same_expression(path + " readonly", node.read_only, read_only, path);
        } else {
            found_.same(path + " readonly", "true()", read_only.value_or("none"));
        }
        const auto load = reference_.first_load.find(path);
        found_.same_expression(path + " dynamic default", node.dynamic_default,
                               load == reference_.first_load.end() ? std::nullopt : std::optional(load->second),
                               path);
        compare_preload(node, path, take("jr:preload").value_or(""), take("jr:preloadParams").value_or(""));
        same_message(path + " constraint message", node.constraint_message, take("jr:constraintMsg"));
        same_message(path + " required message", node.required_message, take("jr:requiredMsg"));
        take("saveIncomplete");
        compare_bind_parameters(node, path, attributes);
    }

    void compare_bind_parameters(const Node& node, const std::string& path, const Attributes& theirs) {
        Attributes ours;
        for (const auto& [name, value] : node.parameters) {
            const bool own = name == "max-pixels";
            const bool odk = name == "allow-mock-accuracy" || (name == "quality" && node.type == NodeType::audio) ||
                             node.type == NodeType::audit;
            if (own || odk) {
                ours.emplace((own ? "orx:" : "odk:") + name, value);
            }
        }
        for (const form::Entity& entity : form_.entities) {
            for (const form::EntityProperty& property : entity.properties) {
                if (property.path == node.path) {
                    ours.emplace("entities:saveto", property.name);
                }
            }
        }
        found_.same(path + " bind", ours, theirs);
    }

    void compare_preload(const Node& node, const std::string& path, const std::string& kind,
                         const std::string& parameter) {
        const std::string ours = node.type == NodeType::start             ? "timestamp start"
                                 : node.type == NodeType::end             ? "timestamp end"
                                 : node.type == NodeType::today           ? "date today"
                                 : node.type == NodeType::device_property ? "property " + node.device_property
                                                                          : " ";
        found_.same(path + " preload", ours, kind + " " + parameter);
    }

    // Translated messages are itext references; their texts are held by the reader's own tests.
    void same_message(const std::string& what, const form::LocalizedText& ours, std::optional<std::string> theirs) {
        if (theirs && theirs->starts_with("jr:itext(")) {
            found_.same(what, ours.empty() ? "none" : "one", "one");
        } else {
            found_.same(what, plain_text(ours.in(form_.default_language)), theirs.value_or(""));
        }
    }

    void compare_node_control(const Node& node, const std::string& path) {
        const auto found = reference_.controls.find(path);
        if (found == reference_.controls.end()) {
            // A group that says nothing may be left out of the body.
            if (!control_of(node).empty() && !node.is_container() && !node.is_silent()) {
                found_.add(fmt::format("{}: the reference does not ask it", path));
            }
            return;
        }
        ReferenceControl control = found->second;
        std::set<ReferenceAction> actions;
        for (ReferenceAction action : control.actions) {
            if (const auto value = action.attributes.find("value"); value != action.attributes.end()) {
                value->second = words_of_xpath(value->second, action.ref, PlainName::node);
            }
            actions.insert(std::move(action));
        }
        control.actions = std::move(actions);
        compare_control(form_, node, control, actions_[path], found_);
        const auto count = control.attributes.find("jr:count");
        found_.same(path + " count", node.repeat_count == nullptr ? "none" : "one",
                    count == control.attributes.end() ? "none" : "one");
        if (count != control.attributes.end() && node.repeat_count != nullptr) {
            compare_count(node, path, count->second);
        }
    }

    // An expression has a node of its own in the reference.
    void compare_count(const Node& node, const std::string& path, const std::string& count) {
        const std::string generated = path + "_count";
        const bool own = below_root(count) == generated && reference_.values.contains(generated);
        const Attributes bind = bind_of(generated);
        const auto calculate = bind.find("calculate");
        paths_.insert(own ? generated : path);
        found_.same_expression(path + " repeat count", node.repeat_count,
                               own && calculate != bind.end() ? calculate->second : count, path);
    }

    void compare_audit() {
        const bool theirs = reference_.meta.contains("audit");
        found_.same("audit", form_.audit ? "one" : "none", theirs ? "one" : "none");
        if (form_.audit && theirs) {
            compare_bind(*form_.audit, "/meta/audit");
        }
    }

    void compare_entities() {
        std::map<std::string, ReferenceEntity, std::less<>> theirs = reference_.entities;
        for (const form::Entity& entity : form_.entities) {
            const auto found = theirs.find(below_root(entity.path));
            if (found == theirs.end()) {
                found_.add(fmt::format("the entity {} at \"{}\" is not in the reference", entity.list_name,
                                       below_root(entity.path)));
                continue;
            }
            compare_entity(entity, found->second);
            theirs.erase(found);
        }
        for (const auto& [path, entity] : theirs) {
            found_.add(fmt::format("only the reference has an entity at \"{}\"", path));
        }
    }

    void compare_entity(const form::Entity& entity, const ReferenceEntity& theirs) {
        const std::string what = "the entity " + entity.list_name;
        Attributes attributes{{"dataset", entity.list_name}, {"id", ""}};
        if (entity.creates()) {
            attributes.emplace("create", "1");
        }
        if (entity.updates()) {
            attributes.insert({{"update", "1"}, {"baseVersion", ""}, {"trunkVersion", ""}, {"branchId", ""}});
        }
        found_.same(what, attributes, theirs.attributes);
        const std::string own = below_root(entity.path) + "/meta/entity/";
        const auto same_bind = [&](const std::string& part, const std::shared_ptr<const form::Expression>& ours) {
            const auto bind = theirs.binds.find(part);
            const Attributes none;
            const Attributes& found = bind == theirs.binds.end() ? none : bind->second;
            const auto calculate = found.find("calculate");
            found_.same_expression(what + " " + part, ours,
                                   calculate == found.end() ? std::nullopt : std::optional(calculate->second),
                                   own + part);
        };
        same_bind("label", entity.label);
        same_bind("@id", entity.entity_id);
        same_bind("@create", entity.create_if);
        same_bind("@update", entity.update_if);
        // An entity without an id of its own gets one when the form opens, and so in every repetition.
        const form::Node* holder = form_.find(entity.path);
        bool repeats = false;
        for (; holder != nullptr; holder = form_.find(holder->path.substr(0, holder->path.rfind('/')))) {
            repeats = repeats || holder->type == NodeType::repeat;
        }
        std::set<ReferenceAction> actions;
        if (!entity.updates()) {
            const auto add = [&](const char* event) {
                actions.insert({"setvalue", own + "@id", {{"event", event}, {"value", "uuid()"}}});
            };
            add("odk-instance-first-load");
            if (repeats) {
                add("odk-new-repeat");
            }
        }
        found_.same(what + " id", std::to_string(actions.size()), std::to_string(theirs.actions.size()));
        for (const ReferenceAction& action : actions) {
            if (!theirs.actions.contains(action)) {
                found_.add(fmt::format("{}: the reference does not set {}", what, action.ref));
            }
        }
    }

    // What the device does when the form opens.
    void compare_opening() {
        std::set<ReferenceAction> ours;
        collect_opening(form_.nodes, ours);
        for (const ReferenceAction& action : ours) {
            if (!reference_.actions.contains(action)) {
                found_.add(fmt::format("{}: the reference has no {}", action.ref, action.name));
            }
        }
        for (const ReferenceAction& action : reference_.actions) {
            if (!ours.contains(action)) {
                found_.add(fmt::format("{}: only the reference has {}", action.ref, action.name));
            }
        }
    }

    void collect_opening(const std::vector<Node>& nodes, std::set<ReferenceAction>& actions) {
        for (const Node& node : nodes) {
            if (node.type == NodeType::start_geopoint) {
                actions.insert({"odk:setgeopoint", below_root(node.path), {{"event", "odk-instance-first-load"}}});
            } else if (node.type == NodeType::background_audio) {
                ReferenceAction action{"odk:recordaudio", below_root(node.path), {{"event", "odk-instance-load"}}};
                if (const auto quality = node.parameters.find("quality"); quality != node.parameters.end()) {
                    action.attributes.emplace("odk:quality", quality->second);
                }
                actions.insert(std::move(action));
            }
            collect_opening(node.children, actions);
        }
    }

    const form::Form& form_;
    const ReferenceForm& reference_;
    Differences found_;
    std::set<std::string, std::less<>> paths_;
    std::map<std::string, std::set<ReferenceAction>, std::less<>> actions_;  // by the path of the control
};

}  // namespace

std::vector<std::string> differences(const form::Form& form, const ReferenceForm& reference) {
    return Comparison(form, reference).run();
}

}  // namespace pillarbox::tests
