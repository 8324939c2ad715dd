// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference_form.hpp"

#include <pugixml.hpp>

#include "core/form/cell_text.hpp"
#include "core/form/table.hpp"
#include "core/form/xml.hpp"
#include "expression_words.hpp"

namespace pillarbox::tests {
namespace {

using form::local_name;

std::string plain(std::string_view text) {
    std::string joined;
    for (const std::string& word : form::words_of(text)) {
        joined += (joined.empty() ? "" : " ") + word;
    }
    return joined;
}

// The words of an element; <output value=" /data/name "/> reads "${name}".
std::string words_in(const pugi::xml_node& node) {
    std::string text;
    for (const pugi::xml_node& part : node.children()) {
        if (local_name(part) == "output") {
            const std::string value = plain(part.attribute("value").value());
            text += value.starts_with("instance(") ? "{" + words_of_xpath(value, "", PlainName::node) + "}"
                                                   : "${" + value.substr(value.rfind('/') + 1) + "}";
        } else {
            text += part.value();
        }
    }
    return plain(text);
}

Attributes attributes_of(const pugi::xml_node& node) {
    Attributes attributes;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        attributes.emplace(attribute.name(), plain(attribute.value()));
    }
    return attributes;
}

// A dynamic default of a question in a repeat.
bool is_new_repeat(const pugi::xml_node& node) {
    return local_name(node) == "setvalue" && std::string_view(node.attribute("event").value()) == "odk-new-repeat";
}

class Reader {
  public:
    ReferenceForm run(const pugi::xml_node& html) {
        const pugi::xml_node head = form::child_of(html, "head");
        const pugi::xml_node model = form::child_of(head, "model");
        form_.title = words_in(form::child_of(head, "title"));
        read_itext(form::child_of(model, "itext"));
        for (const pugi::xml_node& part : model.children()) {
            read_part(part);
        }
        read_body(form::child_of(html, "body"));
        return std::move(form_);
    }

  private:
    using ByForm = TextsByForm;  // also "" and "guidance"

    void read_itext(const pugi::xml_node& itext) {
        for (const pugi::xml_node& translation : itext.children()) {
            const std::string written = translation.attribute("lang").value();
            const std::string language = written == "default" ? "" : form::language_code(written);
            for (const pugi::xml_node& text : translation.children()) {
                for (const pugi::xml_node& value : text.children()) {
                    itext_[text.attribute("id").value()][value.attribute("form").value()][language] = words_in(value);
                }
            }
        }
    }

    void read_part(const pugi::xml_node& part) {
        const std::string_view name = local_name(part);
        if (name == "instance") {
            read_instance(part);
        } else if (name == "bind") {
            read_bind(attributes_of(part));
        } else if (name == "submission") {
            form_.submission = attributes_of(part);
        } else if (name == "setvalue" || name == "setgeopoint" || name == "recordaudio") {
            read_action(action_of(part));
        } else if (name != "itext") {
            form_.other_parts.emplace(part.name());
        }
    }

    void read_instance(const pugi::xml_node& instance) {
        const std::string id = instance.attribute("id").value();
        if (!form_.id.empty() && instance.attribute("src")) {
            form_.sources.emplace(id, instance.attribute("src").value());
        } else if (!form_.id.empty()) {
            secondary_.emplace(id, instance);
        } else {
            const pugi::xml_node root = instance.first_child();
            form_.attributes = attributes_of(root);
            form_.id = form_.attributes["id"];
            form_.version = form_.attributes["version"];
            form_.attributes.erase("id");
            form_.attributes.erase("version");
            read_elements(root, "");
        }
    }

    // Of "/group/meta/entity/@id", the path of what holds the entity; empty strings where it is none.
    static std::pair<std::string, std::string> part_of_entity(const std::string& path) {
        constexpr std::string_view entity = "/meta/entity/";
        const std::size_t found = path.find(entity);
        return found == std::string::npos ? std::pair<std::string, std::string>()
                                          : std::pair(path.substr(0, found), path.substr(found + entity.size()));
    }

    void read_bind(Attributes attributes) {
        const std::string path = below_root(attributes["nodeset"]);
        attributes.erase("nodeset");
        if (const auto [holder, part] = part_of_entity(path); !part.empty()) {
            form_.entities[holder].binds.emplace(part, std::move(attributes));
        } else if (path != "/meta/instanceID") {
            form_.binds.emplace(path, std::move(attributes));
        }
    }

    static ReferenceAction action_of(const pugi::xml_node& node) {
        ReferenceAction action{node.name(), below_root(plain(node.attribute("ref").value())), attributes_of(node)};
        action.attributes.erase("ref");
        return action;
    }

    void read_action(ReferenceAction action) {
        if (const auto [holder, part] = part_of_entity(action.ref); !part.empty()) {
            form_.entities[holder].actions.insert(std::move(action));
        } else if (action.name == "setvalue") {
            form_.first_load.emplace(action.ref, action.attributes["value"]);
        } else {
            form_.actions.insert(std::move(action));
        }
    }

