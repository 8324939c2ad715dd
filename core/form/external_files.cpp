// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/external_files.hpp"

#include <fmt/format.h>

namespace pillarbox::form {

std::string instance_of_file(std::string_view file_name) {
    return std::string(file_name.substr(0, file_name.rfind('.')));
}

void add_external_file(const std::string& file_name, const Place& place, ExternalFiles& files, Problems& problems) {
    const std::string instance = instance_of_file(file_name);
    const auto [entry, fresh] = files.emplace(instance, file_name);
    if (!fresh && entry->second != file_name) {
        problems.malformed(
            place, fmt::format("The files {} and {} have the same name before the dot.", entry->second, file_name),
            "Rename one of them.");
    }
}

}  // namespace pillarbox::form
