// SPDX-License-Identifier: GPL-3.0-or-later
//
// The .xlsx container and its cells: what spreadsheet programs write is read, what is damaged or hostile is refused.
#include "core/base/bytes.hpp"
#include "scenario.hpp"

using Catch::Matchers::Contains;
using pillarbox::base::Bytes;
using pillarbox::base::ErrorCode;
using pillarbox::form::check_workbook;
using pillarbox::form::read_workbook;
using pillarbox::form::WorkbookLimits;
using pillarbox::tests::parts_of_sheet;
using pillarbox::tests::workbook_of;
using pillarbox::tests::zip_of;
using pillarbox::tests::ZipEntries;

namespace {

constexpr std::string_view small_form = "| survey |\n| | type | name | label |\n| | text | q | Q |";

ErrorCode refusal_of(const Bytes& bytes, const WorkbookLimits& limits = {}) {
    const auto form = read_workbook(bytes, "test.xlsx", limits);
    REQUIRE_FALSE(form.has_value());
    INFO(form.error().describe());
    CHECK(form.error().where.starts_with("test.xlsx"));
    CHECK_FALSE(form.error().remedy.empty());
    return form.error().code;
}

void replace_part(ZipEntries& parts, std::string_view name, std::string content) {
    for (auto& [entry, old] : parts) {
        if (entry == name) {
            old = std::move(content);
            return;
        }
    }
    FAIL("no such part");
}

// The text of cell A2 of a sheet named "cells", whose A1 is "x". `cell` is the <c> element.
std::string text_of(const std::string& cell, std::string_view shared = {}, std::string_view styles = {}) {
    const std::string survey_rows =
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>type</t></is></c><c r=\"B1\" "
        "t=\"inlineStr\"><is><t>name</t></is></c>"
        "<c r=\"C1\" t=\"inlineStr\"><is><t>label</t></is></c></row><row r=\"2\"><c r=\"A2\" "
        "t=\"inlineStr\"><is><t>text</t></is></c>"
        "<c r=\"B2\" t=\"inlineStr\"><is><t>q</t></is></c>" +
        cell + "</row>";
    const auto form = read_workbook(zip_of(parts_of_sheet("Survey", survey_rows, shared, styles)), "test.xlsx");
    INFO((form ? std::string() : form.error().describe()));
    REQUIRE(form.has_value());
    return form->find("/data/q")->label.in("");
}

}  // namespace

TEST_CASE("cells read as a person sees them") {
    CHECK(text_of("<c r=\"C2\"><v>1.0</v></c>") == "1");
    CHECK(text_of("<c r=\"C2\" t=\"n\"><v>0.10000000000000001</v></c>") == "0.1");
    CHECK(text_of("<c r=\"C2\"><v>-2.5</v></c>") == "-2.5");
    CHECK(text_of("<c r=\"C2\"><v>1E3</v></c>") == "1000");
    CHECK(text_of("<c r=\"C2\" t=\"b\"><v>1</v></c>") == "TRUE");
    CHECK(text_of("<c r=\"C2\" t=\"str\"><f>A1</f><v> formula </v></c>") == "formula");
    CHECK(text_of("<c t=\"inlineStr\"><is><t>no reference</t></is></c>") == "no reference");
    CHECK(text_of(
              "<c r=\"C2\" t=\"s\"><v>1</v></c>",
              "<si><t>zero</t></si><si><r><t>rich </t></r><r><rPr/><t>text</t></r><rPh><t>phonetic</t></rPh></si>") ==
          "rich text");
    CHECK(text_of("<c r=\"C2\" t=\"inlineStr\"><is><t>a&lt;b&amp;&#233;_x000D_\nc</t></is></c>") == "a<b&é\nc");
}

TEST_CASE("a number that is formatted as a date reads as that date") {
    const std::string_view styles =
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd;@\"/><numFmt numFmtId=\"165\" "
        "formatCode=\"[h]:mm\"/>"
        "<numFmt numFmtId=\"166\" formatCode=\"0.00 &quot;days&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf "
        "numFmtId=\"14\"/>"
        "<xf numFmtId=\"164\"/><xf numFmtId=\"22\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs>";
    CHECK(text_of("<c r=\"C2\" s=\"1\"><v>44946</v></c>", {}, styles) == "2023-01-20");
    CHECK(text_of("<c r=\"C2\" s=\"2\"><v>44946</v></c>", {}, styles) == "2023-01-20");
    CHECK(text_of("<c r=\"C2\" s=\"1\"><v>1</v></c>", {}, styles) == "1900-01-01");
    CHECK(text_of("<c r=\"C2\" s=\"1\"><v>61</v></c>", {}, styles) == "1900-03-01");
    CHECK(text_of("<c r=\"C2\" s=\"3\"><v>44946.5</v></c>", {}, styles) == "2023-01-20 12:00:00");
    CHECK(text_of("<c r=\"C2\" s=\"4\"><v>0.5</v></c>", {}, styles) == "12:00:00");
    CHECK(text_of("<c r=\"C2\" s=\"5\"><v>2.5</v></c>", {}, styles) == "2.5");
    CHECK(text_of("<c r=\"C2\" s=\"0\"><v>44946</v></c>", {}, styles) == "44946");
}