    void read_meta(const pugi::xml_node& meta, const std::string& path) {
        for (const pugi::xml_node& element : meta.children()) {
            if (local_name(element) == "entity") {
                form_.entities[path].attributes = attributes_of(element);
            } else {
                form_.meta.emplace(element.name());
            }
        }
    }

    void read_elements(const pugi::xml_node& parent, const std::string& path) {
        for (const pugi::xml_node& element : parent.children()) {
            if (element.type() == pugi::node_element && local_name(element) == "meta") {
                read_meta(element, path);
            } else if (element.type() == pugi::node_element) {
                const std::string own = path + "/" + element.name();
                form_.values[own] = element.first_child().type() == pugi::node_element ? "" : words_in(element);
                form_.element_attributes[own] = attributes_of(element);
                form_.element_attributes[own].erase("jr:template");
                read_elements(element, own);
            }
        }
    }

    void read_text(const pugi::xml_node& node, ByForm& texts) const {
        const std::string_view reference = node.attribute("ref").value();
        const std::size_t open = reference.find('\'');
        if (open == std::string_view::npos) {
            if (std::string words = words_in(node); !words.empty()) {
                texts[""][""] = std::move(words);
            }
            return;
        }
        const auto found = itext_.find(reference.substr(open + 1, reference.rfind('\'') - open - 1));
        if (found != itext_.end()) {
            texts = found->second;
        }
    }

    // Groups and repeats of the body share a path: what they say is laid together.
    void read_body(const pugi::xml_node& parent) {
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            const std::string_view ref = node.attribute(name == "repeat" ? "nodeset" : "ref").value();
            if (node.type() != pugi::node_element || (ref.empty() && name != "group") || name == "label" ||
                name == "hint") {
                continue;
            }
            const std::string path = below_root(ref);
            if (is_new_repeat(node)) {
                read_action(action_of(node));
                continue;
            }
            ReferenceControl& control = form_.controls[path];
            control.kind = name;
            control.attributes.merge(attributes_of(node));
            read_parts(node, control);
            if (name == "repeat" || name == "group") {
                read_body(node);
            }
        }
    }

    void read_parts(const pugi::xml_node& node, ReferenceControl& control) {
        for (const pugi::xml_node& part : node.children()) {
            const std::string_view name = local_name(part);
            ByForm texts;
            if (name == "label") {
                read_text(part, texts);
                control.label = std::move(texts[""]);
                texts.erase("");
                control.media = std::move(texts);
            } else if (name == "hint") {
                read_text(part, texts);
                control.hint = std::move(texts[""]);
                control.guidance_hint = std::move(texts["guidance"]);
            } else if (name == "item") {
                control.choices.push_back(choice_of(part));
            } else if (name == "itemset") {
                control.itemset = plain(part.attribute("nodeset").value());
                control.value_ref = form::child_of(part, "value").attribute("ref").value();
                control.label_ref = form::child_of(part, "label").attribute("ref").value();
                read_itemset(control);
            } else if ((name == "setvalue" || name == "setgeopoint") && !is_new_repeat(part)) {
                control.actions.insert(action_of(part));
            }
        }
    }

    [[nodiscard]] ReferenceChoice choice_of(const pugi::xml_node& item) const {
        ReferenceChoice choice;
        for (const pugi::xml_node& part : item.children()) {
            const std::string_view name = local_name(part);
            ByForm texts;
            if (name == "name" || name == "value") {
                choice.name = words_in(part);
            } else if (name == "label") {
                read_text(part, texts);
                choice.label = std::move(texts[""]);
            } else if (name == "itextId") {
                if (const auto found = itext_.find(part.child_value()); found != itext_.end()) {
                    texts = found->second;
                    choice.label = std::move(texts[""]);
                    texts.erase("");
                    choice.media = std::move(texts);
                }
            }
        }
        return choice;
    }

    void read_itemset(ReferenceControl& control) {
        const std::size_t open = control.itemset.find("instance('");
        if (open == std::string::npos) {
            return;
        }
        const std::size_t first = open + 10;
        const auto found = secondary_.find(control.itemset.substr(first, control.itemset.find('\'', first) - first));
        if (found == secondary_.end()) {
            return;
        }
        for (const pugi::xml_node& item : found->second.first_child().children()) {
            control.choices.push_back(choice_of(item));
        }
    }

    ReferenceForm form_;
    std::map<std::string, ByForm, std::less<>> itext_;
    std::map<std::string, pugi::xml_node, std::less<>> secondary_;
};

}  // namespace

base::Result<ReferenceForm> read_reference(std::string_view xform) {
    pugi::xml_document document;
    TRY(form::parse_xml(xform, "the reference XForm", document));
    return Reader().run(document.document_element());
}

}  // namespace pillarbox::tests
