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

struct ReferenceChoice {
    std::string name;
    Texts label;
};

struct ReferenceControl {
    std::string kind;  // "input", "select1", "group"...
    Attributes attributes;
    Texts label, hint, guidance_hint;
    std::map<std::string, Texts, std::less<>> media;
    std::string itemset;                   // its nodeset, empty where the choices stand in the control
    std::vector<ReferenceChoice> choices;  // of either
    std::set<std::string> actions;         // other elements inside: "setvalue", "odk:setgeopoint"
};

struct ReferenceForm {
    std::string title, id, version;
    std::map<std::string, std::string, std::less<>> values;  // by path: every element, with its default
    std::set<std::string, std::less<>> repeats;
    std::map<std::string, Attributes, std::less<>> binds;
    std::map<std::string, ReferenceControl, std::less<>> controls;
    std::map<std::string, std::string, std::less<>> first_load;  // setvalue when the form opens
    std::set<std::string> other_parts;                           // what has no place above, by name
};

[[nodiscard]] base::Result<ReferenceForm> read_reference(std::string_view xform);

}  // namespace pillarbox::tests
