// SPDX-License-Identifier: GPL-3.0-or-later
//
// K02, K03, K08 and K29: what a node says of itself.
#include <algorithm>
#include <cctype>
#include <set>

#include "accessibility/semantics/audit_parts.hpp"

namespace pillarbox::semantics {
namespace {

void check_ids(AuditPage& page) {
    std::set<NodeId> seen;
    for (const Node& node : page.tree().nodes) {
        if (!seen.insert(node.id).second) {
            page.report(Check::unique_id, node, "Another node of this page has the same key.");
        }
    }
}

// A part of a date is wrong because the date is: the group says why.
bool says_why(const AuditPage& page, const Node& node) {
    const Node* group = page.find(node.parent);
    return !node.error.empty() || (group != nullptr && !group->error.empty());
}

void check_name(AuditPage& page, const Node& node) {
    const bool may_be_nameless = node.role == Role::header || node.role == Role::main || node.role == Role::footer ||
                                 node.role == Role::list || node.flags.has(Flag::decorative);
    if (node.name.empty() && !may_be_nameless) {
        page.report(Check::name_role_value, node, "A " + std::string(name_of(node.role)) + " has no name.");
    }
    const bool needs_range = node.role == Role::slider || node.role == Role::progress;
    if (needs_range && (!node.range || node.range->max <= node.range->min)) {
        page.report(Check::name_role_value, node, "It has a value on a scale and does not say from where to where.");
    }
    if (node.flags.has(Flag::invalid) && !says_why(page, node)) {
        page.report(Check::name_role_value, node, "It is wrong and does not say why.");
    }
    if (node.position > node.set_size) {
        page.report(Check::name_role_value, node,
                    "It is number " + std::to_string(node.position) + " of " + std::to_string(node.set_size) + ".");
    }
}

void check_references(AuditPage& page, const Node& node) {
    if (node.id != page.tree().root && page.find(node.parent) == nullptr) {
        page.report(Check::name_role_value, node, "Its parent does not exist.");
    }
    for (const NodeId other : {node.labelled_by, node.described_by, node.error_of, node.controls}) {
        if (other != NodeId::none && page.find(other) == nullptr) {
            page.report(Check::name_role_value, node, "It refers to a node that does not exist.");
        }
    }
}

// Letters in one case and white space as one blank. Only ASCII has its case taken away: a name in another script is
// written as its label is.
std::string spoken_form(std::string_view text) {
    std::string form;
    for (const char letter : text) {
        const bool blank = letter == ' ' || letter == '\n' || letter == '\t';
        if (blank && (form.empty() || form.back() == ' ')) {
            continue;
        }
        const bool ascii = static_cast<unsigned char>(letter) < 0x80U;
        form += blank ? ' ' : (ascii ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter))) : letter);
    }
    return form;
}

void check_label(AuditPage& page, const Node& node) {
    const std::string label = spoken_form(node.visual.label);
    if (!label.empty() && spoken_form(node.name).find(label) == std::string::npos) {
        page.report(Check::label_in_name, node,
                    "\"" + node.visual.label + "\" is written on it, and it is called \"" + node.name + "\".");
    }
}

std::string_view word_of(Checked state) {
    switch (state) {
        case Checked::none:
            return "nothing";
        case Checked::off:
            return "off";
        case Checked::on:
            return "on";
        case Checked::mixed:
            return "mixed";
    }
    return "";
}

void check_toggle(AuditPage& page, const Node& node) {
    const bool must_have_state = node.role == Role::radio || node.role == Role::checkbox;
    if (must_have_state && node.checked == Checked::none) {
        page.report(Check::toggle_state, node, "It can be chosen, but does not say whether it is.");
    } else if (node.checked != node.visual.mark) {
        page.report(Check::toggle_state, node,
                    "It says that it is " + std::string(word_of(node.checked)) + " and its mark shows " +
                        std::string(word_of(node.visual.mark)) + ".");
    }
}

bool speaks(const std::vector<std::string>& languages, const std::string& lang) {
    return std::ranges::find(languages, lang) != languages.end() ||
           std::ranges::find(languages, lang.substr(0, lang.find('-'))) != languages.end();
}

}  // namespace

void check_names(AuditPage& page) {
    check_ids(page);
    for (const Node& node : page.tree().nodes) {
        if (node.flags.has(Flag::hidden)) {
            continue;
        }
        check_name(page, node);
        check_references(page, node);
        check_label(page, node);
        check_toggle(page, node);
    }
}

void check_languages(AuditPage& page) {
    const bool in_writing = find_key(page.tree(), unspoken_note_key) != nullptr;
    for (const Node& node : page.tree().nodes) {
        if (node.lang.empty()) {
            page.report(Check::language, node, "It has no language.");
        } else if (page.settings().spoken && !speaks(*page.settings().spoken, node.lang) && !in_writing) {
            page.report(Check::language, node,
                        "No voice or clip speaks \"" + node.lang + "\", and the page does not say so.");
        }
    }
}

}  // namespace pillarbox::semantics
