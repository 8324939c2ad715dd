// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/report.hpp"

#include "desk/report/compose.hpp"
#include "desk/report/html.hpp"
#include "desk/report/odt.hpp"
#include "desk/report/pdf.hpp"
#include "desk/report/quotes.hpp"

namespace pillarbox::report {
namespace {

base::Bytes bytes_of(std::string_view text) {
    const base::ByteView view = base::view_of(text);
    return {view.begin(), view.end()};
}

}  // namespace

base::Result<Report> make_report(const Evidence& evidence, const std::vector<Ledger>& earlier,
                                 const std::optional<std::filesystem::path>& browser) {
    if (evidence.records->size() < static_cast<std::size_t>(small_count)) {
        return base::fail(base::ErrorCode::conflict, "report", "There are too few responses for a report.",
                          "Every figure would tell of single people: wait for more responses.");
    }
    Tally tally(*evidence.campaign->form, tagged_in(evidence.coding));
    QuotePicker picker(evidence);
    for (std::size_t index = 0; index < evidence.records->size(); ++index) {
        const exports::Record record = TRY(evidence.records->at(index));
        tally.add(record);
        picker.add(record);
    }
    const Figures figures = figures_of(evidence.coding, tally.finish(), earlier);
    const Quotes quotes = picker.finish();
    const Document document = compose(evidence, figures, quotes);
    const std::string html = html_of(document);
    Report report;
    report.responses = evidence.records->size();
    report.figures = figures.ledger.size();
    report.quotes = quotes.allowed.size();
    report.quotes_withheld = quotes.withheld;
    report.files.push_back({"report.html", bytes_of(html)});
    report.files.push_back({"report.odt", TRY(odt_of(document))});
    report.files.push_back({"release.json", bytes_of(figures.ledger.json())});
    if (browser.has_value()) {
        report.files.push_back({"report.pdf", TRY(pdf_of(html, document.date, *browser))});
    }
    return report;
}

}  // namespace pillarbox::report
