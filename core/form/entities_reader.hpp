// SPDX-License-Identifier: GPL-3.0-or-later
//
// The entities sheet and the save_to column. https://docs.getodk.org/entities-intro/ and the ODK entities
// specification (2025.1): several entities a form, each with one group, repeat or the whole form to itself.
#pragma once

#include <set>

#include "core/form/outline.hpp"
#include "core/form/problems.hpp"
#include "core/form/sheet.hpp"

namespace pillarbox::form {

// Reads, binds and places the entities, and gathers their properties from the nodes' save_to. `sheet` is null where
// the workbook has none. `files` must have the list of each entity that is updated.
[[nodiscard]] std::vector<Entity> read_entities(const Sheet* sheet, const Outline& outline,
                                                const std::string& root_name, const ExternalFiles& files,
                                                Problems& problems);

// The names on the sheet, for what refers to lists of entities.
[[nodiscard]] std::set<std::string, std::less<>> entity_lists_of(const Sheet* sheet);

}  // namespace pillarbox::form