TEST_CASE("a cell that can't be read is refused with its address") {
    const auto [cell, expected] = GENERATE(table<std::string, std::string>({
        {"<c r=\"C2\" t=\"s\"><v>9</v></c>", "cell C2: The cell points to a text that is not in the workbook"},
        {"<c r=\"C2\" t=\"e\"><v>#REF!</v></c>", "cell C2: The cell holds a spreadsheet error"},
        {"<c r=\"C2\"><v>12x</v></c>", "cell C2: The cell holds a number or date that can't be read"},
        {"<c r=\"C2\" t=\"zz\"><v>1</v></c>", "cell C2: The cell is of an unknown kind"},
        {"<c r=\"C2\"><v>1</v></c><c r=\"B2\"><v>1</v></c>", "out of order"},
    }));
    const auto form = read_workbook(zip_of(parts_of_sheet("survey", "<row r=\"2\">" + cell + "</row>")), "test.xlsx");
    REQUIRE_FALSE(form.has_value());
    CHECK_THAT(form.error().describe(), Contains(expected));
}

TEST_CASE("what is not a workbook is refused as such") {
    CHECK(refusal_of({}) == ErrorCode::malformed);
    CHECK(refusal_of(pillarbox::base::bytes_of("type,name,label\ntext,q,Q\n")) == ErrorCode::malformed);
    CHECK(refusal_of(pillarbox::base::bytes_of("%PDF-1.7 not a workbook")) == ErrorCode::malformed);
    CHECK(refusal_of({0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0}) ==
          ErrorCode::unsupported);  // .xls, or a password
    CHECK(refusal_of(zip_of({{"word/document.xml", "<document/>"}})) == ErrorCode::malformed);
    CHECK(refusal_of(zip_of({{"_rels/.rels", "<Relationships/>"}})) == ErrorCode::malformed);
}

TEST_CASE("a truncated workbook is refused wherever it is cut") {
    const Bytes whole = workbook_of(small_form);
    for (std::size_t size = 0; size < whole.size(); size += 7) {
        INFO(size);
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        REQUIRE_FALSE(read_workbook(cut, "test.xlsx").has_value());
    }
}

TEST_CASE("a workbook with any byte changed is read or refused without harm") {
    const Bytes whole = workbook_of(small_form);
    for (std::size_t place = 0; place < whole.size(); ++place) {
        Bytes changed = whole;
        changed[place] ^= 0xFFU;
        const auto form = read_workbook(changed, "test.xlsx");
        REQUIRE((form.has_value() || !form.error().what.empty()));
    }
}

TEST_CASE("a document type is refused so that no entity is ever expanded") {
    const std::string bomb =
        "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;\">]><workbook><sheets><sheet "
        "name=\"&lol2;\"/></sheets></workbook>";
    ZipEntries parts = parts_of_sheet("survey", "");
    const std::string part =
        GENERATE("xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels");
    replace_part(parts, part, bomb);
    const auto form = read_workbook(zip_of(parts), "test.xlsx");
    REQUIRE_FALSE(form.has_value());
    CHECK(form.error().code == ErrorCode::malformed);
    CHECK_THAT(form.error().what, Contains("document type"));
}

TEST_CASE("a part that is not well-formed XML is refused") {
    ZipEntries parts = parts_of_sheet("survey", "<row r=\"1\"><c></row>");
    CHECK(refusal_of(zip_of(parts)) == ErrorCode::malformed);
}

TEST_CASE("a zip bomb is refused before it is unpacked") {
    ZipEntries parts = parts_of_sheet("survey", "");
    replace_part(parts, "xl/worksheets/sheet1.xml", std::string(std::size_t{20} << 20U, ' '));
    CHECK(refusal_of(zip_of(parts)) == ErrorCode::limit_exceeded);  // by its ratio
    WorkbookLimits limits;
    limits.ratio_max = 1'000'000;
    limits.entry_size_bytes_max = std::size_t{1} << 20U;
    CHECK(refusal_of(zip_of(parts), limits) == ErrorCode::limit_exceeded);  // by its size
}

TEST_CASE("a workbook with too many entries is refused") {
    ZipEntries parts = parts_of_sheet("survey", "");
    for (int index = 0; index < 2'001; ++index) {
        parts.emplace_back("junk/" + std::to_string(index), "");
    }
    CHECK(refusal_of(zip_of(parts)) == ErrorCode::limit_exceeded);
}

TEST_CASE("the caps on file, rows, columns and cells hold") {
    const Bytes bytes = workbook_of("| survey |\n| | type | name | label |\n| | text | q | Question |");
    WorkbookLimits limits;
    SECTION("file") {
        limits.file_size_bytes_max = bytes.size() - 1;
    }
    SECTION("rows") {
        limits.rows_max = 1;
    }
    SECTION("columns") {
        limits.columns_max = 2;
    }
    SECTION("cells") {
        limits.cell_size_bytes_max = 7;
    }
    CHECK(refusal_of(bytes, limits) == ErrorCode::limit_exceeded);
    WorkbookLimits exact;
    exact.file_size_bytes_max = bytes.size();
    exact.rows_max = 2;
    exact.columns_max = 3;
    exact.cell_size_bytes_max = 8;
    CHECK(read_workbook(bytes, "test.xlsx", exact).has_value());
}

TEST_CASE("an absurd row number costs nothing and is refused") {
    CHECK(refusal_of(zip_of(parts_of_sheet("survey", "<row r=\"4000000000\"><c><v>1</v></c></row>"))) ==
          ErrorCode::malformed);
    CHECK(refusal_of(zip_of(parts_of_sheet("survey", "<row r=\"900000\"><c><v>1</v></c></row>"))) ==
          ErrorCode::limit_exceeded);
    CHECK(refusal_of(zip_of(parts_of_sheet("survey", "<row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row>"))) ==
          ErrorCode::malformed);
}

TEST_CASE("text that is not UTF-8 is refused") {
    CHECK(refusal_of(zip_of(
              parts_of_sheet("survey", "<row r=\"1\"><c t=\"inlineStr\"><is><t>\xC3\x28</t></is></c></row>"))) ==
          ErrorCode::malformed);
}
