// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/html.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/crypto/hash.hpp"
#include "desk/report/style.hpp"

namespace pillarbox::report {
namespace {

constexpr std::size_t many_columns = 6;
constexpr std::size_t rows_together = 12;  // at most so many stay on one page

class Writer {
  public:
    std::string run(const Document& document) {
        head(document);
        for (const Block& block : document.blocks) {
            std::visit([this](const auto& kind) { write(kind); }, block);
        }
        page_ += "</main>\n</body>\n</html>\n";
        return std::move(page_);
    }

  private:
    void head(const Document& document) {
        const crypto::Digest hash = crypto::sha256(base::view_of(style_sheet));
        page_ = fmt::format(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
            "style-src &#39;sha256-{}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{} – {}</title>\n<style>{}</style>\n</head>\n",
            escaped(document.language), base::to_base64(hash), escaped(document.title), escaped(document.subtitle),
            style_sheet);
        page_ += fmt::format(
            "<body>\n<header>\n<p class=\"author\">{}</p>\n<h1>{}</h1>\n<p class=\"subtitle\">{}</p>\n"
            "<p>Responses up to <time datetime=\"{}\">{}</time></p>\n</header>\n<main>\n",
            escaped(document.author), escaped(document.title), escaped(document.subtitle), escaped(document.date),
            escaped(document.date_in_words));
    }

    // The document's own title is the page's h1.
    void write(const Heading& heading) {
        const int level = heading.level + 1;
        page_ += fmt::format("<h{}{}>{}</h{}>\n", level, take_break(), escaped(heading.text), level);
    }

    void write(const Paragraph& paragraph) { page_ += fmt::format("<p>{}</p>\n", escaped(paragraph.text)); }

    void write(const Notice& notice) { page_ += fmt::format("<p class=\"notice\">{}</p>\n", escaped(notice.text)); }

    void write(const Bullets& bullets) {
        page_ += "<ul>\n";
        for (const std::string& item : bullets.items) {
            page_ += fmt::format("<li>{}</li>\n", escaped(item));
        }
        page_ += "</ul>\n";
    }

    void write(const Room& room) { page_ += fmt::format("<div class=\"room\">{}</div>\n", escaped(room.prompt)); }

    void write(const Quotation& quotation) {
        page_ += fmt::format(
            "<blockquote><p lang=\"{}\" dir=\"auto\">{}</p><footer dir=\"auto\">— {}</footer></blockquote>\n",
            escaped(quotation.language), escaped(quotation.text), escaped(quotation.attribution));
    }

    // Wide tables scroll by themselves on a small screen, also by keys: hence the focus and the name.
    void write(const Table& table) {
        page_ += fmt::format(
            "<div class=\"{}\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table{}>\n"
            "<caption>{}</caption>\n<thead><tr>",
            table.rows.size() > rows_together ? "wide long" : "wide", escaped(table.title),
            table.columns.size() > many_columns ? " class=\"many\"" : "", escaped(table.title));
        for (const std::string& column : table.columns) {
            page_ +=
                column.empty() ? std::string("<td></td>") : fmt::format("<th scope=\"col\">{}</th>", escaped(column));
        }
        page_ += "</tr></thead>\n<tbody>\n";
        for (const std::vector<Cell>& row : table.rows) {
            page_ += "<tr>";
            for (std::size_t at = 0; at < row.size(); ++at) {
                write_cell(row[at], at);
            }
            page_ += "</tr>\n";
        }
        page_ += "</tbody>\n</table>\n</div>\n";
    }

    void write_cell(const Cell& cell, std::size_t column) {
        if (column == 0) {
            page_ += fmt::format("<th scope=\"row\">{}</th>", escaped(cell.text));
        } else if (cell.figure.empty()) {
            page_ += fmt::format("<td>{}</td>", escaped(cell.text));
        } else if (cell.text.empty()) {
            page_ += fmt::format("<td data-figure=\"{}\">{}</td>", escaped(cell.figure), not_shown_sign);
        } else {
            page_ += fmt::format("<td data-figure=\"{}\">{}</td>", escaped(cell.figure), escaped(cell.text));
        }
    }

    void write(const Chart& chart) { page_ += svg_of(chart, ++charts_); }
    void write(const TileMap& map) { page_ += svg_of(map, ++charts_); }
    void write(const PageBreak& /*unused*/) { break_pending_ = true; }

    std::string_view take_break() {
        const bool pending = break_pending_;
        break_pending_ = false;
        return pending ? " class=\"break\"" : "";
    }

    std::string page_;
    int charts_ = 0;
    bool break_pending_ = false;
};

}  // namespace

std::string html_of(const Document& document) {
    return Writer().run(document);
}

}  // namespace pillarbox::report
