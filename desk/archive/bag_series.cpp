// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/bag_series.hpp"

#include <fmt/format.h>

#include "core/base/file.hpp"

namespace pillarbox::archive {

BagSeries::BagSeries(std::filesystem::path folder, std::string stem, std::uint64_t size_bytes_max)
    : folder_(std::move(folder)), stem_(std::move(stem)), size_bytes_max_(size_bytes_max) {}

base::Result<BagWriter*> BagSeries::bag_for(std::uint64_t size_bytes) {
    const bool fits = !bags_.empty() && (bags_.back().payload_files() == 0 ||
                                         bags_.back().payload_size_bytes() + size_bytes <= size_bytes_max_);
    if (!fits) {
        BagWriter writer = TRY(BagWriter::create(folder_, fmt::format("{}-{:03}", stem_, bags_.size() + 1)));
        bags_.push_back(std::move(writer));
    }
    return &bags_.back();
}

base::Result<void> BagSeries::add(const std::vector<PayloadFile>& unit) {
    std::uint64_t size_bytes = 0;
    for (const PayloadFile& file : unit) {
        size_bytes += file.bytes.size();
    }
    BagWriter* bag = TRY(bag_for(size_bytes));
    for (const PayloadFile& file : unit) {
        TRY(bag->add(file.path, file.bytes));
    }
    return {};
}

base::Result<void> BagSeries::add_file(const std::string& path, const std::filesystem::path& source) {
    std::error_code problem;
    const std::uint64_t size_bytes = std::filesystem::file_size(source, problem);
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), source, "read"));
    }
    BagWriter* bag = TRY(bag_for(size_bytes));
    return bag->add_file(path, source);
}

base::Result<std::vector<std::string>> BagSeries::finish(const std::vector<PayloadFile>& tag_files,
                                                         const Tags& info) {
    std::vector<std::string> names;
    for (BagWriter& bag : bags_) {
        for (const PayloadFile& file : tag_files) {
            TRY(bag.add_tag_file(file.path, file.bytes));
        }
        Tags all = info;
        all.emplace_back("External-Identifier", bag.name());
        all.emplace_back("Bag-Group-Identifier", stem_);
        all.emplace_back("Bag-Count", fmt::format("{} of {}", names.size() + 1, bags_.size()));
        TRY(bag.finish(std::move(all)));
        names.push_back(bag.name());
    }
    return names;
}

}  // namespace pillarbox::archive
