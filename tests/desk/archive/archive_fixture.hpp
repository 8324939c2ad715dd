// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bags to damage, and bags of synthetic responses made by the program itself.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "desk/archive/bag_check.hpp"
#include "desk/archive/bag_writer.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

namespace fs = std::filesystem;

inline void put(const fs::path& path, std::string_view text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

inline std::string text_in(const fs::path& path) {
    return std::string(base::text_of(base::read_file(path, std::size_t{64} << 20U).value()));
}

// Every file of a folder with its bytes, by path.
inline std::map<std::string, std::string> files_in(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files[entry.path().lexically_relative(folder).generic_string()] = text_in(entry.path());
        }
    }
    return files;
}

// A small valid bag of three files, one of them with a name that has to be encoded.
inline fs::path make_bag(const fs::path& folder, const std::string& name = "bag") {
    auto writer = archive::BagWriter::create(folder, name).value();
    REQUIRE(writer.add("a.txt", base::view_of("first\n")).has_value());
    REQUIRE(writer.add("folder/b.txt", base::view_of("second\n")).has_value());
    REQUIRE(writer.add("100%\nodd.txt", base::view_of("third\n")).has_value());
    REQUIRE(writer.add_tag_file("metadata/note.txt", base::view_of("a note\n")).has_value());
    return writer
        .finish({{"Source-Organization", "Example"},
                 {"Pillarbox-Retention-Class", "contacts"},
                 {"Pillarbox-Keep-Until", "2023-05-10"}})
        .value();
}

// One run of make_responses and of `pillarbox archive make` for a whole program of tests.
class SyntheticArchive {
  public:
    static const SyntheticArchive& get() {
        static const SyntheticArchive made;
        return made;
    }
    [[nodiscard]] const fs::path& folder() const { return folder_.path(); }
    [[nodiscard]] const nlohmann::json& truth() const { return truth_; }

    [[nodiscard]] Outcome archive(const std::string& out, const std::vector<std::string>& more = {}) const {
        const fs::path made = folder() / "made";
        std::vector<std::string> words{built_program("pillarbox"),
                                       "archive",
                                       "make",
                                       "--export",
                                       made / "export",
                                       "--pack",
                                       made / "campaign.pack",
                                       "--committee-key",
                                       committee_key_,
                                       "--identity",
                                       made / "sealing.key",
                                       "--out",
                                       folder() / out,
                                       "--day",
                                       "2023-03-01"};
        words.insert(words.end(), more.begin(), more.end());
        return run_program(words);
    }

  private:
    SyntheticArchive() {
        const fs::path made = folder() / "made";
        REQUIRE(run_program({built_program("make_responses"), "--seed", "3", "--count", "1200", made}).exit_code ==
                0);
        truth_ = nlohmann::json::parse(text_in(made / "truth.json"));
        committee_key_ = text_in(made / "committee-key.txt");
        committee_key_.pop_back();
        REQUIRE(archive("bags").exit_code == 0);
    }
    TemporaryFolder folder_;
    nlohmann::json truth_;
    std::string committee_key_;
};

}  // namespace pillarbox::tests
