// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "core/base/utf8.hpp"
#include "core/form/cell_text.hpp"
#include "core/form/xml.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::uint32_t spreadsheet_columns_max = 16'384;  // XFD, the last column of the file format
constexpr std::uint32_t spreadsheet_rows_max = 1'048'576;

// What the cells of every sheet refer to.
struct Context {
    std::vector<std::string> shared_strings;
    std::vector<NumberFormat> formats;
    DateBase date_base = DateBase::year_1900;
    const WorkbookLimits& limits;
};

std::string place_of(const std::string& where, const std::string& sheet, std::uint32_t row, std::uint32_t column) {
    std::string letters;
    for (std::uint32_t left = column + 1; left > 0; left = (left - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (left - 1) % 26));
    }
    return fmt::format("{}, sheet {}, cell {}{}", where, sheet, letters, row);
}

// "AB12" -> column 27; nothing where it is no cell reference.
std::optional<std::uint32_t> column_of_reference(std::string_view reference) {
    std::uint32_t column = 0;
    std::size_t letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
        column = column * 26 + static_cast<std::uint32_t>(reference[letters++] - 'A') + 1;
        if (column > spreadsheet_columns_max) {
            return std::nullopt;
        }
    }
    return letters == 0 ? std::nullopt : std::optional(column - 1);
}

Result<std::string> text_of_shared(std::string_view index_text, const Context& context, const std::string& place) {
    std::size_t index = 0;
    const char* end = index_text.data() + index_text.size();
    const auto [stopped, error] = std::from_chars(index_text.data(), end, index);
    if (error != std::errc{} || stopped != end || index >= context.shared_strings.size()) {
        return base::fail(ErrorCode::malformed, place, "The cell points to a text that is not in the workbook.",
                          "Open it in a spreadsheet program and save it again.");
    }
    return context.shared_strings[index];
}

Result<std::string> text_of_numeric(const pugi::xml_node& cell, std::string_view value, const Context& context,
                                    const std::string& place) {
    if (value.empty()) {
        return std::string();
    }
    const std::size_t style = cell.attribute("s").as_uint();
    const NumberFormat format = style < context.formats.size() ? context.formats[style] : NumberFormat::plain;
    const std::optional<std::string> text =
        format == NumberFormat::plain ? text_of_number(value) : text_of_serial(value, format, context.date_base);
    if (!text) {
        return base::fail(ErrorCode::malformed, place, "The cell holds a number or date that can't be read.",
                          "Write it as text.");
    }
    return *text;
}

Result<std::string> text_of_cell(const pugi::xml_node& cell, const Context& context, const std::string& place) {
    const std::string_view type = cell.attribute("t").value();
    const std::string_view value = trimmed(child_of(cell, "v").text().get());
    if (type == "s") {
        return text_of_shared(value, context, place);
    }
    if (type == "inlineStr") {
        return text_of_runs(child_of(cell, "is"));
    }
    if (type == "str" || type == "d") {
        return std::string(value);
    }
    if (type == "b") {
        return std::string(value == "1" ? "TRUE" : "FALSE");
    }
    if (type == "e") {
        return base::fail(ErrorCode::malformed, place, "The cell holds a spreadsheet error.",
                          "Correct its formula, or write the value.");
    }
    if (type.empty() || type == "n") {
        return text_of_numeric(cell, value, context, place);
    }
    return base::fail(ErrorCode::unsupported, place, "The cell is of an unknown kind.", "Write its value as text.");
}

Result<void> check_cell(const std::string& text, std::uint32_t column, const std::string& place,
                        const WorkbookLimits& limits) {
    if (column >= limits.columns_max) {
        return base::fail(ErrorCode::limit_exceeded, place,
                          fmt::format("The sheet has more than {} columns.", limits.columns_max),
                          "Remove the columns that are not used.");
    }
    if (text.size() > limits.cell_size_bytes_max) {
        return base::fail(ErrorCode::limit_exceeded, place,
                          fmt::format("The cell has more than {} bytes.", limits.cell_size_bytes_max), "Shorten it.");
    }
    if (!base::is_utf8(text)) {
        return base::fail(ErrorCode::malformed, place, "The cell is not valid Unicode text.", "Type it again.");
    }
    return {};
}

Result<Row> read_row(const pugi::xml_node& element, std::uint32_t number, const std::string& sheet,
                     const std::string& where, const Context& context) {
    Row row{number, {}};
    std::uint32_t next = 0;
    for (const pugi::xml_node& cell : element.children()) {
        if (local_name(cell) != "c") {
            continue;
        }
        const pugi::xml_attribute reference = cell.attribute("r");
        const std::optional<std::uint32_t> column =
            reference ? column_of_reference(reference.value()) : std::optional(next);
        if (!column || *column < next) {
            return base::fail(ErrorCode::malformed, place_of(where, sheet, number, next),
                              "The cells of the row are out of order.",
                              "Open it in a spreadsheet program and save it again.");
        }
        next = *column + 1;
        const std::string place = place_of(where, sheet, number, *column);
        const std::string raw = TRY(text_of_cell(cell, context, place));
        const std::string_view text = trimmed(raw);
        if (!text.empty()) {
            TRY(check_cell(raw, *column, place, context.limits));
            row.cells.push_back({*column, std::string(text)});
        }
    }
    return row;
}

