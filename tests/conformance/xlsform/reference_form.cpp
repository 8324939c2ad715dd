// SPDX-License-Identifier: GPL-3.0-or-later
#include "reference_form.hpp"

#include <pugixml.hpp>

#include "core/form/cell_text.hpp"
#include "core/form/table.hpp"
#include "core/form/xml.hpp"

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

// "/data/group/name" -> "/group/name"
std::string below_root(std::string_view path) {
    const std::size_t slash = path.find('/', 1);
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(slash));
}

// The words of an element; <output value=" /data/name "/> reads "${name}".
std::string words_in(const pugi::xml_node& node) {
    std::string text;
    for (const pugi::xml_node& part : node.children()) {
        if (local_name(part) == "output") {
            const std::string value = plain(part.attribute("value").value());
            text += "${" + value.substr(value.rfind('/') + 1) + "}";
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
    using ByForm = std::map<std::string, Texts, std::less<>>;  // "", "guidance", "image"...

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
            if (form_.id.empty()) {
                const pugi::xml_node root = part.first_child();
                form_.id = root.attribute("id").value();
                form_.version = root.attribute("version").value();
                read_elements(root, "");
            } else {
                secondary_.emplace(part.attribute("id").value(), part);
            }
        } else if (name == "bind") {
            Attributes attributes = attributes_of(part);
            const std::string path = below_root(attributes["nodeset"]);
            attributes.erase("nodeset");
            if (!path.starts_with("/meta/") || path == "/meta/instanceName") {
                form_.binds.emplace(path, std::move(attributes));
            } else if (path != "/meta/instanceID") {
                form_.other_parts.insert(path);
            }
        } else if (name == "setvalue") {
            form_.first_load.emplace(below_root(plain(part.attribute("ref").value())),
                                     plain(part.attribute("value").value()));
        } else if (name != "itext") {
            form_.other_parts.emplace(part.name());
        }
    }

    void read_elements(const pugi::xml_node& parent, const std::string& path) {
        for (const pugi::xml_node& element : parent.children()) {
            if (element.type() != pugi::node_element || (path.empty() && local_name(element) == "meta")) {
                continue;
            }
            const std::string own = path + "/" + element.name();
            form_.values[own] = element.first_child().type() == pugi::node_element ? "" : words_in(element);
            read_elements(element, own);
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
                form_.first_load.emplace(path, plain(node.attribute("value").value()));
                continue;
            }
            ReferenceControl& control = form_.controls[path];
            control.kind = name;
            control.attributes.merge(attributes_of(node));
            if (name == "repeat") {
                form_.repeats.insert(path);
            }
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
                read_itemset(control);
            } else if ((name == "setvalue" || name == "setgeopoint") && !is_new_repeat(part)) {
                control.actions.insert(part.name());
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
