// SPDX-License-Identifier: GPL-3.0-or-later
//
// What leaves the desk: the report with its cut-offs and the officers' own lines, and the exports. A POST hands over
// one zip file, and notes in the trail that it did.
#include <fmt/format.h>

#include "desk/outputs/outputs.hpp"
#include "desk/page/asked.hpp"
#include "desk/report/pdf.hpp"
#include "desk/workspace/cut_offs.hpp"
#include "desk/workspace/report_lines.hpp"

namespace pillarbox::page {
namespace {

using workspace::ReportPart;

constexpr std::string_view word_for_full = "FULL";

Options cut_off_options(const std::vector<workspace::CutOff>& cut_offs) {
    Options options{{"", "Everything up to today"}};
    for (const workspace::CutOff& cut_off : cut_offs) {
        options.emplace_back(cut_off.name,
                             fmt::format("{}: up to {}", cut_off.name, day_in_words(base::format_day(cut_off.day))));
    }
    return options;
}

void write_cut_offs(Markup& markup, const View& view, const std::vector<workspace::CutOff>& cut_offs) {
    markup.open("section", {{"class", "box"}}).leaf("h2", "Cut-offs");
    markup.leaf("p", "The last day of capture that counts, by a name that everybody uses.", {{"class", "soft"}});
    if (!cut_offs.empty()) {
        markup.open("ul", {{"class", "items"}});
        for (const workspace::CutOff& cut_off : cut_offs) {
            markup.open("li").leaf("span",
                                   fmt::format("{}: {}", cut_off.name, day_in_words(base::format_day(cut_off.day))));
            write_button_form(markup, view, "/cut-off", {{"do", "remove"}, {"name", cut_off.name}, {"to", "report"}},
                              "Remove", "the cut-off " + cut_off.name);
            markup.close();
        }
        markup.close();
    }
    open_form(markup, view, "/cut-off", {{"do", "set"}, {"to", "report"}});
    write_text_field(markup, "name", "Name", {}, {});
    markup.open("div", {{"class", "field"}}).leaf("label", "Last day", {{"for", "day"}});
    markup.lone("input", {{"id", "day"}, {"name", "day"}, {"type", "date"}}).close();
    markup.leaf("button", "Set", {{"class", "button second"}}).close().close();
}

void write_lines(Markup& markup, const View& view, ReportPart part, std::string_view title,
                 const std::vector<workspace::ReportLine>& lines) {
    const std::string name(workspace::name_of(part));
    markup.open("section", {{"class", "box"}}).leaf("h2", title);
    if (!lines.empty()) {
        markup.open("ul", {{"class", "items"}});
        for (const workspace::ReportLine& line : lines) {
            markup.open("li").leaf("span", line.text, {{"class", "written"}, {"dir", "auto"}});
            write_button_form(markup, view, "/report-line", {{"do", "remove"}, {"key", line.key}, {"to", "report"}},
                              "Remove", fmt::format("the {}: {}", name, line.text));
            markup.close();
        }
        markup.close();
    }
    open_form(markup, view, "/report-line", {{"do", "add"}, {"part", name}, {"to", "report"}});
    markup.open("div", {{"class", "field"}}).leaf("label", fmt::format("Add a {}", name), {{"for", name}});
    markup.leaf("textarea", "", {{"id", name}, {"name", "text"}, {"rows", "3"}, {"dir", "auto"}, {"required", ""}});
    markup.close().leaf("button", fmt::format("Add the {}", name), {{"class", "button second"}}).close().close();
}

void write_report_form(Markup& markup, const View& view, const std::vector<workspace::CutOff>& cut_offs) {
    markup.open("section", {{"class", "box"}}).leaf("h2", "Make the report");
    open_form(markup, view, "/report", {}, "narrow");
    write_select(markup, "kind", "Which",
                 {{"brief", "Questioning brief, before the meeting"}, {"letter", "Letter pack, with everything"}},
                 "letter");
    write_select(markup, "cut_off", "Responses", cut_off_options(cut_offs), {});
    write_select(markup, "print", "Files",
                 {{"no", "Web page and OpenDocument"}, {"yes", "The same, and a PDF (takes some seconds)"}}, "no");
    write_select(
        markup, "release", "Will it be given out?",
        {{"no", "No, it is a draft"}, {"yes", "Yes: keep its figures, so that no later report tells the difference"}},
        "no");
    markup.leaf("button", "Make the report", {{"class", "button"}}).close().close();
}

http::Response download(std::string_view name, const base::Bytes& bytes) {
    auto response = served_file("application/zip", base::text_of(bytes));
    response.headers.push_back({"Content-Disposition", fmt::format("attachment; filename=\"{}.zip\"", name)});
    response.headers.push_back({"Cache-Control", "no-store"});
    return response;
}

base::Result<std::optional<base::Day>> day_of(workspace::Workspace& workspace, const std::string& cut_off) {
    std::optional<base::Day> day;
    if (!cut_off.empty()) {
        day = TRY(workspace::cut_off_named(workspace, cut_off)).day;
    }
    return day;
}

}  // namespace

Site::Answer Site::report(const Asked& asked) {
    const auto cut_offs = TRY(workspace::cut_offs(workspace_));
    const auto findings = TRY(workspace::report_lines(workspace_, ReportPart::finding));
    const auto recommendations = TRY(workspace::report_lines(workspace_, ReportPart::recommendation));
    const auto released = TRY(workspace::releases(workspace_)).size();
    const View here = view(Place::report);
    base::Result<void> written;
    auto response = page(200, here, "Report", [&](Markup& markup) {
        written = write_done(markup, asked, here);
        markup.leaf("h1", "Report");
        markup.leaf(
            "p",
            "Figures, tables, charts and the quotes that may be told, as a web page to print and as a text to "
            "write on. Redacted passages are not in it, nor what was set aside or withdrawn.",
            {{"class", "lead"}});
        if (released > 0) {
            markup.open("div", {{"class", "inset"}});
            markup.leaf("p", fmt::format("{} given out before: figures that would tell the difference are left out.",
                                         plural(released, "report was", "reports were")));
            markup.close();
        }
        markup.open("div", {{"class", "columns"}}).open("div");
        write_report_form(markup, here, cut_offs);
        write_lines(markup, here, ReportPart::finding, "Findings", findings);
        write_lines(markup, here, ReportPart::recommendation, "Recommendations", recommendations);
        markup.close().open("div");
        write_cut_offs(markup, here, cut_offs);
        markup.close().close();
    });
    TRY(std::move(written));
    return response;
}

Site::Answer Site::exports(const Asked& /*asked*/) {
    const auto cut_offs = TRY(workspace::cut_offs(workspace_));
    const View here = view(Place::exports);
    return page(200, here, "Export", [&](Markup& markup) {
        markup.leaf("h1", "Export");
        markup.leaf("p", "The responses as tables (CSV) and as JSON, with their codebook.", {{"class", "lead"}});
        markup.leaf("p",
                    "Anonymised, they are without contact details and names, have texts only as far as consent goes, "
                    "weeks for days, and no place where few share it. Redacted passages are in neither.");
        open_form(markup, here, "/export", {}, "narrow");
        write_select(markup, "extent", "Which",
                     {{"anonymised", "Anonymised: for others"}, {"full", "Full: for the committee alone"}},
                     "anonymised");
        write_select(markup, "cut_off", "Responses", cut_off_options(cut_offs), {});
        write_text_field(markup, "word", "For the full export, type the word FULL",
                         "It holds names, addresses and every text, also of those who are not to be quoted.", {});
        markup.leaf("button", "Make the export", {{"class", "button"}}).close();
    });
}

Site::Answer Site::change_cut_off(const Asked& asked) {
    if (asked.field("do") == "remove") {
        TRY(workspace::remove_cut_off(workspace_, asked.editor, asked.field("name")));
        return back(asked);
    }
    const auto day = base::parse_day(asked.field("day"));
    if (!day.has_value()) {
        return base::fail(base::ErrorCode::usage, {}, "A cut-off needs a day.", "Write it as 2023-01-20.");
    }
    TRY(workspace::set_cut_off(workspace_, asked.editor, {asked.field("name"), *day}));
    return back(asked);
}

Site::Answer Site::change_report_line(const Asked& asked) {
    if (asked.field("do") == "remove") {
        TRY(workspace::remove_report_line(workspace_, asked.editor, asked.field("key")));
        return back(asked);
    }
    const ReportPart part = TRY(workspace::parse_report_part(asked.field("part")));
    std::string text = asked.field("text");
    std::erase(text, '\r');
    TRY(workspace::add_report_line(workspace_, asked.editor, part, text));
    return back(asked);
}

Site::Answer Site::make_report(const Asked& asked) {
    outputs::ReportOrder order;
    const bool brief = asked.field("kind") == "brief";
    order.kind = brief ? report::ReportKind::questioning_brief : report::ReportKind::letter_pack;
    order.until = TRY(day_of(workspace_, asked.field("cut_off")));
    order.release = asked.field("release") == "yes" ? outputs::Release::given_out : outputs::Release::draft;
    if (asked.field("print") == "yes") {
        order.browser = report::debian_browser;
    }
    const report::Report made = TRY(outputs::make_report(workspace_, asked.editor, order));
    return download(brief ? "questioning-brief" : "letter-pack", TRY(outputs::zipped(made.files)));
}

Site::Answer Site::make_export(const Asked& asked) {
    const bool full = asked.field("extent") == "full";
    if (full && asked.field("word") != word_for_full) {
        return base::fail(base::ErrorCode::usage, {}, "The full export needs its word.",
                          "Type FULL into the field, or make the anonymised export.");
    }
    const auto until = TRY(day_of(workspace_, asked.field("cut_off")));
    base::Bytes packed;
    const auto pack = [&](exports::RecordSource& records, const exports::DataFiles& files) -> base::Result<void> {
        packed = TRY(outputs::zipped(records, files));
        return {};
    };
    const outputs::Extent extent = full ? outputs::Extent::full : outputs::Extent::anonymised;
    TRY(outputs::make_export(workspace_, asked.editor, {extent, until}, pack));
    return download(full ? "FULL-export" : "anonymised-export", packed);
}

}  // namespace pillarbox::page
