// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reference XForm (as pyxform writes it) says, in the terms in which a form::Form is compared with it.
// https://getodk.github.io/xforms-spec/. Paths are without the root element ("/group/name"), which the reference
// names as its test pleases.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::tests {

using Attributes = std::map<std::string, std::string, std::less<>>;
// A text by language; "" is the default. A reference to an answer stands as "${name}".
using Texts = std::map<std::string, std::string, std::less<>>;
using TextsByForm = std::map<std::string, Texts, std::less<>>;  // "image", "audio"...

struct ReferenceChoice {
    std::string name;
    Texts label;
    TextsByForm media;
};

// setvalue, odk:setgeopoint, odk:recordaudio: what happens, to which answer, with which attributes ("event",
// "value").
struct ReferenceAction {
    std::string name, ref;
    Attributes attributes;
    auto operator<=>(const ReferenceAction&) const = default;
};

struct ReferenceControl {
    std::string kind;  // "input", "select1", "group"...
    Attributes attributes;
    Texts label, hint, guidance_hint;
    TextsByForm media;
    std::string itemset;                   // its nodeset, empty where the choices stand in the control
    std::string value_ref, label_ref;      // of the itemset
    std::vector<ReferenceChoice> choices;  // of either
    std::set<ReferenceAction> actions;
};

// An entity declaration, by the path of what holds it.
struct ReferenceEntity {
    Attributes attributes;                    // dataset, create, update...
    std::map<std::string, Attributes> binds;  // "label", "@id", "@create"...
    std::set<ReferenceAction> actions;
};

struct ReferenceForm {
    std::string title, id, version;
    Attributes attributes;                                   // of the root element, others
    Attributes submission;                                   // of the submission element
    std::map<std::string, std::string, std::less<>> values;  // by path: every element, with its default
    std::map<std::string, Attributes, std::less<>> element_attributes;
    std::map<std::string, Attributes, std::less<>> binds;
    std::map<std::string, ReferenceControl, std::less<>> controls;
    std::map<std::string, std::string, std::less<>> first_load;  // setvalue when the form opens
    std::map<std::string, std::string, std::less<>> sources;     // of instances that are files, by id
    std::map<std::string, ReferenceEntity, std::less<>> entities;
    std::set<ReferenceAction> actions;  // others when the form opens
    std::set<std::string> meta;         // instanceID, audit...
    std::set<std::string> other_parts;  // what has no place above, by name
};

[[nodiscard]] base::Result<ReferenceForm> read_reference(std::string_view xform);

}  // namespace pillarbox::tests
