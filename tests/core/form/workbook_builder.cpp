// SPDX-License-Identifier: GPL-3.0-or-later
#include "workbook_builder.hpp"

#include <fmt/format.h>
#include <zip.h>

#include "core/base/check.hpp"

namespace pillarbox::tests {
namespace {

struct TestSheet {
    std::string name;
    std::vector<std::vector<std::string>> rows;
};

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos
               ? std::string()
               : std::string(text.substr(first, text.find_last_not_of(" \t") + 1 - first));
}

// "| a | b |" -> "a", "b"
std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t index = 1; index < line.size(); ++index) {
        const bool escaped =
            line[index] == '\\' && index + 1 < line.size() && (line[index + 1] == '|' || line[index + 1] == 'n');
        if (escaped) {
            cell += line[++index] == 'n' ? '\n' : '|';
        } else if (line[index] == '|') {
            cells.push_back(trimmed(cell));
            cell.clear();
        } else {
            cell += line[index];
        }
    }
    return cells;
}

std::vector<TestSheet> sheets_of(std::string_view markdown) {
    std::vector<TestSheet> sheets;
    while (!markdown.empty()) {
        const std::string line = trimmed(markdown.substr(0, markdown.find('\n')));
        markdown.remove_prefix(std::min(markdown.find('\n'), markdown.size() - 1) + 1);
        if (!line.starts_with('|')) {
            continue;
        }
        std::vector<std::string> cells = cells_of(line);
        if (!cells.empty() && !cells.front().empty()) {
            sheets.push_back({cells.front(), {}});
            continue;
        }
        if (cells.empty() || sheets.empty()) {
            continue;
        }
        cells.erase(cells.begin());
        sheets.back().rows.push_back(std::move(cells));
    }
    return sheets;
}

std::string escaped(std::string_view text) {
    std::string xml;
    for (const char character : text) {
        xml += character == '&'   ? "&amp;"
               : character == '<' ? "&lt;"
               : character == '>' ? "&gt;"
                                  : std::string(1, character);
    }
    return xml;
}

// 0 -> "A", 26 -> "AA"
std::string letters_of(std::size_t column) {
    const std::string last(1, static_cast<char>('A' + column % 26));
    return column < 26 ? last : letters_of(column / 26 - 1) + last;
}

std::string sheet_data_of(const TestSheet& sheet) {
    std::string xml;
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
        xml += fmt::format("<row r=\"{}\">", row + 1);
        for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
            const std::string& text = sheet.rows[row][column];
            if (!text.empty()) {
                xml += fmt::format("<c r=\"{}{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                                   letters_of(column), row + 1, escaped(text));
            }
        }
        xml += "</row>";
    }
    return xml;
}

constexpr std::string_view main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view relationships_namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct SheetPart {
    std::string name, data;
};

ZipEntries parts_of(const std::vector<SheetPart>& sheets, std::string_view shared_strings, std::string_view styles) {
    std::string list;
    std::string relationships;
    ZipEntries entries;
    const auto relationship = [&](std::string_view id, std::string_view type, std::string_view target) {
        return fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, office, type, target);
    };
    for (std::size_t index = 0; index < sheets.size(); ++index) {
        const std::string id = fmt::format("rId{}", index + 1);
        const std::string target = fmt::format("worksheets/sheet{}.xml", index + 1);
        list += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"{}\"/>", escaped(sheets[index].name), index + 1,
                            id);
        relationships += relationship(id, "worksheet", target);
        entries.emplace_back("xl/" + target,
                             fmt::format("<worksheet xmlns=\"{}\"><sheetData>{}</sheetData></worksheet>",
                                         main_namespace, sheets[index].data));
    }
    if (!shared_strings.empty()) {
        relationships += relationship("rIdStrings", "sharedStrings", "sharedStrings.xml");
        entries.emplace_back("xl/sharedStrings.xml",
                             fmt::format("<sst xmlns=\"{}\">{}</sst>", main_namespace, shared_strings));
    }
    if (!styles.empty()) {
        relationships += relationship("rIdStyles", "styles", "styles.xml");
        entries.emplace_back("xl/styles.xml",
                             fmt::format("<styleSheet xmlns=\"{}\">{}</styleSheet>", main_namespace, styles));
    }
    entries.emplace_back("_rels/.rels",
                         fmt::format("<Relationships xmlns=\"{}\">{}</Relationships>", relationships_namespace,
                                     relationship("rId1", "officeDocument", "xl/workbook.xml")));
    entries.emplace_back("xl/workbook.xml",
                         fmt::format("<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>{}</sheets></workbook>",
                                     main_namespace, office, list));
    entries.emplace_back("xl/_rels/workbook.xml.rels", fmt::format("<Relationships xmlns=\"{}\">{}</Relationships>",
                                                                   relationships_namespace, relationships));
    return entries;
}

}  // namespace

base::Bytes zip_of(const ZipEntries& entries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    PILLARBOX_CHECK(archive != nullptr);
    for (const auto& [name, content] : entries) {
        zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
        PILLARBOX_CHECK(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    PILLARBOX_CHECK(zip_close(archive) == 0);
    PILLARBOX_CHECK(zip_source_open(target) == 0);
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(target, &stat);
    base::Bytes bytes(stat.size);
    PILLARBOX_CHECK(zip_source_read(target, bytes.data(), stat.size) == static_cast<zip_int64_t>(stat.size));
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

base::Bytes workbook_of(std::string_view markdown) {
    std::vector<SheetPart> parts;
    for (const TestSheet& sheet : sheets_of(markdown)) {
        parts.push_back({sheet.name, sheet_data_of(sheet)});
    }
    return zip_of(parts_of(parts, {}, {}));
}

ZipEntries parts_of_sheet(std::string_view sheet_name, std::string_view sheet_data, std::string_view shared_strings,
                          std::string_view styles) {
    return parts_of({{std::string(sheet_name), std::string(sheet_data)}}, shared_strings, styles);
}

}  // namespace pillarbox::tests
