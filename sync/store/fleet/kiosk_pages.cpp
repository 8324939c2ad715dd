// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/kiosk_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace pillarbox::fleet {
namespace {

constexpr std::string_view not_told = "not told";

std::string day_text(const KioskLine& line) {
    return line.last_contact.has_value() ? base::format_day(*line.last_contact) : std::string("never");
}

std::string storage_text(const protocol::KioskReport& report) {
    if (report.disk_total_bytes == 0) {
        return std::string(not_told);
    }
    const double share = static_cast<double>(report.disk_free_bytes) / static_cast<double>(report.disk_total_bytes);
    return fmt::format("{:.0f}% free", share * 100.0);
}

std::string battery_text(const protocol::KioskReport& report) {
    return report.battery_percent.has_value() ? fmt::format("{}%", *report.battery_percent) : "mains";
}

std::string clock_text(std::int64_t minutes) {
    const std::int64_t distance = std::abs(minutes);
    if (distance <= 1) {
        return "right";
    }
    const std::string_view way = minutes > 0 ? "ahead" : "behind";
    return distance < 120 ? fmt::format("{} min {}", distance, way) : fmt::format("{} h {}", distance / 60, way);
}

// Its chain goes on behind a gap.
std::uint64_t batches_here(const KioskLine& line) {
    return line.kiosk.stored - std::min(missing_batches(line), line.kiosk.stored);
}

void write_tags(Markup& markup, const KioskLine& line) {
    if (line.state == KioskState::revoked) {
        markup.leaf("span", "Revoked", {{"class", "tag out"}});
        return;
    }
    if (line.concerns.empty()) {
        markup.leaf("span", "All well", {{"class", "tag well"}});
    }
    for (const Concern concern : line.concerns) {
        markup.leaf("span", name_of(concern), {{"class", is_urgent(concern) ? "tag urgent" : "tag"}});
    }
}

void write_cell(Markup& markup, std::string_view label, std::string_view text, std::string_view css_class = {}) {
    markup.leaf("td", text, {{"role", "cell"}, {"data-label", label}, {css_class.empty() ? "" : "class", css_class}});
}

void write_line(Markup& markup, const KioskLine& line) {
    markup.open("tr", {{"role", "row"}});
    markup.open("th", {{"scope", "row"}, {"role", "rowheader"}, {"class", "station"}});
    markup.link(kiosk_path(line.kiosk), line.kiosk.station).close();
    markup.open("td", {{"role", "cell"}});
    write_tags(markup, line);
    markup.close();
    write_cell(markup, "Last contact", day_text(line), "day");
    write_cell(markup, "Batches", std::to_string(batches_here(line)), "number");
    if (!line.report.has_value()) {
        for (const std::string_view label : {"Waiting", "Version", "Campaign", "Storage", "Battery", "Clock"}) {
            write_cell(markup, label, not_told, "quiet");
        }
    } else {
        const protocol::KioskReport& report = line.report->figures.report;
        write_cell(markup, "Waiting", std::to_string(report.waiting), "number");
        write_cell(markup, "Version", report.program_version);
        write_cell(markup, "Campaign", fmt::format("{} v{}", report.campaign_id, report.pack_version));
        write_cell(markup, "Storage", storage_text(report));
        write_cell(markup, "Battery", battery_text(report));
        write_cell(markup, "Clock", clock_text(line.report->figures.clock_offset_minutes));
    }
    markup.close();
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

void write_summary(Markup& markup, const Overview& overview) {
    const auto count = [&overview](const auto& holds) { return std::ranges::count_if(overview.kiosks, holds); };
    const auto urgent =
        count([](const KioskLine& line) { return !line.concerns.empty() && is_urgent(line.concerns.front()); });
    const auto others = count([](const KioskLine& line) { return !line.concerns.empty(); }) - urgent;
    if (overview.kiosks.empty()) {
        markup.leaf("p", "No kiosk is enrolled yet.", {{"class", "lead"}});
        return;
    }
    const std::string all = overview.kiosks.size() == 1 ? std::string("1 kiosk is")
                                                        : fmt::format("{} kiosks are", overview.kiosks.size());
    std::string sentence = all + " enrolled. ";
    if (urgent + others == 0) {
        sentence += "All is well.";
    } else {
        sentence += urgent == 1 ? std::string("1 needs something done now")
                                : fmt::format("{} need something done now", urgent);
        sentence += others > 0 ? fmt::format(", {} when there is time.", others) : std::string(".");
    }
    markup.leaf("p", sentence, {{"class", "lead"}});
}

// A store that was never put back says so in passing; one that was, until its gaps are filled, above all else.
void write_epoch(Markup& markup, const Overview& overview) {
    std::uint64_t batches = 0;
    std::uint64_t kiosks = 0;
    for (const KioskLine& line : overview.kiosks) {
        batches += missing_batches(line);
        kiosks += line.gaps.empty() ? 0U : 1U;
    }
    if (batches == 0) {
        const std::string times = overview.epoch == 1
                                      ? std::string("was never put back to an older copy")
                                      : std::string("was put back to an older copy, and lacks nothing");
        markup.leaf("p", fmt::format("Epoch {}: this store {}.", overview.epoch, times), {{"class", "quiet"}});
        return;
    }
    markup.open("div", {{"class", "inset urgent"}});
    markup.leaf("h2", fmt::format("{} missing", counted(batches, "batch is", "batches are")));
    markup.leaf("p", fmt::format("This store was put back to an older copy (epoch {}), and lacks what {} had "
                                 "delivered before. Each kiosk's page says which batches, and what to do.",
                                 overview.epoch, counted(kiosks, "kiosk", "kiosks")));
    markup.close();
}

void write_gaps(Markup& markup, const KioskLine& line) {
    markup.open("ul");
    for (const storage::Gap& gap : line.gaps) {
        const std::string which = gap.first == gap.last ? fmt::format("Batch {} is", gap.first)
                                                        : fmt::format("Batches {} to {} are", gap.first, gap.last);
        markup.leaf("li", fmt::format("{} missing since {}.", which, gap.day));
    }
    markup.close();
}

void write_item(Markup& markup, std::string_view name, std::string_view value) {
    markup.leaf("dt", name).leaf("dd", value);
}

void write_facts(Markup& markup, const KioskLine& line) {
    markup.open("dl");
    write_item(markup, "Last contact", day_text(line));
    write_item(markup, "Batches stored", std::to_string(batches_here(line)));
    if (line.kiosk.revoked_after.has_value()) {
        write_item(markup, "Last batch that counts", std::to_string(*line.kiosk.revoked_after));
    }
    if (!line.gaps.empty()) {
        write_item(markup, "Batches missing", std::to_string(missing_batches(line)));
    }
    if (line.kiosk.forerunner != batch::LogId{}) {
        write_item(markup, "Goes on from log", base::to_hex(line.kiosk.forerunner));
    }
    if (line.unnamed.envelopes > 0) {
        write_item(markup, "Large envelopes under way",
                   fmt::format("{} ({} KiB so far)", line.unnamed.envelopes, line.unnamed.size_bytes / 1024));
    }
    write_item(markup, "Batches of a copy, kept beside", std::to_string(line.forks));
    if (line.report.has_value()) {
        const protocol::KioskReport& report = line.report->figures.report;
        write_item(markup, "Its last report came on", line.report->day);
        write_item(markup, "It calls itself", report.station);
        write_item(markup, "Responses waiting there", std::to_string(report.waiting));
        write_item(markup, "Version", report.program_version);
        write_item(markup, "Campaign", fmt::format("{}, pack version {}", report.campaign_id, report.pack_version));
        write_item(markup, "Storage",
                   fmt::format("{} ({} GB of {} GB)", storage_text(report), report.disk_free_bytes / 1'000'000'000,
                               report.disk_total_bytes / 1'000'000'000));
        write_item(markup, "Battery", battery_text(report));
        write_item(markup, "Clock", clock_text(line.report->figures.clock_offset_minutes));
    }
    write_item(markup, "Log id", base::to_hex(line.kiosk.log_id));
    markup.close();
}

void write_back(Markup& markup, std::string_view path) {
    markup.leaf("a", "Cancel", {{"href", path}, {"class", "button second"}});
}

}  // namespace

std::string kiosk_path(const store::Kiosk& kiosk) {
    return "/fleet/kiosk/" + base::to_hex(kiosk.log_id);
}

void write_pages(Markup& markup, std::string_view path, std::size_t number, std::size_t lines) {
    const std::size_t last = std::max<std::size_t>((lines + lines_per_page - 1) / lines_per_page, 1);
    if (last == 1) {
        return;
    }
    markup.open("nav", {{"class", "pages"}, {"aria-label", "Pages"}});
    if (number > 1) {
        markup.link(fmt::format("{}/{}", path, number - 1), "Previous page");
    }
    markup.leaf("span", fmt::format("Page {} of {}", number, last));
    if (number < last) {
        markup.link(fmt::format("{}/{}", path, number + 1), "Next page");
    }
    markup.close();
}

void write_kiosks(Markup& markup, const Viewing& viewing, const Overview& overview, std::size_t number) {
    markup.leaf("h1", "Kiosks");
    write_summary(markup, overview);
    write_epoch(markup, overview);
    if (viewing.may_change()) {
        markup.leaf("a", "Enrol a kiosk", {{"href", "/fleet/enrol"}, {"class", "button"}});
    }
    const std::size_t first = std::min((number - 1) * lines_per_page, overview.kiosks.size());
    const std::size_t end = std::min(first + lines_per_page, overview.kiosks.size());
    if (first == end) {
        return;
    }
    markup.open("table", {{"class", "cards"}, {"role", "table"}, {"data-search", ""}});
    markup.leaf("caption", "Kiosks, those that need something first");
    markup.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
    for (const std::string_view name : {"Station", "State", "Last contact", "Batches", "Waiting", "Version",
                                        "Campaign", "Storage", "Battery", "Clock"}) {
        const bool is_number = name == "Batches" || name == "Waiting";
        markup.leaf("th", name, {{"scope", "col"}, {"role", "columnheader"}, {is_number ? "class" : "", "number"}});
    }
    markup.close().close().open("tbody", {{"role", "rowgroup"}});
    for (std::size_t i = first; i < end; ++i) {
        write_line(markup, overview.kiosks[i]);
    }
    markup.close().close();
    write_pages(markup, "/fleet/kiosks", number, overview.kiosks.size());
}

void write_kiosk(Markup& markup, const Viewing& viewing, const KioskLine& line) {
    markup.leaf("h1", line.kiosk.station);
    markup.open("p");
    write_tags(markup, line);
    markup.close();
    for (const Concern concern : line.concerns) {
        markup.open("div", {{"class", is_urgent(concern) ? "inset urgent" : "inset"}});
        markup.leaf("h2", name_of(concern)).leaf("p", remedy_for(concern));
        if (concern == Concern::missing) {
            write_gaps(markup, line);
        }
        markup.close();
    }
    if (line.state == KioskState::revoked) {
        markup.open("div", {{"class", "inset"}});
        markup.leaf(
            "p",
            "This kiosk is revoked. What it sends after its last batch that counts is kept apart and is in no "
            "export. If it was enrolled again for a new key, it goes on as another kiosk of this station.");
        markup.close();
    }
    write_facts(markup, line);
    if (!viewing.may_change()) {
        return;
    }
    const std::string path = kiosk_path(line.kiosk);
    if (line.state == KioskState::revoked) {
        markup.leaf("a", "Readmit this kiosk", {{"href", path + "/readmit"}, {"class", "button second"}});
    } else {
        markup.leaf("a", "Revoke this kiosk", {{"href", path + "/revoke"}, {"class", "button grave"}});
    }
}

void write_revoke(Markup& markup, const Viewing& viewing, const KioskLine& line, std::string_view after,
                  const std::optional<FieldError>& error) {
    write_error_summary(markup, error);
    markup.leaf("h1", fmt::format("Revoke {}?", line.kiosk.station));
    markup.leaf("p", "Do this when the kiosk was stolen or lost, or somebody else may have its key.");
    markup.leaf("p", "What will happen:").open("ul");
    markup.leaf("li", fmt::format("The {} batches that are stored stay stored, and those up to the last one that "
                                  "counts stay in exports.",
                                  line.kiosk.stored));
    markup.leaf("li", "Later batches are kept apart and are in no export.");
    markup.leaf("li", "The kiosk is told so when it next sends, keeps what it holds, and shows it to its staff.");
    markup.leaf("li", "You can readmit it later. It then sends again what was refused.");
    markup.close();
    const std::string path = kiosk_path(line.kiosk);
    write_form(markup, path + "/revoke", viewing.session->form_token, "Revoke this kiosk", Weight::grave,
               [&](Markup& fields) {
                   write_field(
                       fields,
                       {"after", "Last batch that counts",
                        "Leave it as it is, unless batches after the theft are stored already.", "number", after},
                       error);
               });
    write_back(markup, path);
}

void write_readmit(Markup& markup, const Viewing& viewing, const KioskLine& line) {
    markup.leaf("h1", fmt::format("Readmit {}?", line.kiosk.station));
    markup.leaf("p", "Do this only when you know that nobody else has had the kiosk or its key.");
    markup.leaf("p", "What will happen:").open("ul");
    markup.leaf("li", "All its batches count, also those that were stored after its last batch that counted.");
    markup.leaf("li", "It sends again what was refused, when it next has a network.");
    markup.close();
    const std::string path = kiosk_path(line.kiosk);
    write_form(markup, path + "/readmit", viewing.session->form_token, "Readmit this kiosk", Weight::plain,
               [](Markup&) {});
    write_back(markup, path);
}

void write_enrol(Markup& markup, const Viewing& viewing, std::string_view station, std::string_view address,
                 const std::optional<FieldError>& error) {
    write_error_summary(markup, error);
    markup.leaf("h1", "Enrol a kiosk");
    markup.leaf(
        "p",
        "You get a token that enrols one kiosk, once. Whoever has it can enrol a kiosk in this station's name, "
        "so hand it over yourself.");
    write_form(
        markup, "/fleet/enrol", viewing.session->form_token, "Make a token", Weight::plain, [&](Markup& fields) {
            write_field(fields, {"station", "Name of the station", "Such as Brixton Library.", "text", station},
                        error);
            write_field(fields,
                        {"address", "Address of this store",
                         "As the kiosk reaches it, such as https://store.example.org:8443.", "url", address},
                        error);
        });
    write_back(markup, "/fleet");
}

}  // namespace pillarbox::fleet
