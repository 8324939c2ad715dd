// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "desk/opening/output_folder.hpp"
#include "made_outputs.hpp"

namespace pillarbox::tests {

TEST_CASE("an export for a browser is a zip file of the files that an export into a folder has") {
    OutputsFixture fixture(40);
    workspace::Workspace opened = fixture.open();
    for (const outputs::Extent extent : {outputs::Extent::anonymised, outputs::Extent::full}) {
        const fs::path folder = fixture.temporary / (extent == outputs::Extent::full ? "full" : "anonymised");
        fs::create_directories(folder);
        opening::FilesTogether together(folder);
        const auto made = outputs::make_export(opened, fixture.ada, {extent, {}},
                                               [&](exports::RecordSource& records, const exports::DataFiles& files) {
                                                   return together.write(records, files);
                                               });
        REQUIRE(made.has_value());
        CHECK_FALSE(fs::exists(folder / "responses.csv"));  // not before the trail has it
        REQUIRE(together.give_names().has_value());
        base::Bytes packed;
        const auto pack = [&](exports::RecordSource& records, const exports::DataFiles& files) -> base::Result<void> {
            packed = TRY(outputs::zipped(records, files));
            return {};
        };
        REQUIRE(outputs::make_export(opened, fixture.ada, {extent, {}}, pack).has_value());
        REQUIRE(base::write_file(fixture.temporary / "export.zip", packed).has_value());
        std::string expected;
        for (const std::string& name : made->files) {
            expected += bytes_in(folder / name) + "\n";
        }
        CHECK(made->files.size() == (extent == outputs::Extent::full ? 5 : 3));
        CHECK(unzipped(fixture.temporary / "export.zip") == expected);
    }
}

TEST_CASE("an export that cannot be read to its end leaves no file and no line in the trail") {
    OutputsFixture fixture(200);
    workspace::Workspace opened = fixture.open();
    const std::size_t before = workspace::audit_trail(opened).value().size();
    const fs::path folder = fixture.temporary / "out";
    fs::create_directories(folder);
    {
        opening::FilesTogether together(folder);
        const auto made = outputs::make_export(
            opened, fixture.ada, {}, [&](exports::RecordSource& records, const exports::DataFiles& files) {
                REQUIRE(together.write(records, files).has_value());
                return base::Result<void>(base::fail(base::ErrorCode::damaged, {}, "A page does not open."));
            });
        CHECK(made.error().code == base::ErrorCode::damaged);
    }
    CHECK(fs::is_empty(folder));
    CHECK(workspace::audit_trail(opened).value().size() == before);
}

}  // namespace pillarbox::tests
