// SPDX-License-Identifier: GPL-3.0-or-later
//
// A workbook of a form alone, without what makes a campaign of it.
#include "../../core/form/workbook_builder.hpp"
#include "desk_fixture.hpp"

namespace pillarbox {

TEST_CASE("A plain workbook is said to be a sound form and no campaign") {
    const tests::DeskFixture desk;
    const base::Bytes sound = tests::workbook_of("| survey |\n| | type | name | label |\n| | text | q | Hello |");
    tests::ExampleExport::put(desk.path("form.xlsx"), sound);
    const tests::Ran ran = desk.run("campaign check form.xlsx");
    CHECK(ran.status == 3);
    CHECK(ran.out.find("the form has no problems") != std::string::npos);
    CHECK(ran.err.find("sheet campaign") != std::string::npos);

    const base::Bytes wrong = tests::workbook_of("| survey |\n| | type | name | label |\n| | txet | q | Hello |");
    tests::ExampleExport::put(desk.path("wrong.xlsx"), wrong);
    const tests::Ran refused = desk.run("campaign check wrong.xlsx");
    CHECK(refused.status == 3);
    CHECK(refused.out.empty());
    CHECK(refused.err.find("sheet survey, row 2, column type") != std::string::npos);
}

}  // namespace pillarbox
