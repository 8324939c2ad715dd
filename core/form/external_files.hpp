// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of choices that a form names: by a csv-external or xml-external row, or as the source of a select.
#pragma once

#include <string>
#include <string_view>

#include "core/form/form.hpp"
#include "core/form/problems.hpp"

namespace pillarbox::form {

// "cities.csv" -> "cities", the name by which expressions call the file.
[[nodiscard]] std::string instance_of_file(std::string_view file_name);

// Refuses two files that expressions would call by one name.
void add_external_file(const std::string& file_name, const Place& place, ExternalFiles& files, Problems& problems);

}  // namespace pillarbox::form
