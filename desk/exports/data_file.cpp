// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/data_file.hpp"

#include <algorithm>
#include <iterator>

namespace pillarbox::exports {
namespace {
constexpr std::size_t piece_size_bytes = std::size_t{64} << 10U;
}

base::Result<void> write_files(RecordSource& records, const DataFiles& files, const TakePiece& take) {
    std::vector<std::string> waiting(files.size());
    for (std::size_t file = 0; file < files.size(); ++file) {
        files[file]->begin(waiting[file]);
    }
    for (std::size_t index = 0; index < records.size(); ++index) {
        const Record record = TRY(records.at(index));
        const AnswerIndex answers(record.submission);
        for (std::size_t file = 0; file < files.size(); ++file) {
            files[file]->add(record, answers, waiting[file]);
            if (waiting[file].size() >= piece_size_bytes) {
                TRY(take(file, waiting[file]));
                waiting[file].clear();
            }
        }
    }
    for (std::size_t file = 0; file < files.size(); ++file) {
        files[file]->end(waiting[file]);
        TRY(take(file, waiting[file]));
    }
    return {};
}

void append(DataFiles& files, DataFiles from) {
    std::ranges::move(from, std::back_inserter(files));
}

std::vector<std::string> names_of(const DataFiles& files) {
    std::vector<std::string> names;
    std::ranges::transform(files, std::back_inserter(names), [](const auto& file) { return file->name(); });
    return names;
}

}  // namespace pillarbox::exports