Result<Sheet> read_sheet(const pugi::xml_node& worksheet, const std::string& name, const std::string& where,
                         const Context& context) {
    Sheet sheet{name, {}};
    std::uint32_t next = 1;
    for (const pugi::xml_node& element : child_of(worksheet, "sheetData").children()) {
        if (local_name(element) != "row") {
            continue;
        }
        const pugi::xml_attribute number = element.attribute("r");
        const std::uint32_t row_number = number ? number.as_uint() : next;
        if (row_number < next || row_number > spreadsheet_rows_max) {
            return base::fail(ErrorCode::malformed, fmt::format("{}, sheet {}, row {}", where, name, next),
                              "The rows of the sheet are out of order.",
                              "Open it in a spreadsheet program and save it again.");
        }
        next = row_number + 1;
        Row row = TRY(read_row(element, row_number, name, where, context));
        if (row.cells.empty()) {
            continue;
        }
        if (row_number > context.limits.rows_max) {
            return base::fail(ErrorCode::limit_exceeded, fmt::format("{}, sheet {}, row {}", where, name, row_number),
                              fmt::format("The sheet has more than {} rows.", context.limits.rows_max),
                              "Remove the rows that are not used.");
        }
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

// A relationship target is relative to the part's folder, or absolute from the package root.
std::string entry_of_target(std::string_view folder, std::string_view target) {
    if (target.starts_with('/')) {
        return std::string(target.substr(1));
    }
    std::string joined(folder);
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        const std::size_t slash = joined.size() < 2 ? std::string::npos : joined.rfind('/', joined.size() - 2);
        joined.erase(slash == std::string::npos ? 0 : slash + 1);
    }
    target.remove_prefix(target.starts_with("./") ? 2 : 0);
    return joined + std::string(target);
}

struct Relationship {
    std::string type;  // the last word of the type address: "worksheet", "sharedStrings", "styles"
    std::string entry;
};

Result<std::map<std::string, Relationship>> read_relationships(Package& package, const std::string& folder,
                                                               const std::string& entry, const std::string& where) {
    pugi::xml_document document;
    const std::string text = TRY(package.read(entry));
    TRY(parse_xml(text, where + ", entry " + entry, document));
    std::map<std::string, Relationship> relationships;
    for (const pugi::xml_node& element : document.document_element().children()) {
        const std::string_view type = element.attribute("Type").value();
        relationships[element.attribute("Id").value()] = {
            std::string(type.substr(type.rfind('/') + 1)),
            entry_of_target(folder, element.attribute("Target").value())};
    }
    return relationships;
}

Result<void> read_shared_parts(Package& package, const std::map<std::string, Relationship>& relationships,
                               const std::string& where, Context& context) {
    for (const auto& [id, relationship] : relationships) {
        const bool strings = relationship.type == "sharedStrings";
        if ((!strings && relationship.type != "styles") || !package.contains(relationship.entry)) {
            continue;
        }
        pugi::xml_document document;
        const std::string text = TRY(package.read(relationship.entry));
        TRY(parse_xml(text, where + ", entry " + relationship.entry, document));
        if (!strings) {
            context.formats = read_number_formats(document.document_element());
            continue;
        }
        for (const pugi::xml_node& item : document.document_element().children()) {
            if (local_name(item) == "si") {
                context.shared_strings.push_back(text_of_runs(item));
            }
        }
    }
    return {};
}

// The workbook part is where the package's root relationships say; "xl/workbook.xml" in all but exotic files.
Result<std::string> find_workbook_part(Package& package, const std::string& where) {
    if (package.contains("_rels/.rels")) {
        const auto roots = TRY(read_relationships(package, "", "_rels/.rels", where));
        for (const auto& [id, relationship] : roots) {
            if (relationship.type == "officeDocument" && package.contains(relationship.entry)) {
                return relationship.entry;
            }
        }
    }
    return base::fail(ErrorCode::malformed, where, "This zip file is not an .xlsx workbook.",
                      "Save the form as an Excel workbook (.xlsx).");
}

}  // namespace

Result<std::vector<Sheet>> read_sheets(Package& package, const std::string& where, const WorkbookLimits& limits) {
    const std::string part = TRY(find_workbook_part(package, where));
    const std::string folder = part.substr(0, part.rfind('/') == std::string::npos ? 0 : part.rfind('/') + 1);
    const std::string relationships_entry = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    pugi::xml_document document;
    const std::string text = TRY(package.read(part));
    TRY(parse_xml(text, where + ", entry " + part, document));
    const pugi::xml_node workbook = document.document_element();
    if (local_name(workbook) != "workbook") {
        return base::fail(ErrorCode::malformed, where, "This is an Office document, but not a workbook.",
                          "Save the form as an Excel workbook (.xlsx).");
    }
    const auto relationships = TRY(read_relationships(package, folder, relationships_entry, where));
    Context context{{}, {}, DateBase::year_1900, limits};
    if (child_of(workbook, "workbookPr").attribute("date1904").as_bool()) {
        context.date_base = DateBase::year_1904;
    }
    TRY(read_shared_parts(package, relationships, where, context));
    std::vector<Sheet> sheets;
    for (const pugi::xml_node& element : child_of(workbook, "sheets").children()) {
        const std::string name = element.attribute("name").value();
        const auto found = relationships.find(element.attribute("r:id").value());
        if (name.empty() || found == relationships.end() || sheets.size() == sheets_max) {
            return base::fail(ErrorCode::malformed, where, "The workbook's list of sheets is damaged or too long.",
                              "Open it in a spreadsheet program and save it again.");
        }
        if (found->second.type != "worksheet") {
            continue;  // a chart sheet has no cells
        }
        pugi::xml_document worksheet;
        const std::string sheet_text = TRY(package.read(found->second.entry));
        TRY(parse_xml(sheet_text, where + ", sheet " + name, worksheet));
        sheets.push_back(TRY(read_sheet(worksheet.document_element(), name, where, context)));
    }
    return sheets;
}

}  // namespace pillarbox::form
