// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of an export as whole texts, of responses that are in memory.
#pragma once

#include <string>
#include <vector>

#include "desk/exports/csv.hpp"
#include "desk/exports/json.hpp"

namespace pillarbox::tests {

struct FileText {
    std::string file_name, text;
};

inline std::vector<FileText> texts_of(exports::RecordSource& records, const exports::DataFiles& files) {
    std::vector<FileText> texts;
    for (const std::string& name : exports::names_of(files)) {
        texts.push_back({name, {}});
    }
    const auto written = exports::write_files(records, files, [&](std::size_t file, std::string_view piece) {
        texts[file].text += piece;
        return base::Result<void>{};
    });
    REQUIRE(written.has_value());
    return texts;
}

inline std::vector<FileText> texts_of(const std::vector<exports::Record>& records, const exports::DataFiles& files) {
    exports::RecordList list(records);
    return texts_of(list, files);
}

inline std::vector<FileText> responses_csv(const form::Form& form, const std::vector<exports::Record>& records) {
    return texts_of(records, exports::responses_csv(form));
}

inline std::vector<FileText> contacts_csv(const form::Form& form, const std::vector<exports::Record>& records) {
    return texts_of(records, exports::contacts_csv(form));
}

inline std::string json_of(exports::RecordSource& records, const form::Form& form) {
    exports::DataFiles files;
    files.push_back(exports::responses_json(form));
    return texts_of(records, files).front().text;
}

inline std::string responses_json(const form::Form& form, const std::vector<exports::Record>& records) {
    exports::RecordList list(records);
    return json_of(list, form);
}

}  // namespace pillarbox::tests
