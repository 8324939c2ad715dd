// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/odt.hpp"

#include <fmt/format.h>

#include "core/zip/writer.hpp"
#include "desk/report/html.hpp"
#include "desk/report/odt_styles.hpp"

namespace pillarbox::report {
namespace {

constexpr std::string_view xml_start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

// Line breaks of an answer are kept; other white space is collapsed by every reader of the format, which is well.
std::string text_of(std::string_view text) {
    std::string xml;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        xml += (start == 0 ? "" : "<text:line-break/>") + escaped(text.substr(start, end - start));
        start = end + 1;
    }
    return xml;
}

class Body {
  public:
    std::string run(const Document& document) {
        paragraph("Subtitle", document.author);
        paragraph("Title", document.title);
        paragraph("Subtitle", document.subtitle);
        paragraph("Text_20_body", "Responses up to " + document.date_in_words);
        for (const Block& block : document.blocks) {
            std::visit([this](const auto& kind) { write(kind); }, block);
        }
        return std::move(xml_);
    }

  private:
    void paragraph(std::string_view style, std::string_view text) {
        xml_ += fmt::format("<text:p text:style-name=\"{}\">{}</text:p>\n", style, text_of(text));
    }

    void write(const Heading& heading) {
        xml_ += fmt::format("<text:h text:style-name=\"Heading_20_{}\" text:outline-level=\"{}\">{}</text:h>\n",
                            heading.level, heading.level, text_of(heading.text));
    }
    void write(const Paragraph& block) { paragraph("Text_20_body", block.text); }
    void write(const Notice& block) { paragraph("Notice", block.text); }
    void write(const Bullets& bullets) {
        xml_ += "<text:list>\n";
        for (const std::string& item : bullets.items) {
            xml_ += "<text:list-item>";
            paragraph("Bullet", item);
            xml_ += "</text:list-item>\n";
        }
        xml_ += "</text:list>\n";
    }
    void write(const Room& room) {
        paragraph("Room", "[" + room.prompt + "]");
        paragraph("Text_20_body", "");
    }
    void write(const Quotation& quotation) {
        paragraph("Quotations", quotation.text);
        paragraph("Attribution", "— " + quotation.attribution);
    }
    void write(const Chart& /*unused*/) {}
    void write(const TileMap& /*unused*/) {}
    void write(const PageBreak& /*unused*/) {}

    void write(const Table& table) {
        paragraph("Caption", table.title);
        xml_ += fmt::format(
            "<table:table table:name=\"Table{}\">\n<table:table-column "
            "table:number-columns-repeated=\"{}\"/>\n<table:table-header-rows><table:table-row>",
            ++tables_, table.columns.size());
        for (const std::string& column : table.columns) {
            cell("Table_20_Heading", column);
        }
        xml_ += "</table:table-row></table:table-header-rows>\n";
        for (const std::vector<Cell>& row : table.rows) {
            xml_ += "<table:table-row>";
            for (std::size_t at = 0; at < row.size(); ++at) {
                const bool hidden = row[at].text.empty() && !row[at].figure.empty();
                cell(at == 0 ? "Table_20_Contents" : "Table_20_Number", hidden ? not_shown_sign : row[at].text);
            }
            xml_ += "</table:table-row>\n";
        }
        xml_ += "</table:table>\n";
        paragraph("Text_20_body", "");
    }

    void cell(std::string_view style, std::string_view text) {
        xml_ += "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\">";
        paragraph(style, text);
        xml_ += "</table:table-cell>";
    }

    std::string xml_;
    int tables_ = 0;
};

std::string content_of(const Document& document) {
    return fmt::format(
        "{}<office:document-content{}>\n<office:automatic-styles><style:style style:name=\"Cell\" "
        "style:family=\"table-cell\"><style:table-cell-properties fo:padding=\"0.1cm\" "
        "fo:border-bottom=\"0.02cm solid #c7d3df\"/></style:style></office:automatic-styles>\n"
        "<office:body><office:text>\n{}</office:text></office:body></office:document-content>\n",
        xml_start, odt_namespaces, Body().run(document));
}

}  // namespace

base::Result<base::Bytes> odt_of(const Document& document) {
    const std::string meta = fmt::format(
        "{}<office:document-meta{}><office:meta><dc:title>{}</dc:title><dc:creator>{}</dc:creator>"
        "<dc:language>{}</dc:language><dc:date>{}T00:00:00</dc:date></office:meta></office:document-meta>\n",
        xml_start, odt_namespaces, escaped(document.title), escaped(document.author), escaped(document.language),
        escaped(document.date));
    const std::string styles = fmt::format("{}<office:document-styles{}>\n{}</office:document-styles>\n", xml_start,
                                           odt_namespaces, odt_styles);
    // The format wants its type first and unpacked, so that it can be told by the first bytes of the file.
    return zip::write({{"mimetype", "application/vnd.oasis.opendocument.text", zip::Packing::stored},
                       {"content.xml", content_of(document)},
                       {"styles.xml", styles},
                       {"meta.xml", meta},
                       {"META-INF/manifest.xml", std::string(odt_manifest)}});
}

}  // namespace pillarbox::report
